//! Where the language of a text changes.

use std::ops::Range;

/// The ranges between the characters where a text is split, without spaces and marks around them.
pub(super) fn split(text: &str, parts: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| parts(*c)) {
        found.extend(bare(text, start..at));
        start = at + c.len_utf8();
    }
    found.extend(bare(text, start..text.len()));
    found
}

/// A range without what is no letter or figure at its ends, if anything is left.
fn bare(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mark = |c: char| !c.is_alphanumeric();
    let inner = text[range.clone()].trim_start_matches(mark);
    let start = range.end - inner.len();
    let inner = inner.trim_end_matches(mark);
    (!inner.is_empty()).then(|| start..start + inner.len())
}
