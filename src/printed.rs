//! Where the manuscript stands on the finished pages. Typesetting makes it; the page list of an e-book, the preflight and
//! the preview read it. Plain data: nothing here knows what set the pages.

use std::collections::BTreeMap;

use crate::source::{FileId, Span};

/// Where the manuscript stands on the pages.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// The number of each page as printed, such as `iv` or `17`; `None` for a page without one.
    pub labels: Vec<Option<String>>,
    /// Every piece of a line, page by page.
    pub runs: Vec<TextRun>,
    /// Every picture of the manuscript, page by page.
    pub pictures: Vec<Picture>,
    /// Word spaces that were stretched to [`WIDE`] or more, page by page; those of code and formulas are left out.
    pub gaps: Vec<Gap>,
    /// Page (from 1) with the head of a chapter, by the chapter's file.
    pub heads: BTreeMap<FileId, usize>,
}

/// A piece of a line of the manuscript's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextRun {
    /// Page from 1.
    pub page: usize,
    /// What of the manuscript it shows, from its first letter to its last.
    pub span: Span,
    /// Where its baseline begins: points from the left and the upper edge of the trimmed page.
    pub at: [f64; 2],
    /// Its length in points.
    pub width: f64,
    /// Size of its letters in points.
    pub size: f64,
    /// How many letters and digits it has.
    pub letters: usize,
    /// Whether it stands upright and as large as it was set.
    pub upright: bool,
}

impl TextRun {
    /// One of which nothing is known but its page and where its text begins.
    pub fn beginning(page: usize, file: FileId, byte: usize) -> Self {
        let span = Span::new(file, byte..byte);
        Self { page, span, at: [0.0; 2], width: 0.0, size: 0.0, letters: 0, upright: true }
    }
}

/// From this width on, in multiples of the letters' size, a word space is a [`Gap`]; a natural one has a quarter.
pub const WIDE: f64 = 0.4;

/// A wide word space.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Page from 1.
    pub page: usize,
    /// The piece of a line that it stands in.
    pub span: Span,
    /// Where it begins on the baseline: points from the left and the upper edge of the trimmed page.
    pub at: [f64; 2],
    /// Its width in points.
    pub width: f64,
    /// Size of the letters around it in points.
    pub size: f64,
}

/// A picture of the manuscript on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// Page from 1.
    pub page: usize,
    /// Its place in the manuscript.
    pub span: Span,
    /// Left, upper, right and lower edge of the rectangle around it: points from the left and the upper edge of the
    /// trimmed page.
    pub area: [f64; 4],
}

impl Printed {
    /// Number of pages.
    pub fn pages(&self) -> usize {
        self.labels.len()
    }

    /// The page (from 1) on which a block begins; `None` when it shows no text of the manuscript.
    pub fn page_of(&self, block: Span) -> Option<usize> {
        let inside = self.runs.iter().filter(|run| block.encloses(run.span));
        inside.min_by_key(|run| (run.span.start, run.page)).map(|run| run.page)
    }
}
