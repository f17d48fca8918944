//! What of a book is numbered: `parts:` and `numbering:` of `book.yaml`.

use std::collections::BTreeMap;

use super::Lang;

/// A part of the book: a title, and the chapters that stand under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Title per language.
    pub title: BTreeMap<Lang, String>,
    /// The names of its chapters.
    pub chapters: Vec<String>,
}

/// What bears a number, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// Whether parts do.
    pub parts: bool,
    /// Whether chapters do: where it is not said, they are counted, and a layout may print the number on the page.
    pub chapters: Option<bool>,
    /// Down to which level headings do: 2 for those of the second and the third level, none for 0.
    pub headings: u8,
    /// Whether figures, tables, listings and formulas are counted in each chapter by itself.
    pub by_chapter: bool,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { parts: true, chapters: None, headings: 0, by_chapter: false }
    }
}

impl Numbering {
    /// The most levels of headings that can be numbered.
    pub const DEEPEST: u8 = 5;

    /// Whether chapters go by their numbers wherever their titles are named.
    pub fn names_chapters(self) -> bool {
        self.chapters.unwrap_or(self.headings > 0)
    }

    /// Whether anything in a chapter bears the chapter's number: an appendix then has a letter in every language.
    pub fn reaches_into_chapters(self) -> bool {
        self.headings > 0 || self.by_chapter
    }
}
