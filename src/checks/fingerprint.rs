//! Knowing a finding again after lines have moved.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockKind, Book, walk};
use crate::source::{FileId, Sources, Span};

/// The blocks of a book, by which findings are known again.
pub struct Fingerprints<'a> {
    sources: &'a Sources,
    /// Blocks, list items, cells and waivers of each chapter's file.
    blocks: BTreeMap<FileId, Vec<Span>>,
}

impl<'a> Fingerprints<'a> {
    /// Those of a book.
    pub fn of(book: &Book, sources: &'a Sources) -> Self {
        let mut blocks: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
        for chapter in book.chapters.values().flatten() {
            let list = blocks.entry(chapter.file).or_default();
            walk::chapter_blocks(chapter, &mut |block| parts(block, list));
            list.extend(chapter.notes.iter().map(|note| note.span));
            list.extend(chapter.waivers.iter().map(|waiver| waiver.span));
        }
        Self { sources, blocks }
    }

    /// The same for the same check in blocks of the same text, whatever stands before and after them; sixteen
    /// hexadecimal digits. How the lines of a block are broken does not matter.
    pub fn get(&self, finding: &Diagnostic) -> String {
        let mut hash = Sha256::new();
        hash.update(finding.check.as_str());
        for label in finding.primary.iter().chain(&finding.labels) {
            hash.update([0]);
            for word in self.sources.snippet(self.block(label.span)).split_whitespace() {
                hash.update(word);
                hash.update(b" ");
            }
        }
        hash.finalize()[..8].iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// The smallest block that holds a span; where there is none, as in front matter, its lines.
    pub fn block(&self, span: Span) -> Span {
        let blocks = self.blocks.get(&span.file).into_iter().flatten().filter(|block| block.encloses(span));
        blocks.min_by_key(|block| block.range().len()).copied().unwrap_or_else(|| {
            let file = self.sources.get(span.file);
            let range = file.clamp(span.range());
            let line = |offset| file.position(offset).line;
            Span::new(span.file, file.line_start(line(range.start))..file.line_start(line(range.end) + 1))
        })
    }
}

fn parts(block: &Block, out: &mut Vec<Span>) {
    out.push(block.span);
    match &block.kind {
        BlockKind::List { items, .. } => out.extend(items.iter().map(|item| item.span)),
        BlockKind::Table(table) => {
            out.extend(table.cells().map(|cell| cell.span));
        }
        BlockKind::Definitions(list) => out.extend(list.iter().map(|definition| definition.span)),
        _ => {}
    }
}
