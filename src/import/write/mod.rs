//! From a [`Document`] to chapters of Markdown.
//!
//! **Law:** a chapter that was written is read again and says what the document says. A block that is read otherwise is written
//! with more care; where no way of writing it says the same, its text is kept as plain paragraphs, and that is told.

mod block;
mod ends;
mod inline;
mod looks;
mod names;
mod says;
mod table;
mod tidy;
mod walk;

use std::collections::BTreeMap;

use super::{Block, BlockKind, Document, Inline, Kind, Report};
use crate::codes;
use crate::diagnostic::Severity;
use crate::exchange::Care;
use crate::model::{self, Lang};
use crate::source::{FileId, SourceFile, Sources};
use block::Pen;
pub(super) use names::{Pictures, slug};
use tidy::Tidy;
pub(super) use walk::{count_formulas, each_id_mut, each_inline, each_inline_mut, has_formula, plain, plain_blocks};
use walk::{each_in, each_run, inside, plain_block};

/// A chapter that was written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    /// Its title in words.
    pub(super) title: String,
    /// Whether it is what stands before the first heading of level 1.
    pub(super) before: bool,
    /// Its Markdown.
    pub(super) text: String,
}

/// What is written, and of what.
pub(super) struct Writing<'a> {
    pub(super) document: &'a Document,
    pub(super) lang: &'a Lang,
    /// The file of the source, for the report.
    pub(super) file: &'a str,
    /// The title of what stands before the first heading of level 1, where the document has no title.
    pub(super) name: &'a str,
}

/// Writes the chapters of a document.
pub(super) fn chapters(writing: &Writing<'_>, store: &mut Pictures, report: &mut Report) -> Vec<Written> {
    let document = writing.document;
    let mut tidy = Tidy::new(document, writing.file, store, report);
    let blocks = tidy.blocks(&document.blocks, 0);
    let notes: BTreeMap<&str, Vec<Block>> =
        document.notes.iter().map(|note| (note.name.as_str(), tidy.blocks(&note.blocks, 1))).collect();
    let title = match tidy.run(&document.title) {
        title if title.is_empty() => vec![Inline::Text(writing.name.to_owned())],
        title => title,
    };
    unmarked(&blocks, &notes, &mut tidy);
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new("import.md", ""));
    parts(blocks, &title)
        .into_iter()
        .map(|part| Chapter { part, notes: &notes, lang: writing.lang, file }.write(&mut tidy))
        .collect()
}

/// Notes that nothing marks are told with their text.
fn unmarked(blocks: &[Block], notes: &BTreeMap<&str, Vec<Block>>, tidy: &mut Tidy<'_>) {
    let mut marked = std::collections::BTreeSet::new();
    let mut see = |inline: &Inline| {
        if let Inline::Note(name) = inline {
            marked.insert(name.clone());
        }
    };
    each_inline(blocks, &mut see);
    notes.values().for_each(|note| each_inline(note, &mut see));
    for (name, blocks) in notes.iter().filter(|(name, _)| !marked.contains(**name)) {
        let text = plain_blocks(blocks);
        let message = msg!("nothing in the text marks the note {name}; it is left out: {text}", name, text = &text);
        tidy.tell(Kind::Dropped, Severity::Error, message, &text);
    }
}

/// A chapter before it is written.
struct Part {
    title: Vec<Inline>,
    id: Option<String>,
    before: bool,
    blocks: Vec<Block>,
}

/// Divides blocks at headings of level 1.
fn parts(blocks: Vec<Block>, title: &[Inline]) -> Vec<Part> {
    let mut parts = vec![Part { title: title.to_vec(), id: None, before: true, blocks: Vec::new() }];
    for block in blocks {
        match block.kind {
            BlockKind::Heading(1, run) => {
                parts.push(Part { title: run, id: block.id, before: false, blocks: Vec::new() });
            }
            _ => parts.last_mut().expect("there is a first part").blocks.push(block),
        }
    }
    let has_others = parts.len() > 1;
    parts.retain(|part| {
        !part.before || !has_others || part.blocks.iter().any(|block| block.kind != BlockKind::PageBreak)
    });
    parts
}

struct Chapter<'a> {
    part: Part,
    notes: &'a BTreeMap<&'a str, Vec<Block>>,
    lang: &'a Lang,
    file: FileId,
}

/// A chapter's notes, by the names that they have in it.
type Notes = Vec<(String, Vec<Block>)>;

