//! The words that an exporter itself writes.

use super::CountedName;

/// The words of one language.
#[derive(Debug)]
pub struct ExportWords {
    /// Between a number and its caption.
    pub caption_gap: &'static str,
    /// The cover.
    pub cover: &'static str,
    /// The table of contents.
    pub contents: &'static str,
    /// The list of landmarks.
    pub landmarks: &'static str,
    /// The list of pages.
    pub pages: &'static str,
    /// Where reading begins.
    pub start: &'static str,
    /// The list of references.
    pub references: &'static str,
    /// The notes of a chapter.
    pub notes: &'static str,
    /// The way back from a note.
    pub back: &'static str,
    /// The way from a paragraph to its translation.
    pub to_translation: &'static str,
    /// The way from a translation to its original.
    pub to_source: &'static str,
    /// A chart without a title.
    pub chart: &'static str,
    /// The table of a chart's data.
    pub data: &'static str,
    /// Heading of the labels in that table.
    pub item: &'static str,
    /// Heading of the values in that table.
    pub value: &'static str,
    /// Before the unit of data.
    pub unit: &'static str,
    /// Before the source of data.
    pub source: &'static str,
    /// Between the two.
    pub separator: &'static str,
    /// An item that is ticked.
    pub done: &'static str,
    /// An item that is yet to be ticked.
    pub to_do: &'static str,
    /// Between what a callout is and its title.
    pub colon: &'static str,
    /// Accessibility: the base of the summary.
    pub summary: &'static str,
    /// Accessibility: all pictures are described.
    pub summary_alt: &'static str,
    /// Accessibility: some pictures are not described.
    pub summary_no_alt: &'static str,
    /// Accessibility: formulas are MathML.
    pub summary_math: &'static str,
    /// Accessibility: pages are those of the printed edition.
    pub summary_pages: &'static str,
}

/// The words of references, and of the captions that they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferenceWords {
    /// Before a figure's number.
    pub figure: &'static str,
    /// Before a table's number.
    pub table: &'static str,
    /// Before a listing's number.
    pub listing: &'static str,
    /// Before a formula's number.
    pub formula: &'static str,
    /// A part of the book, which holds chapters.
    pub part: CountedName,
    /// A chapter.
    pub chapter: CountedName,
    /// An appendix.
    pub appendix: CountedName,
    /// A numbered place in a chapter, as a reference names it.
    pub section: CountedName,
    /// Between the number of a chapter and that of a figure, a table or a listing in it.
    pub within: &'static str,
    /// Quotation marks round the title of a place referred to.
    pub quotes: [&'static str; 2],
}
