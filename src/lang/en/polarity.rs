//! What says one side of an opposition in English.

use std::sync::LazyLock;

use crate::lang::Lists;
use crate::lang::cues::{Cue, CueTable};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("polarity.txt")));
static TABLE: LazyLock<CueTable> = LazyLock::new(|| CueTable::of(&LISTS));

pub(super) fn cues(text: &str) -> Vec<Cue> {
    TABLE.find(&text.to_lowercase(), true)
}