impl Chapter<'_> {
    fn write(mut self, tidy: &mut Tidy<'_>) -> Written {
        let notes = self.number_notes(tidy);
        let pen = Pen { lang: self.lang, file: self.file, least: Care::Bare };
        let id = self.part.id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
        let head = format!("# {}{id}", pen.title(&self.part.title));
        let mut whole = Whole { pen, head, blocks: self.part.blocks, notes, cares: Vec::new() };
        let text = whole.settle(tidy);
        let title = plain(&self.part.title);
        Written { title, before: self.part.before, text }
    }

    /// Gives the notes of this chapter their numbers, in the order of their marks.
    fn number_notes(&mut self, tidy: &mut Tidy<'_>) -> Notes {
        let mut order: Vec<String> = Vec::new();
        let mut rename = |inline: &mut Inline, told: &mut Vec<String>| {
            let Inline::Note(name) = inline else { return };
            if !self.notes.contains_key(name.as_str()) {
                told.push(std::mem::take(name));
                *inline = Inline::Text(String::new());
                return;
            }
            let at = order.iter().position(|known| known == name).unwrap_or_else(|| {
                order.push(name.clone());
                order.len() - 1
            });
            *name = (at + 1).to_string();
        };
        let mut told = Vec::new();
        self.part.title.iter_mut().for_each(|inline| each_in(inline, &mut |inline| rename(inline, &mut told)));
        each_inline_mut(&mut self.part.blocks, &mut |inline| rename(inline, &mut told));
        let mut notes = Notes::new();
        for at in 0.. {
            // A note may mark another one.
            let Some(name) = order.get(at).cloned() else { break };
            let mut blocks = self.notes[name.as_str()].clone();
            let mut rename = |inline: &mut Inline| {
                let Inline::Note(name) = inline else { return };
                match self.notes.contains_key(name.as_str()) {
                    false => told.push(std::mem::take(name)),
                    true => {
                        let known = order.iter().position(|known| known == name).unwrap_or_else(|| {
                            order.push(name.clone());
                            order.len() - 1
                        });
                        *name = (known + 1).to_string();
                        return;
                    }
                }
                *inline = Inline::Text(String::new());
            };
            each_inline_mut(&mut blocks, &mut rename);
            notes.push(((at + 1).to_string(), blocks));
        }
        for name in told {
            let message = msg!("the note {name} has no text; its mark is left out", name);
            tidy.tell(Kind::Dropped, Severity::Warning, message, "");
        }
        notes
    }
}

/// A chapter that is written until it says what it should.
struct Whole<'a> {
    pen: Pen<'a>,
    head: String,
    blocks: Vec<Block>,
    notes: Notes,
    /// With which care each block is written; `None` for plain paragraphs, with which nothing more can be done.
    cares: Vec<Option<Care>>,
}

