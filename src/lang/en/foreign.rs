//! Chinese in an English text.

use std::ops::Range;

use super::function::count;
use crate::lang::OBJECT;
use crate::lang::cjk::is_han;
use crate::lang::foreign::split;

/// The fewest Chinese characters that are a text rather than a name.
const TEXT: usize = 6;
/// The fewest Chinese characters that are a clause rather than a name.
const CLAUSE: usize = 8;

/// Whether a text is Chinese.
pub(super) fn is_foreign(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let han = text.chars().filter(|c| is_han(*c)).count();
    han >= TEXT && 3 * count(text).0 < han
}

/// Stretches of Chinese characters with the marks between them.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let parts = |c: char| c.is_alphabetic() && !is_han(c) || c == OBJECT;
    split(text, parts).into_iter().filter_map(|range| chinese(text, range)).collect()
}

/// A range from its first Chinese character to its last.
fn chinese(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let inner = &text[range.clone()];
    let first = inner.find(is_han)?;
    let (last, c) = inner.char_indices().rev().find(|(_, c)| is_han(*c))?;
    Some(range.start + first..range.start + last + c.len_utf8())
}

pub(super) fn is_clause(text: &str) -> bool {
    text.chars().filter(|c| is_han(*c)).count() >= CLAUSE
}
