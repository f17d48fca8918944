//! Ranges of a text.

use std::ops::Range;

/// Keeps a range without the space around it, if anything is left.
pub(super) fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let end = start + part.trim().len();
    if start < end {
        found.push(start..end);
    }
}

/// The stretches of a text between characters that part it; these know what comes after them.
pub(super) fn parts(text: &str, part: impl Fn(char, &str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if part(c, &text[end..]) {
            found.push(start..at);
            start = end;
        }
    }
    found.push(start..text.len());
    found
}
