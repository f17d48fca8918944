//! What became of what was there.

use crate::diagnostic::Severity;
use crate::message::Message;

/// What an import did besides what it was asked for.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// In the order of the source.
    pub entries: Vec<Entry>,
}

/// One thing that is not as it was.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was done.
    pub kind: Kind,
    /// How grave it is: an error for text that is lost, a warning for looks and guesses, information otherwise.
    pub severity: Severity,
    /// The file of the source, by its name or its path in the folder that was imported.
    pub file: String,
    /// The place in it in words, or its line: `12`, `paragraph 12`, `word/media/image1.emf`. Empty for the whole file.
    pub at: String,
    /// What is told: one sentence without a final stop.
    pub message: Message,
    /// The text that is not in the book; empty where all text is. Its characters account for every character that an
    /// independent reader finds more in the source than in the book.
    pub lost: String,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Left out.
    Dropped,
    /// Understood in one of several ways.
    Guessed,
    /// Given another name.
    Renamed,
    /// Kept in another form.
    Changed,
}

impl Kind {
    /// Its word in reports for programs.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Dropped => "dropped",
            Kind::Guessed => "guessed",
            Kind::Renamed => "renamed",
            Kind::Changed => "changed",
        }
    }
}
