//! What says one side of an opposition in Chinese.

use std::sync::LazyLock;

use super::Chinese;
use crate::lang::cues::{Cue, CueTable};
use crate::lang::{Language, Lists};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("polarity.txt")));
static TABLE: LazyLock<CueTable> = LazyLock::new(|| CueTable::of(&LISTS));

pub(super) fn cues(text: &str) -> Vec<Cue> {
    TABLE.find(&Chinese.folded(text), false)
}
