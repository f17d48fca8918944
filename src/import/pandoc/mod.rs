//! Documents that pandoc reads: its JSON becomes a [`Document`].
//!
//! Nothing here runs a program; what does is in the command. The JSON is walked as it is, element by element, because what a later pandoc
//! adds must cost no text: an element that is not known keeps its words, and is told.

mod blocks;
mod line;
mod log;
mod project;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::{Block, BlockKind, Document, Inline, Note};
pub(crate) use super::inlines::percent_decoded;
use super::report::{Kind, Report};
use super::tally::Tally;
use super::write::each_inline_mut;
use super::{Unreadable, inlines, levels};
use crate::diagnostic::Severity;
pub use project::{Listed, Project, begin, merged, project};
pub use source::{Form, Sourced, form_of, is_docbook, sourced};
pub use witness::unsaid;

/// What became of a document.
#[derive(Debug, Default)]
pub struct Converted {
    /// What it says. Its pictures are still to be read.
    pub document: Document,
    /// What is not as it was.
    pub report: Report,
    /// The pictures that it shows, by the names that it gives them.
    pub pictures: BTreeSet<String>,
}

/// Makes a document of pandoc's JSON: of a text by itself, or of one of the `files` that are chapters of a book together. `log` is what
/// pandoc said meanwhile.
///
/// # Errors
/// Says why it is no JSON of a pandoc that is new enough.
pub fn read(json: &[u8], log: &str, source: &Sourced, files: &BTreeSet<String>) -> Result<Converted, Unreadable> {
    let fault = |message| Unreadable { message, hint: None };
    let tree: Value = serde_json::from_slice(json)
        .map_err(|error| fault(msg!("what pandoc gave cannot be read: {reason}", reason = error.to_string())))?;
    let version: Vec<u64> = list(&tree["pandoc-api-version"]).iter().filter_map(Value::as_u64).collect();
    if version.as_slice() < [1, 23].as_slice() {
        return Err(fault(msg!("this is not what pandoc 3.0 or later gives")));
    }
    let mut reader = Reader::new(source, files);
    reader.take_log(log);
    if source.form.reader == "docbook" {
        reader.tell_index(&witness::index_terms(&String::from_utf8_lossy(&source.bytes())));
    }
    let mut document = Document::default();
    let mut blocks = reader.take_meta(&tree["meta"], &mut document);
    for (nth, block) in list(&tree["blocks"]).iter().enumerate() {
        reader.at = format!("block {}", nth + 1);
        reader.take_labels(block, &mut blocks);
        blocks.extend(reader.block(block));
        reader.label_before(&mut blocks);
    }
    if source.form.reader == "html" {
        reader.take_title(&mut blocks, &mut document);
    }
    let mut sections = [blocks];
    // The chapters of a book agree on their levels.
    let base = if files.is_empty() { levels::raise(&mut sections) } else { 1 };
    if base > 1 {
        let message =
            msg!("headings of level {level} begin the chapters; all are raised accordingly", level = base.to_string());
        reader.tell(Kind::Guessed, Severity::Info, message, "");
    }
    let [blocks] = sections;
    document.blocks = if source.has_parts() { reader.take_parts(blocks, &mut document.parts) } else { blocks };
    if document.authors.is_empty() {
        document.authors = source.authors();
    }
    document.notes = std::mem::take(&mut reader.notes);
    reader.settle(&mut document);
    if let Some((shown, kept)) = witness::fewer_formulas(source, &document) {
        let message = msg!("of {shown} formulas of the source {kept} are in the book; compare them", shown, kept);
        reader.tell(Kind::Dropped, Severity::Warning, message, "");
    }
    Ok(Converted { document, report: reader.tally.finish(), pictures: reader.pictures })
}

