//! What says one side of an opposition in Chinese.

use std::sync::LazyLock;

use crate::lang::Lists;

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("polarity.txt")));

pub(super) fn for_cues(text: &str) -> String {
    LISTS.words("neutral").iter().fold(text.to_lowercase(), |text, word| text.replace(word, "□"))
}

pub(super) fn cue(text: &str, side: &str) -> Option<&'static str> {
    LISTS.words(side).iter().copied().find(|cue| text.contains(cue))
}