impl Whole<'_> {
    fn settle(&mut self, tidy: &mut Tidy<'_>) -> String {
        self.cares = vec![Some(Care::Bare); self.blocks.len()];
        for at in 0..self.blocks.len() {
            self.settle_block(at, tidy);
        }
        self.settle_notes(tidy);
        // What is right by itself can be wrong beside its neighbours.
        for _ in 0..=3 * self.blocks.len().min(20) {
            let text = self.text();
            let (chapter, told) = self.pen.read(&text);
            // Nothing is read of a chapter that holds too much, however it is written.
            if let Some(refused) = told.into_iter().find(|told| told.check == codes::TOO_LARGE) {
                let message = msg!("{reason}: divide this chapter into several", reason = refused.message);
                tidy.tell(Kind::Changed, Severity::Error, message, "");
                return text;
            }
            let Some(at) = self.first_wrong(&chapter) else { return text };
            let before = self.cares.clone();
            for at in [at.saturating_sub(1), at] {
                self.more_care(at, tidy);
            }
            if self.cares == before {
                break;
            }
        }
        let text = self.text();
        let chapter = self.pen.read(&text).0;
        if self.first_wrong(&chapter).is_some() {
            self.tell_difference(&chapter, tidy);
        }
        text
    }

    /// Writes a block by itself until it is read as meant.
    fn settle_block(&mut self, at: usize, tidy: &mut Tidy<'_>) {
        while self.cares[at].is_some() && !self.holds(&self.blocks[at], self.cares[at]) {
            self.more_care(at, tidy);
        }
    }

    fn holds(&self, block: &Block, care: Option<Care>) -> bool {
        let pen = Pen { least: care.unwrap_or(Care::All), ..self.pen };
        let text = format!("# x\n\n{}\n{}", pen.block(block), self.stubs());
        says::of_read(&pen.read(&text).0.blocks) == says::of_blocks(std::slice::from_ref(block))
    }

    fn stubs(&self) -> String {
        self.notes.iter().map(|(name, _)| format!("\n[^{name}]: x\n")).collect()
    }

    fn more_care(&mut self, at: usize, tidy: &mut Tidy<'_>) {
        let Some(care) = self.cares.get(at).copied().flatten() else { return };
        self.cares[at] = match care {
            Care::Bare => Some(Care::Likely),
            Care::Likely => Some(Care::All),
            Care::All => {
                let plain = plain_block(&self.blocks[at]);
                let id = self.blocks[at].id.clone().filter(|_| !plain.is_empty());
                tidy.tell_at(
                    &self.blocks[at].at,
                    msg!("this has no form in a manuscript; it is kept as plain text: {text}", text = shown(&plain)),
                );
                self.blocks[at].kind = BlockKind::Paragraph(vec![Inline::Text(plain)]);
                self.blocks[at].id = id;
                None
            }
        };
    }

    fn settle_notes(&mut self, tidy: &mut Tidy<'_>) {
        for at in 0..self.notes.len() {
            let (name, blocks) = self.notes[at].clone();
            let text = format!("# x\n\nx[^{name}]\n\n{}\n{}", self.note(&name, &blocks), self.other_stubs(&name));
            let chapter = self.pen.read(&text).0;
            let read = chapter.notes.iter().find(|note| note.name == name).map(|note| says::of_read(&note.blocks));
            if read.as_deref() != Some(says::of_blocks(&blocks).as_str()) {
                let plain = plain_blocks(&blocks);
                tidy.tell_at(
                    "",
                    msg!("this has no form in a manuscript; it is kept as plain text: {text}", text = shown(&plain)),
                );
                let paragraph = BlockKind::Paragraph(vec![Inline::Text(plain)]);
                self.notes[at].1 = vec![Block { at: String::new(), id: None, kind: paragraph }];
            }
        }
    }

    fn other_stubs(&self, name: &str) -> String {
        self.notes.iter().filter(|(other, _)| other != name).map(|(name, _)| format!("\n[^{name}]: x\n")).collect()
    }

    fn note(&self, name: &str, blocks: &[Block]) -> String {
        let text = self.pen.blocks(blocks);
        let mut lines = text.split('\n');
        let first = format!("[^{name}]: {}", lines.next().unwrap_or_default());
        lines.fold(first, |out, line| if line.is_empty() { out + "\n" } else { out + "\n    " + line })
    }

    fn text(&self) -> String {
        let mut out = self.head.clone();
        for at in 0..self.blocks.len() {
            let pen = Pen { least: self.cares[at].unwrap_or(Care::All), ..self.pen };
            let parted = at > 0 && block::parted(&self.blocks[at - 1], &self.blocks[at]);
            out.push_str(if parted { "\n\n<!-- -->\n\n" } else { "\n\n" });
            out.push_str(&pen.block(&self.blocks[at]));
        }
        for (name, blocks) in &self.notes {
            out.push_str("\n\n");
            out.push_str(&self.note(name, blocks));
        }
        out.push('\n');
        out
    }

    /// The first block that is read otherwise.
    fn first_wrong(&self, chapter: &model::Chapter) -> Option<usize> {
        let expected: Vec<String> =
            self.blocks.iter().map(|block| says::of_blocks(std::slice::from_ref(block))).collect();
        let read: Vec<String> = chapter.blocks.iter().map(|block| says::of_read(std::slice::from_ref(block))).collect();
        let whole = expected.concat();
        let found = read.concat();
        if whole == found {
            return None;
        }
        let same = whole.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
        let mut end = 0;
        let at = expected.iter().position(|says| {
            end += says.len();
            end > same
        });
        Some(at.unwrap_or(self.blocks.len().saturating_sub(1)))
    }

    /// What is read otherwise in spite of everything is told with the characters that are gone.
    fn tell_difference(&self, chapter: &model::Chapter, tidy: &mut Tidy<'_>) {
        let read: String = chapter.blocks.iter().map(model::text::plain_block).collect();
        let mut left: BTreeMap<char, usize> = BTreeMap::new();
        read.chars().for_each(|c| *left.entry(c).or_default() += 1);
        let gone = |c: &char| match left.get_mut(c) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => !c.is_whitespace(),
        };
        let lost: String = plain_blocks(&self.blocks).chars().filter(gone).collect();
        let message = msg!("this chapter is read otherwise than it was written; compare it with the source");
        let severity = if lost.is_empty() { Severity::Warning } else { Severity::Error };
        tidy.tell(Kind::Changed, severity, message, &lost);
    }
}

/// The beginning of a text, for a message.
fn shown(text: &str) -> String {
    const MOST: usize = 60;
    match text.chars().count() > MOST {
        true => text.chars().take(MOST).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    #[test]
    fn a_chapter_that_holds_too_much_is_written_whole_and_told_once() {
        let cell = |words: String| Cell { body: vec![Inline::Text(words)], columns: 1, rows: 1 };
        let table = |nth: usize| {
            let (head, rows) = (vec![vec![cell("head".to_owned())]], vec![vec![cell(format!("cell{nth}"))]]);
            Block { at: String::new(), id: None, kind: BlockKind::Table { head, rows, caption: Vec::new() } }
        };
        let document = Document { blocks: (0..1001).map(table).collect(), ..Document::default() };
        let lang = Lang::new("en").expect("a language");
        let writing = Writing { document: &document, lang: &lang, file: "a.xml", name: "x" };
        let mut report = Report::default();
        let written = chapters(&writing, &mut Pictures::default(), &mut report);
        assert!(written[0].text.contains("cell0 ") && written[0].text.contains("cell1000"));
        let told: Vec<String> = report.entries.iter().map(|entry| entry.message.to_string()).collect();
        let wanted = "this chapter has 1001 tables; at most 1000 are allowed: divide this chapter into several";
        assert_eq!(told, [wanted]);
        assert!(report.entries[0].lost.is_empty(), "nothing of it is gone");
    }
}
