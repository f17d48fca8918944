//! Manuscripts of Word, WPS and LibreOffice (.docx).

mod assemble;
mod bilingual;
mod blocks;
mod captions;
mod changes;
mod drawings;
mod fields;
mod gone;
mod looks;
mod map;
mod math;
mod numbering;
mod odd;
mod oddity;
mod open;
mod parts;
mod reader;
mod results;
mod search;
mod styles;
mod symbols;
mod telling;
mod typed;
mod xml;

#[cfg(test)]
mod rare;
#[cfg(test)]
mod tests;

use super::write::plain;
use super::{Block, BlockKind, Document, Inline, Kind, Note, Picture, Report};
use crate::diagnostic::Severity;
use crate::exchange::forms::docx::archive::{Unreadable, open, save_again};
use crate::foreign::archive::pack;
use crate::message::Message;
pub use map::StyleMap;
use parts::Parts;
use reader::Reader;
use xml::Word as _;

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Changes {
    /// The text is as if all were accepted.
    #[default]
    Accept,
    /// The text is as if all were rejected.
    Reject,
    /// As [`Changes::Accept`], and each is told.
    List,
}

/// How a document is read.
#[derive(Debug, Default)]
pub struct Settings {
    /// The name of the file, for the report.
    pub file: String,
    /// What becomes of tracked changes.
    pub changes: Changes,
    /// What styles stand for, where it is not to be guessed.
    pub styles: StyleMap,
}

/// What a file says.
#[derive(Debug, Default)]
pub struct Read {
    /// The text, and its translation where the file has both.
    pub documents: Vec<Document>,
    /// What became of what is not in them.
    pub report: Report,
    /// What the styles were taken for, as a file.
    pub styles: String,
}

/// Why a file cannot be read, and what helps.
#[derive(Debug)]
pub struct Refused {
    /// What is wrong.
    pub message: Message,
    /// What helps.
    pub hint: Message,
}

/// A file with this text for its main part and nothing else, to try the reader on.
#[doc(hidden)]
pub fn packed(document_xml: &str) -> Vec<u8> {
    pack(&[("word/document.xml", document_xml.to_owned())])
}

/// An archive of these files, to try readers on.
#[doc(hidden)]
pub fn packed_files(files: &[(&str, String)]) -> Vec<u8> {
    pack(files)
}

/// Reads a document.
///
/// # Errors
/// Says why nothing of the file can be read.
pub fn read(bytes: &[u8], settings: &Settings) -> Result<Read, Refused> {
    let refused = |why: Unreadable| Refused { message: why.message, hint: why.hint };
    let mut archive = open(bytes).map_err(refused)?;
    let parts = Parts::read(&mut archive).map_err(|message| Refused { message, hint: save_again() })?;
    let mut reader = Reader::new(&parts, settings);
    let mut document = text(&mut reader);
    document.pictures = reader
        .pictures
        .iter()
        .filter_map(|name| Some(Picture { name: name.clone(), bytes: parts.pictures.get(name)?.clone() }))
        .collect();
    reader.tell_odd();
    reader.tell_gone();
    let styles = map::written(&reader);
    let documents = bilingual::split(&mut reader, document);
    Ok(Read { documents, report: reader.report, styles })
}

fn text(reader: &mut Reader<'_>) -> Document {
    let parts = reader.parts;
    let mut document = Document::default();
    let mut blocks = reader.blocks(&parts.body);
    let mut notes = Vec::new();
    for (prefix, list) in [('f', &parts.footnotes), ('e', &parts.endnotes)] {
        reader.relations = &list.relations;
        for (id, node) in &list.notes {
            let name = format!("{prefix}{id}");
            if reader.gone.notes.contains(&name) {
                let text = node.all_text();
                let message = msg!("a note in text that is left out is left out with it: {text}", text = &text);
                reader.tell_at(String::new(), (Kind::Dropped, Severity::Info), message, &text);
            } else {
                notes.push(Note { name, blocks: reader.blocks(node) });
            }
        }
    }
    if !parts.endnotes.notes.is_empty() {
        reader.paragraph = 0;
        reader.tell(Kind::Changed, Severity::Info, msg!("endnotes are notes as the footnotes are"), "");
    }
    heads(&mut blocks, &mut document);
    odd::needless(&mut blocks);
    if document.authors.is_empty() && !parts.creator.is_empty() {
        document.authors.push(parts.creator.clone());
        let message = msg!("the author is who made the file: {name}", name = &parts.creator);
        reader.tell_at(String::new(), (Kind::Guessed, Severity::Info), message, "");
    }
    assemble::unnumber(reader, &mut blocks);
    captions::refer(reader, &mut blocks);
    for note in &mut notes {
        captions::refer(reader, &mut note.blocks);
    }
    suggest_headings(reader, &blocks);
    document.blocks = blocks;
    document.notes = notes;
    document
}

/// Takes title and authors out of the blocks. A second title is a heading.
fn heads(blocks: &mut Vec<Block>, document: &mut Document) {
    for block in std::mem::take(blocks) {
        match block.kind {
            BlockKind::Container(name, body) if name == assemble::TITLE => {
                let run = body.into_iter().find_map(|block| match block.kind {
                    BlockKind::Paragraph(run) => Some(run),
                    _ => None,
                });
                let Some(mut run) = run else { continue };
                if document.title.is_empty() && blocks.is_empty() {
                    run.iter_mut().for_each(|inline| {
                        if *inline == Inline::Break {
                            *inline = Inline::Text(" ".to_owned());
                        }
                    });
                    document.title = run;
                } else {
                    blocks.push(Block { kind: BlockKind::Heading(1, run), at: block.at, id: block.id });
                }
            }
            // Who wrote a chapter alone is named in it.
            BlockKind::Container(name, mut body) if name == assemble::AUTHOR && !blocks.is_empty() => {
                blocks.append(&mut body);
            }
            BlockKind::Container(name, body) if name == assemble::AUTHOR => {
                document.authors.push(super::write::plain_blocks(&body));
            }
            kind => blocks.push(Block { kind, ..block }),
        }
    }
    inner_titles(blocks);
}

/// A title in a box or a quotation is a paragraph.
fn inner_titles(blocks: &mut [Block]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Container(name, body) => {
                if name.starts_with('\u{0}') {
                    "aside".clone_into(name);
                }
                inner_titles(body);
            }
            BlockKind::List(_, items) => items.iter_mut().for_each(|item| inner_titles(item)),
            BlockKind::Quote(body) | BlockKind::Figure(body, _) => inner_titles(body),
            _ => {}
        }
    }
}

/// Most characters of a paragraph that looks like a heading.
const SHORT: usize = 30;

/// Names paragraphs that look like headings: short, bold throughout, without a stop.
fn suggest_headings(reader: &mut Reader<'_>, blocks: &[Block]) {
    for block in blocks {
        let BlockKind::Paragraph(run) = &block.kind else { continue };
        let [Inline::Strong(body)] = run.as_slice() else { continue };
        let text = plain(body);
        if text.chars().count() <= SHORT && !text.contains(['。', '，', '；', '.', ';']) {
            let message = msg!("this looks like a heading; write it with `##` if it is one: {text}", text);
            reader.tell_at(block.at.clone(), (Kind::Guessed, Severity::Info), message, "");
        }
    }
}
