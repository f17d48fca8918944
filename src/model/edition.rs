//! The editions of a book.

use super::Lang;

/// An edition: one language alone, or all languages side by side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditionKind {
    /// One language.
    Single(Lang),
    /// All languages, paragraph beside paragraph.
    Bilingual,
}

impl EditionKind {
    /// The name on the command line and in artifact names: the language's tag, or `bilingual`.
    pub fn name(&self) -> &str {
        match self {
            EditionKind::Single(lang) => lang.tag(),
            EditionKind::Bilingual => "bilingual",
        }
    }
}
