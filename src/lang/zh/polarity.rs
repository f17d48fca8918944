//! What says one side of an opposition in Chinese.

use std::sync::LazyLock;

use super::Chinese;
use crate::lang::{Language, Lists};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("polarity.txt")));

pub(super) fn for_cues(text: &str) -> String {
    LISTS.words("neutral").iter().fold(Chinese.folded(text).to_lowercase(), |text, word| text.replace(word, "□"))
}

pub(super) fn cue(text: &str, side: &str) -> Option<&'static str> {
    LISTS.words(side).iter().copied().find(|cue| text.contains(cue))
}
