//! What says one side of an opposition in English.

use std::sync::LazyLock;

use crate::lang::Lists;
use crate::lang::cues::{Cues, Finder};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("polarity.txt")));

pub(super) fn cues(text: &str) -> Cues {
    static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::of(&LISTS, true));
    FINDER.find(&text.to_lowercase())
}
