//! What is known of a watched book at one moment, as plain data: what the process that sets its pages tells the one that serves them.

use serde::{Deserialize, Serialize};

use super::heads::Head;
use super::places::{Anchor, At};

/// A watched book at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(super) title: String,
    pub(super) status: Status,
    pub(super) editions: Vec<Pages>,
    pub(super) findings: Vec<Finding>,
}

/// What is being done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub(crate) enum Status {
    /// The pages are being set.
    Working,
    /// The pages are up to date.
    Ready {
        /// Seconds that it took.
        seconds: f64,
    },
    /// The book has errors; the pages are those of the last good time.
    Broken,
}

/// An edition with its pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pages {
    pub(super) name: String,
    /// Its name for people.
    pub(super) word: String,
    pub(super) title: String,
    /// Whether the pages are older than the manuscript.
    pub(super) stale: bool,
    /// Whether it was set since the book was read, with or without success.
    #[serde(default)]
    pub(super) tried: bool,
    pub(super) pages: Vec<Page>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) heads: Vec<Head>,
}

/// A page by what it looks like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Page {
    pub(super) look: String,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) label: Option<String>,
}

/// A finding as a browser shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Finding {
    pub(super) severity: String,
    pub(super) check: String,
    pub(super) message: String,
    pub(super) hints: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<At>,
}
