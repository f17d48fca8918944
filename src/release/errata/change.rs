//! What became of a book: the changes, by chapter and language.

use super::wording::Place;
use super::words::Part;

/// What changed, chapter by chapter. Chapters without a change are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errata {
    /// The chapters in the order of the new state; those that it no longer has stand last.
    pub chapters: Vec<ChapterErrata>,
}

impl Errata {
    /// How many changes there are.
    pub fn count(&self) -> usize {
        self.chapters.iter().flat_map(|chapter| &chapter.sections).map(|section| section.changes.len()).sum()
    }
}

/// What changed in a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterErrata {
    /// Its name.
    pub name: String,
    /// The languages that have a change.
    pub sections: Vec<Section>,
}

/// What changed in a chapter in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The tag of the language.
    pub language: String,
    /// The title of the chapter.
    pub title: String,
    /// The changes in reading order; after those of the text those of pictures.
    pub changes: Vec<(Place, Change)>,
}

/// A change. What it is about stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A text says something else.
    Reworded {
        /// What it said, and what it says.
        parts: Vec<Part>,
    },
    /// A text that is new.
    Added(String),
    /// A text that is gone.
    Removed(String),
    /// A text that stands elsewhere.
    Moved(String),
    /// A picture whose file has the same name and other bytes.
    Redrawn(String),
}

/// Changes with what they are about.
pub(super) type Changes = Vec<(Place, Change)>;