/// Reads one document.
struct Reader<'a> {
    source: &'a Sourced,
    file: &'a str,
    /// The other chapters, by their paths.
    files: &'a BTreeSet<String>,
    tally: Tally,
    notes: Vec<Note>,
    pictures: BTreeSet<String>,
    /// The ids of blocks, and those that stand for another one.
    ids: BTreeSet<String>,
    aliases: BTreeMap<String, String>,
    /// Ids that the next block has.
    pending: Vec<String>,
    /// The place that is read.
    at: String,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Sourced, files: &'a BTreeSet<String>) -> Self {
        let file = source.file();
        let (ids, aliases, pending) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
        let (tally, notes, pictures, at) = (Tally::default(), Vec::new(), BTreeSet::new(), String::new());
        Self { source, file, files, tally, notes, pictures, ids, aliases, pending, at }
    }

    fn tell(&mut self, kind: Kind, severity: Severity, message: crate::message::Message, lost: &str) {
        self.tally.tell(kind, severity, (self.file, &self.at), message, lost);
    }

    fn once(&mut self, kind: Kind, severity: Severity, message: crate::message::Message, lost: &str) {
        self.tally.once(kind, severity, (self.file, &self.at), message, lost);
    }

    /// Title, authors and language; text of the metadata that a book has no place for becomes paragraphs.
    fn take_meta(&mut self, meta: &Value, document: &mut Document) -> Vec<Block> {
        let mut blocks = Vec::new();
        let Some(fields) = meta.as_object() else { return blocks };
        let mut other = Vec::new();
        for (name, value) in fields {
            match name.as_str() {
                "title" => document.title = inlines::tidy(self.meta_line(value)),
                "author" | "authors" => {
                    let authors: Vec<String> = match value["t"].as_str() {
                        Some("MetaList") => list(&value["c"]).iter().map(|one| self.meta_words(one)).collect(),
                        _ => vec![self.meta_words(value)],
                    };
                    document.authors = authors.into_iter().filter(|author| !author.is_empty()).collect();
                }
                "lang" => document.language = Some(self.meta_words(value)).filter(|tag| !tag.is_empty()),
                "abstract" => {
                    let inside = self.meta_blocks(value);
                    let message = msg!("the abstract stands at the beginning of the text");
                    self.tell(Kind::Guessed, Severity::Info, message, "");
                    blocks.extend(inside);
                }
                "bibliography" => {}
                _ => {
                    let words = self.meta_words(value);
                    if !words.is_empty() {
                        other.push(format!("{name}: {words}"));
                    }
                }
            }
        }
        if !other.is_empty() {
            let words = other.join("; ");
            let message = msg!(
                "what the document says of itself besides title, author and language is for you to put into book.yaml: {words}",
                words = words.as_str()
            );
            self.tell(Kind::Dropped, Severity::Info, message, &words);
        }
        blocks
    }

    fn meta_line(&mut self, value: &Value) -> Vec<Inline> {
        match value["t"].as_str() {
            Some("MetaInlines") => self.line(&value["c"]),
            Some("MetaString") => vec![Inline::Text(value["c"].as_str().unwrap_or_default().to_owned())],
            _ => vec![Inline::Text(words_in(&value["c"]))],
        }
    }

    fn meta_blocks(&mut self, value: &Value) -> Vec<Block> {
        match value["t"].as_str() {
            Some("MetaBlocks") => self.blocks(&value["c"]),
            _ => vec![Block { at: String::new(), id: None, kind: BlockKind::Paragraph(self.meta_line(value)) }],
        }
    }

    fn meta_words(&mut self, value: &Value) -> String {
        words_in(&value["c"]).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A page has one heading of the first level, which is its title, where those of the second begin chapters.
    fn take_title(&mut self, blocks: &mut Vec<Block>, document: &mut Document) {
        let of_level = |block: &Block, level| matches!(block.kind, BlockKind::Heading(own, _) if own == level);
        let heads = |level| blocks.iter().filter(|block| of_level(block, level)).count();
        if heads(1) != 1 || heads(2) < 2 {
            return;
        }
        let Some(at) = blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading(..))) else { return };
        if !of_level(&blocks[at], 1) {
            return;
        }
        let BlockKind::Heading(_, title) = blocks.remove(at).kind else { return };
        let before = inlines::plain(&std::mem::replace(&mut document.title, title));
        let title = inlines::plain(&document.title);
        let message = msg!("the one heading of level 1 is taken for the title of the book: {title}", title);
        self.tell(Kind::Guessed, Severity::Info, message, &before);
    }

    /// Takes parts out of the headings: those of the first level are their titles then, and chapters are of the second.
    fn take_parts(&mut self, blocks: Vec<Block>, parts: &mut Vec<(String, usize)>) -> Vec<Block> {
        let mut kept = Vec::with_capacity(blocks.len());
        let mut chapters = 0;
        let mut moved = Vec::new();
        for mut block in blocks {
            if let BlockKind::Heading(level, words) = &mut block.kind {
                if *level == 1 {
                    parts.push((inlines::plain(words), chapters));
                    moved.extend(block.id);
                    continue;
                }
                *level -= 1;
                chapters += usize::from(*level == 1);
                // What leads to a part leads to its first chapter.
                for other in moved.drain(..) {
                    let own = block.id.get_or_insert_with(|| other.clone()).clone();
                    self.ids.insert(own.clone());
                    if own != other {
                        self.aliases.insert(other, own);
                    }
                }
            } else if chapters == 0 && block.kind != BlockKind::PageBreak {
                // What stands before the first chapter is one itself.
                chapters = 1;
            }
            kept.push(block);
        }
        kept
    }

    /// Gives links to places and references the ids of blocks; those that lead nowhere are told.
    fn settle(&mut self, document: &mut Document) {
        let (ids, aliases) = (std::mem::take(&mut self.ids), std::mem::take(&mut self.aliases));
        let mut lost = Vec::new();
        let mut settle = |line: &mut Vec<Inline>| {
            inlines::each_place(line, &mut |id, words| {
                if let Some(own) = aliases.get(id.as_str()) {
                    own.clone_into(id);
                }
                let is_known = ids.contains(id.as_str()) || !self.files.is_empty();
                if !is_known {
                    lost.push(inlines::plain(words));
                }
                is_known
            });
        };
        inlines::each_line(&mut document.blocks, &mut settle);
        document.notes.iter_mut().for_each(|note| inlines::each_line(&mut note.blocks, &mut settle));
        let mut refer = |inline: &mut Inline| {
            if let Inline::Reference(id) = inline
                && let Some(own) = aliases.get(id.as_str())
            {
                own.clone_into(id);
            }
        };
        each_inline_mut(&mut document.blocks, &mut refer);
        document.notes.iter_mut().for_each(|note| each_inline_mut(&mut note.blocks, &mut refer));
        for words in lost {
            self.at.clear();
            let message =
                msg!("a link leads to nothing that is in the book; its words are kept: {words}", words = words.trim());
            self.tell(Kind::Changed, Severity::Info, message, "");
        }
    }
}

