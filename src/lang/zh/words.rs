//! The words of a Chinese text by longest match.

use super::{beginnings, is_han};
use crate::lang::denials::Known;

/// The words of a text with their places: words of the dictionary, other characters by themselves, words in Latin letters.
/// Marks are no words.
pub(super) fn words<'t>(text: &'t str, known: Known<'_>) -> Vec<(usize, &'t str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = if is_han(c) {
            let longest = beginnings(rest).map(|(_, word)| word).filter(|word| word.chars().all(is_han) && known(word));
            longest.last().map_or(c.len_utf8(), str::len)
        } else if c.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric() || is_han(c)).unwrap_or(rest.len())
        } else {
            at += c.len_utf8();
            continue;
        };
        found.push((at, &rest[..len]));
        at += len;
    }
    found
}
