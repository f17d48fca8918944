//! What says one side of an opposition in Chinese.

use std::sync::LazyLock;

use super::Chinese;
use crate::lang::cues::{Cues, Finder};
use crate::lang::{Language, Lists};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("polarity.txt")));

pub(super) fn cues(text: &str) -> Cues {
    static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::of(&LISTS, false));
    FINDER.find(&Chinese.folded(text).to_lowercase())
}
