//! What says one side of an opposition in English.

use std::sync::LazyLock;

use crate::lang::Lists;

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("polarity.txt")));

pub(super) fn for_cues(text: &str) -> String {
    LISTS.words("neutral").iter().fold(text.to_lowercase(), |text, word| text.replace(word, "□"))
}

pub(super) fn cue(text: &str, side: &str) -> Option<&'static str> {
    LISTS.words(side).iter().find_map(|pattern| {
        let word = pattern.strip_suffix('*');
        let cue = word.unwrap_or(pattern);
        has_word(text, cue, word.is_none()).then_some(cue)
    })
}

/// Whether a text has a word that begins with a cue, or is it.
fn has_word(text: &str, cue: &str, whole: bool) -> bool {
    let letter = |c: char| c.is_alphanumeric();
    text.match_indices(cue).any(|(at, _)| {
        let goes_on = whole && text[at + cue.len()..].starts_with(letter);
        !goes_on && !text[..at].ends_with(letter)
    })
}
