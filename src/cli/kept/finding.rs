//! A finding as it is written down: places by the paths of their files.

use serde::{Deserialize, Serialize};

use crate::message::Message;

/// A finding as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct KeptFinding {
    pub(super) check: String,
    pub(super) severity: String,
    pub(super) message: Message,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) primary: Option<(Place, Message)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) labels: Vec<(Place, Message)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) also: Vec<Place>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) hints: Vec<Message>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) edits: Vec<(Place, String)>,
}

/// A file and a range of bytes in its text.
pub(super) type Place = (String, usize, usize);