/// The values of a list; none where there is no list.
fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The id, the classes and the other attributes of an element.
#[derive(Debug, Default)]
struct Attributes<'v> {
    id: &'v str,
    classes: Vec<&'v str>,
    others: Vec<(&'v str, &'v str)>,
}

impl<'v> Attributes<'v> {
    fn of(value: &'v Value) -> Self {
        let others = list(&value[2]).iter().map(|pair| (text(&pair[0]), text(&pair[1])));
        Self { id: text(&value[0]), classes: list(&value[1]).iter().map(text).collect(), others: others.collect() }
    }

    fn has(&self, class: &str) -> bool {
        self.classes.contains(&class)
    }

    fn get(&self, name: &str) -> Option<&'v str> {
        self.others.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// All words in a part of the JSON, whatever it is.
fn words_in(value: &Value) -> String {
    let mut out = String::new();
    add_words(value, &mut out);
    out
}

fn add_words(value: &Value, out: &mut String) {
    match (value["t"].as_str(), value) {
        (Some("Str"), _) => out.push_str(text(&value["c"])),
        (Some("Space" | "SoftBreak" | "LineBreak"), _) => out.push(' '),
        (Some("Code" | "CodeBlock" | "Math" | "RawInline" | "RawBlock"), _) => out.push_str(text(&value["c"][1])),
        (Some("MetaString"), _) => out.push_str(text(&value["c"])),
        (Some(_), _) => add_words(&value["c"], out),
        // Attributes are strings by themselves; words stand in elements.
        (None, Value::Array(values)) => values.iter().for_each(|value| {
            if value.is_array() || value.is_object() {
                add_words(value, out);
            }
        }),
        (None, Value::Object(fields)) => fields.values().for_each(|value| {
            out.push(' ');
            add_words(value, out);
        }),
        _ => {}
    }
}
