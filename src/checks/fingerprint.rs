//! Knowing a finding again after lines have moved.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Block, BlockKind, Book, walk};
use crate::source::{FileId, Sources, Span};

/// The blocks of a book, by which findings are known again.
pub struct Fingerprints<'a> {
    sources: &'a Sources,
    /// Blocks, list items, cells and waivers of each chapter's file.
    blocks: BTreeMap<FileId, Nested>,
    /// What was asked before: many findings of a check may stand in one block.
    known: RefCell<BTreeMap<(Code, Vec<Span>), String>>,
}

/// Spans that stand in one another or apart.
struct Nested {
    /// By where they begin, the longer first; each with the number of the one that it stands in.
    spans: Vec<(Span, Option<usize>)>,
}

impl Nested {
    fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(|span| (span.start, Reverse(span.end)));
        let mut nested: Vec<(Span, Option<usize>)> = Vec::with_capacity(spans.len());
        for span in spans {
            let mut outer = nested.len().checked_sub(1);
            while let Some(at) = outer.filter(|at| !nested[*at].0.encloses(span)) {
                outer = nested[at].1;
            }
            nested.push((span, outer));
        }
        Self { spans: nested }
    }

    /// The smallest that holds a span; where two meet at an empty one, that which begins there.
    fn around(&self, span: Span) -> Option<Span> {
        let begun = self.spans.partition_point(|(block, _)| block.start <= span.start);
        let mut at = begun.checked_sub(1);
        while let Some((block, outer)) = at.map(|at| self.spans[at]) {
            if block.encloses(span) {
                return Some(block);
            }
            at = outer;
        }
        None
    }
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
        let blocks = blocks.into_iter().map(|(file, spans)| (file, Nested::new(spans))).collect();
        Self { sources, blocks, known: RefCell::default() }
    }

    /// The same for the same check in blocks of the same text, whatever stands before and after them; sixteen
    /// hexadecimal digits. How the lines of a block are broken does not matter.
    pub fn get(&self, finding: &Diagnostic) -> String {
        let labels = finding.primary.iter().chain(&finding.labels);
        let key = (finding.check, labels.map(|label| self.block(label.span)).collect());
        self.known.borrow_mut().entry(key).or_insert_with_key(|(check, blocks)| self.print(*check, blocks)).clone()
    }

    fn print(&self, check: Code, blocks: &[Span]) -> String {
        let mut hash = Sha256::new();
        hash.update(check.as_str());
        for block in blocks {
            hash.update([0]);
            for word in self.sources.snippet(*block).split_whitespace() {
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
        self.blocks.get(&span.file).and_then(|blocks| blocks.around(span)).unwrap_or_else(|| {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn the_smallest_block_around_a_place_is_found() {
        let file = Sources::default().add(SourceFile::new("a.md", "x".repeat(40)));
        let at = |(start, end): (usize, usize)| Span::new(file, start..end);
        let blocks =
            [(0, 5), (6, 20), (6, 12), (7, 9), (9, 12), (12, 20), (14, 14), (22, 30), (22, 30), (31, 32)].map(at);
        let nested = Nested::new(blocks.to_vec());
        for place in (0..34).flat_map(|start| (start + 1..34).map(move |end| at((start, end)))) {
            let around =
                blocks.into_iter().filter(|block| block.encloses(place)).min_by_key(|block| block.range().len());
            let length = |span: Option<Span>| span.map(|span| span.range().len());
            let found = nested.around(place);
            assert!(found.is_none_or(|found| found.encloses(place)), "{place:?}");
            assert_eq!(length(found), length(around), "{place:?}");
        }
    }
}
