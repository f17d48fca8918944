//! What an e-book says in English.

use crate::lang::export::{ExportWords, ReferenceWords};
use crate::lang::{CountedName, Numerals};

pub(super) const WORDS: ExportWords = ExportWords {
    caption_gap: ". ",
    cover: "Cover",
    contents: "Contents",
    landmarks: "Landmarks",
    pages: "Pages",
    start: "Start of content",
    references: "References",
    notes: "Notes",
    back: "Back to text",
    to_translation: "Translation",
    to_source: "Original",
    chart: "Chart",
    data: "Data table",
    item: "Item",
    value: "Value",
    unit: "Unit: ",
    source: "Source: ",
    separator: ". ",
    done: "done",
    to_do: "to do",
    colon: ": ",
    summary: "The text reflows and has a linked table of contents, structured headings and a defined reading order.",
    summary_alt: " All pictures are described in text, and charts come with a table of their data.",
    summary_no_alt: " Some pictures have no text description.",
    summary_math: " Formulas are MathML.",
    summary_pages: " The page numbers of the printed edition are marked and listed.",
};

pub(super) const REFERENCES: ReferenceWords = ReferenceWords {
    figure: "Figure",
    table: "Table",
    listing: "Listing",
    formula: "Equation",
    part: CountedName { before: "Part ", numerals: Numerals::Roman, after: "" },
    chapter: CountedName { before: "Chapter ", numerals: Numerals::Digits, after: "" },
    appendix: CountedName { before: "Appendix ", numerals: Numerals::Letters, after: "" },
    section: CountedName { before: "section ", numerals: Numerals::Digits, after: "" },
    within: ".",
    quotes: ["“", "”"],
};
