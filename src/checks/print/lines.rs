//! The lines of a book that was set.

use std::collections::{BTreeMap, BTreeSet};

use super::origin::Origin;
use crate::model::{Block, BlockKind, Chapter, walk};
use crate::printed::TextRun;
use crate::source::{FileId, Span};

/// Pieces whose baselines are closer than this, in multiples of the size, are in one line: a note's number is raised.
const SAME_LINE: f64 = 0.6;

/// A piece smaller than this, in multiples of the size beside it, may be a reading above the characters of its line.
const READING: f64 = 0.6;

/// How far the baseline of a reading may lie from that of its line, in multiples of the larger size.
const WITH_READING: f64 = 1.2;

/// A line, or the part of it that belongs to one paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) page: usize,
    /// Where its baseline begins, in points from the left and the upper edge of the trimmed page.
    pub(super) at: [f64; 2],
    pub(super) width: f64,
    /// Size of its largest letters in points.
    pub(super) size: f64,
    pub(super) letters: usize,
    /// The part of the manuscript that it shows.
    pub(super) span: Span,
}

/// The lines of a book, found by block and by page.
pub(super) struct Lines<'a> {
    origin: Origin<'a>,
    /// Pieces of each file by their place in it, with the order in which they were set.
    files: BTreeMap<FileId, Vec<(usize, &'a TextRun)>>,
    /// The blocks of each file, in order.
    bodies: BTreeMap<FileId, Vec<Span>>,
    /// Pieces of each page, the first page first.
    pages: Vec<Vec<&'a TextRun>>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(origin: Origin<'a>) -> Self {
        let mut files: BTreeMap<FileId, Vec<(usize, &TextRun)>> = BTreeMap::new();
        let mut pages = vec![Vec::new(); origin.printed.pages()];
        for (order, run) in origin.printed.runs.iter().enumerate().filter(|(_, run)| run.upright) {
            files.entry(run.span.file).or_default().push((order, run));
            if let Some(page) = pages.get_mut(run.page - 1) {
                page.push(run);
            }
        }
        for runs in files.values_mut() {
            runs.sort_by_key(|(order, run)| (run.span.start, *order));
        }
        let mut lines = Self { origin, files, bodies: BTreeMap::new(), pages };
        for chapter in lines.chapters() {
            let notes = chapter.notes.iter().flat_map(|note| &note.blocks);
            let mut spans: Vec<Span> = chapter.blocks.iter().chain(notes).map(|block| block.span).collect();
            spans.sort_unstable();
            lines.bodies.insert(chapter.file, spans);
        }
        lines
    }

    /// The pieces of lines on a page.
    pub(super) fn on_page(&self, page: usize) -> impl Iterator<Item = &'a TextRun> {
        self.pages.get(page - 1).into_iter().flatten().copied()
    }

    /// Whether a piece belongs to the body of a chapter; titles and what layouts make of them do not.
    pub(super) fn is_body(&self, run: &TextRun) -> bool {
        let Some(blocks) = self.bodies.get(&run.span.file) else { return false };
        let next = blocks.partition_point(|block| block.start <= run.span.start);
        next > 0 && blocks[next - 1].encloses(run.span)
    }

    /// Whether a picture of the manuscript stands on a page.
    pub(super) fn has_picture(&self, page: usize) -> bool {
        self.origin.printed.pictures.iter().any(|picture| picture.page == page)
    }

    /// The chapters that were set.
    pub(super) fn chapters(&self) -> Vec<&'a Chapter> {
        let langs = self.origin.book.languages_of(self.origin.edition);
        langs.into_iter().flat_map(|lang| self.origin.book.chapters(lang)).collect()
    }

    /// The paragraphs that were set, also those of notes.
    pub(super) fn paragraphs(&self) -> Vec<&'a Block> {
        let mut found = Vec::new();
        for chapter in self.chapters() {
            walk::chapter_blocks(chapter, &mut |block| {
                if matches!(block.kind, BlockKind::Paragraph(_)) {
                    found.push(block);
                }
            });
        }
        found
    }

    /// The paragraphs right before a displayed formula, and those right behind one.
    pub(super) fn at_formulas(&self) -> [BTreeSet<Span>; 2] {
        let [mut before, mut behind] = [BTreeSet::new(), BTreeSet::new()];
        for chapter in self.chapters() {
            let mut last: Option<&Block> = None;
            walk::chapter_blocks(chapter, &mut |block| {
                match (last.map(|last| (&last.kind, last.span)), &block.kind) {
                    (Some((BlockKind::Paragraph(_), span)), BlockKind::Math { .. }) => before.insert(span),
                    (Some((BlockKind::Math { .. }, _)), BlockKind::Paragraph(_)) => behind.insert(block.span),
                    _ => false,
                };
                last = Some(block);
            });
        }
        [before, behind]
    }

    /// The pieces of a block in the order in which they were set.
    pub(super) fn runs_of(&self, block: Span) -> Vec<&'a TextRun> {
        let Some(runs) = self.files.get(&block.file) else { return Vec::new() };
        let first = runs.partition_point(|(_, run)| run.span.start < block.start);
        let inside = runs[first..].iter().take_while(|(_, run)| run.span.start < block.end);
        let mut inside: Vec<_> = inside.filter(|(_, run)| block.encloses(run.span)).collect();
        inside.sort_by_key(|(order, _)| *order);
        inside.into_iter().map(|(_, run)| *run).collect()
    }

    /// The lines of a block in the order in which they were set.
    pub(super) fn of_block(&self, block: Span) -> Vec<Line> {
        gather(self.runs_of(block))
    }
}

/// Puts the pieces of lines together.
pub(super) fn gather<'r>(runs: impl IntoIterator<Item = &'r TextRun>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        match lines.last_mut().filter(|line| line.page == run.page && level(line, run)) {
            Some(line) => {
                let right = (line.at[0] + line.width).max(run.at[0] + run.width);
                line.at[0] = line.at[0].min(run.at[0]);
                line.width = right - line.at[0];
                if run.size > line.size {
                    (line.size, line.at[1]) = (run.size, run.at[1]);
                }
                line.letters += run.letters;
                if line.span.file == run.span.file {
                    line.span = line.span.to(run.span);
                }
            }
            None => lines.push(Line {
                page: run.page,
                at: run.at,
                width: run.width,
                size: run.size,
                letters: run.letters,
                span: run.span,
            }),
        }
    }
    lines
}

fn level(line: &Line, run: &TextRun) -> bool {
    let (small, large) = if line.size < run.size { (line.size, run.size) } else { (run.size, line.size) };
    let reach = if small < READING * large { WITH_READING } else { SAME_LINE };
    (line.at[1] - run.at[1]).abs() < reach * large
}

/// The lines of a paragraph in the columns or pages that it stands in.
pub(super) fn columns(lines: &[Line]) -> Vec<&[Line]> {
    // In the same column every line is below the one before it.
    lines.chunk_by(|upper, lower| upper.page == lower.page && upper.at[1] < lower.at[1]).collect()
}
