//! Negations in English.

use std::sync::LazyLock;

use super::function::words;
use crate::lang::{Denials, Lists};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("negation.txt")));

pub(super) fn denials(text: &str) -> Denials {
    let mut denials = Denials::default();
    for (at, word) in words(text) {
        // The head of a column of numbers, or ‘No. 5’.
        if word == "No" && text[at + word.len()..].starts_with('.') {
            continue;
        }
        let word = word.to_lowercase().replace('’', "'");
        if has(&word, "said") {
            denials.said += 1;
        } else if has(&word, "perhaps") {
            denials.perhaps += 1;
        }
    }
    denials
}

fn has(word: &str, list: &str) -> bool {
    LISTS.words(list).iter().any(|pattern| fits(word, pattern))
}

/// Whether a word is one of a pattern, in which a star stands for other letters at its end or beginning.
fn fits(word: &str, pattern: &str) -> bool {
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(beginning), _) => word.starts_with(beginning) && (beginning.len() > 2 || word.len() > 5),
        (None, Some(ending)) => word.ends_with(ending),
        (None, None) => word == pattern,
    }
}
