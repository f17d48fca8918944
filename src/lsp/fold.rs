//! What of a document can be folded away: sections, containers, listings, tables, lists, notes, front matter.

use lsp_types::{FoldingRange, FoldingRangeKind, Uri};

use super::Reading;
use crate::model::{BlockKind, Chapter, walk};
use crate::source::{FileId, Span};

impl Reading {
    /// The ranges of lines that can be folded.
    pub(crate) fn folds(&self, uri: &Uri) -> Vec<FoldingRange> {
        let Some(chapter) = self.file(uri).and_then(|file| self.chapter(file)) else { return Vec::new() };
        let mut spans = sections(chapter, self.text(chapter.file).len());
        walk::chapter_blocks(chapter, &mut |block| match &block.kind {
            BlockKind::Heading { .. } | BlockKind::Paragraph(_) => {}
            _ => spans.push(block.span),
        });
        spans.extend(chapter.notes.iter().map(|note| note.span));
        spans.extend(self.head(chapter.file));
        let mut found: Vec<FoldingRange> = spans.into_iter().filter_map(|span| self.fold(span)).collect();
        found.sort_by_key(|fold| (fold.start_line, std::cmp::Reverse(fold.end_line)));
        found.dedup_by_key(|fold| fold.start_line);
        found
    }

    fn fold(&self, span: Span) -> Option<FoldingRange> {
        let text = self.sources.snippet(span);
        let span = Span::new(span.file, span.start..span.start + text.trim_end().len());
        let range = self.range(span);
        (range.start.line < range.end.line).then(|| FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        })
    }

    /// The front matter.
    fn head(&self, file: FileId) -> Option<Span> {
        let text = self.text(file);
        let rest = text.strip_prefix("---\n")?;
        let end = "---\n".len() + rest.find("\n---")? + "\n---".len();
        Some(Span::new(file, 0..end))
    }
}

/// Each heading with all that stands under it.
fn sections(chapter: &Chapter, end: usize) -> Vec<Span> {
    let headings: Vec<(u8, Span)> = chapter
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { level, .. } => Some((*level, block.span)),
            _ => None,
        })
        .collect();
    let notes = chapter.notes.iter().map(|note| note.span.start);
    let last = notes.filter(|at| headings.last().is_some_and(|(_, span)| *at > span.end)).min().unwrap_or(end);
    let reach = |(at, (level, span)): (usize, &(u8, Span))| {
        let next = headings[at + 1..].iter().find(|(other, _)| other <= level);
        Span::new(span.file, span.start..next.map_or(last, |(_, next)| next.start).max(span.end))
    };
    headings.iter().enumerate().map(reach).collect()
}
