//! Colons in the head of a container, as in `:::figure {#fig:x}`, which comrak takes for the end of the head.
//!
//! They are covered by a control character of the same length that the text does not use, so that places do
//! not change, and uncovered wherever comrak returns text.

use std::borrow::Cow;

/// A text with its container heads covered.
pub(super) struct Covered<'a> {
    /// What comrak parses; as long as the text itself, with the same line breaks.
    pub(super) text: Cow<'a, str>,
    /// The character that stands for a covered colon, when there is one.
    pub(super) sign: Option<char>,
}

/// Covers the colons after the name in each line that could open a container.
pub(super) fn cover(text: &str) -> Covered<'_> {
    let plain = Covered { text: Cow::Borrowed(text), sign: None };
    if !text.contains(":::") || !text.split(['\n', '\r']).any(|line| head(line).is_some()) {
        return plain;
    }
    let free = ['\u{1}', '\u{2}', '\u{3}', '\u{4}', '\u{5}', '\u{6}'].into_iter().find(|sign| !text.contains(*sign));
    let Some(sign) = free else { return plain };
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive(['\n', '\r']) {
        match head(line) {
            None => out.push_str(line),
            Some(at) => {
                out.push_str(&line[..at]);
                out.extend(line[at..].chars().map(|c| if c == ':' { sign } else { c }));
            }
        }
    }
    Covered { text: Cow::Owned(out), sign: Some(sign) }
}

/// Where the head begins, after `:::`, if the line could open a container and there is a colon in its head.
fn head(line: &str) -> Option<usize> {
    let prefix = |c: char| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit();
    let start = line.find(|c| !prefix(c))?;
    let colons = line[start..].bytes().take_while(|b| *b == b':').count();
    let at = start + colons;
    (colons >= 3 && line[at..].contains(':')).then_some(at)
}

impl super::Lower<'_, '_> {
    /// Text from comrak with its colons uncovered.
    pub(super) fn uncovered(&self, text: String) -> String {
        match self.sign {
            Some(sign) if text.contains(sign) => text.replace(sign, ":"),
            _ => text,
        }
    }
}
