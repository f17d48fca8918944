//! What the worker of a book is told, and how it answers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cli::pipe::wire;

/// What the worker of a book is told.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Task {
    /// The first: whose worker it is, and the language that it speaks.
    Begin {
        #[serde(with = "wire::place")]
        root: PathBuf,
        locale: String,
    },
    /// A document, by its path in the project, says this now; `None` when what is saved counts.
    Typed { path: String, text: Option<String> },
    /// Files may have changed.
    Again,
    /// A question of the editor.
    Ask { number: u64, method: String, params: Value },
}

/// The answer to a question; `Err` of what the editor is told instead.
pub(super) type Answered = Result<Value, String>;

/// The findings of files, by their addresses.
pub(super) type Findings = BTreeMap<String, Vec<Value>>;

/// What the worker of a book knows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Known {
    /// Whether these are the findings of every file that has any; else those of the files that were changed.
    pub(super) whole: bool,
    pub(super) files: Findings,
}
