//! What the worker is told to do.

use serde::{Deserialize, Serialize};

use crate::preview::SignOff;

/// What the worker is told to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Task {
    /// Files have changed: the book is read, and of these editions those are set that somebody looks at.
    Change { editions: Vec<String> },
    /// Somebody looks at other editions.
    Look { editions: Vec<String> },
    /// A question, answered at once.
    Ask { number: u64, question: Question },
}

/// What can be asked of the pages as they were set last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Question {
    /// A page of an edition drawn, by what it looks like; the answer is empty where there is none.
    Sheet { edition: String, look: String },
    /// The text of a page of an edition, as JSON.
    Text { edition: String, look: String },
    /// A file of an edition's e-book; the answer is empty where there is none.
    Leaf { edition: String, path: String },
    /// The page of review of a translation, or of the first; the answer is empty while the book is not checked.
    Review { lang: Option<String> },
    /// What the record is to be when a pair is signed off, as JSON.
    Sign(SignOff),
    /// What of the manuscript stands at a place, as JSON.
    Source { edition: String, page: usize, x: f64, y: f64 },
}
