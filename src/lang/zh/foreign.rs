//! English in a Chinese text.

use std::ops::Range;

use crate::lang::cjk::is_han;
use crate::lang::en::function::{count, is_titled, words};
use crate::lang::foreign::split;

/// Whether a text is English.
pub(super) fn is_foreign(text: &str) -> bool {
    let all = words(text).count();
    all >= 3 && all > 10 * text.chars().filter(|c| is_han(*c)).count() && count(text).1 >= 1
}

/// Whether most letters of a text are Chinese, and enough for a sentence.
pub(super) fn is_prose(text: &str) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    han >= 6 && 2 * han > text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Stretches of words in Latin letters, with what stands between them.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let parts = |c: char| is_han(c) || ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    let mut found = split(text, parts);
    found.retain(|range| words(&text[range.clone()]).next().is_some());
    found
}

/// Whether a stretch of Latin letters is running English: several words, some of them function words.
pub(super) fn is_clause(text: &str) -> bool {
    let (all, function) = count(text);
    // A title is capitalised; a sentence has lowercase words.
    let small = words(text).filter(|(_, word)| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    all >= 4 && function >= 2 && 2 * small >= all && !is_titled(text)
}
