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
