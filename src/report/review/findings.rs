//! Which finding stands at which row, and which words it marks.

use super::Review;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Span};

/// What is open in a chapter.
pub(super) struct Findings<'a> {
    /// Each with the row at which it stands; `None` where it is about the chapter.
    pub(super) placed: Vec<(&'a Diagnostic, Option<usize>)>,
    /// The places that they name, with their numbers in `placed`.
    marks: Vec<Mark>,
}

/// A place that a finding names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) finding: usize,
    pub(super) severity: Severity,
}

impl<'a> Findings<'a> {
    /// Those that stand in the files of a chapter and of its translation. `row_at` knows the row of a place.
    pub(super) fn of(review: &Review<'a>, files: [Option<FileId>; 2], row_at: &dyn Fn(Span) -> Option<usize>) -> Self {
        let here = |finding: &&Diagnostic| {
            finding.primary.as_ref().is_some_and(|label| files.contains(&Some(label.span.file)))
        };
        let placed: Vec<(&Diagnostic, Option<usize>)> = review
            .findings
            .iter()
            .filter(here)
            .map(|finding| (finding, finding.primary.as_ref().and_then(|label| row_at(label.span))))
            .collect();
        let marks = placed.iter().enumerate().flat_map(|(at, (finding, _))| {
            let labels = finding.primary.iter().chain(&finding.labels).map(|label| label.span);
            let spans = labels.chain(finding.also.iter().copied());
            spans.map(move |span| Mark { span, finding: at, severity: finding.severity })
        });
        let marks = marks.collect();
        Self { placed, marks }
    }

    /// Those that stand at a row, with their numbers.
    pub(super) fn at(&self, row: Option<usize>) -> impl Iterator<Item = (usize, &'a Diagnostic)> {
        let here = self.placed.iter().enumerate().filter(move |(_, (_, at))| *at == row);
        here.map(|(number, (finding, _))| (number, *finding))
    }

    /// The places in a span, or round it.
    pub(super) fn marks(&self, span: Span) -> Vec<Mark> {
        self.marks.iter().filter(|mark| touch(mark.span, span)).copied().collect()
    }
}

/// Whether two spans share a byte, or an empty one stands in the other.
fn touch(a: Span, b: Span) -> bool {
    a.overlaps(b) || a.encloses(b) || b.encloses(a)
}
