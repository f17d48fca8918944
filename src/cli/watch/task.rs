//! What the worker is told to do.

use serde::{Deserialize, Serialize};

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
    /// What of the manuscript stands at a place, as JSON.
    Source { edition: String, page: usize, x: f64, y: f64 },
}
