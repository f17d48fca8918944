//! Citations and short cross-references inside running text: `[@key, p. 3; @other]`, `@fig:x`.

use std::ops::Range;

use super::pages::{self, Paged};

/// Something found in a stretch of text; places are bytes of that stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bracket of citations.
    Cite { range: Range<usize>, items: Vec<Item> },
    /// A cross-reference by id, perhaps with its page.
    Ref { range: Range<usize>, target: String, paged: Option<Paged> },
    /// What starts like a citation but is not one.
    Bad { range: Range<usize> },
}

/// One source in a bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) key: Range<usize>,
    pub(super) locator: Option<String>,
}

impl Mark {
    /// The place of the whole mark.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Mark::Cite { range, .. } | Mark::Ref { range, .. } | Mark::Bad { range } => range.clone(),
        }
    }
}

/// Finds the marks of a stretch of text, from byte `from` on, in order.
pub(super) fn find(text: &str, from: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = from;
    // After a bracket without an end, the following brackets have none either.
    let mut unclosed = false;
    while let Some(found) = text[at..].find('@').map(|n| at + n) {
        let bracket = found > from && text.as_bytes()[found - 1] == b'[' && found > at && !unclosed;
        let mark = if bracket { Some(cite(text, found - 1)) } else { short_ref(text, found) };
        unclosed |= bracket && !text[found..].contains(']');
        at = mark.as_ref().map_or(found + 1, |m| m.range().end);
        marks.extend(mark);
    }
    marks
}

fn cite(text: &str, open: usize) -> Mark {
    let Some(close) = text[open..].find(']').map(|n| open + n) else {
        return Mark::Bad { range: open..text.len().min(open + 2) };
    };
    let mut items = Vec::new();
    let mut start = open + 1;
    for part in text[open + 1..close].split([';', '；']) {
        for place in keys(part) {
            match item(text, start + place.start, &part[place]) {
                Some(item) => items.push(item),
                None => return Mark::Bad { range: open..close + 1 },
            }
        }
        start += part.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    Mark::Cite { range: open..close + 1, items }
}

/// The stretches of a part that begin with a key of their own, as those of `@a, @b, p. 3`: a comma before a key parts two works.
fn keys(part: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, comma) in part.match_indices([',', '，', '、']) {
        let next = at + comma.len();
        if part[next..].trim_start().starts_with('@') {
            found.push(start..at);
            start = next;
        }
    }
    found.push(start..part.len());
    found
}

fn item(text: &str, start: usize, part: &str) -> Option<Item> {
    let blank = part.len() - part.trim_start().len();
    let rest = part.trim_start().strip_prefix('@')?;
    let key = start + blank + 1..start + blank + 1 + key_length(rest);
    if key.is_empty() {
        return None;
    }
    let after = text[key.end..start + part.len()].trim();
    if after.is_empty() {
        return Some(Item { key, locator: None });
    }
    let locator = after.strip_prefix([',', '，'])?.trim();
    Some(Item { key, locator: (!locator.is_empty()).then(|| locator.to_owned()) })
}

/// Whether a text can be the key of a work.
pub(crate) fn is_key(text: &str) -> bool {
    !text.is_empty() && key_length(text) == text.len()
}

/// Whether `@` and a text are a reference of the short form.
pub(crate) fn is_short_reference(text: &str) -> bool {
    let written = format!("@{text}");
    matches!(short_ref(&written, 0), Some(Mark::Ref { range, paged: None, .. }) if range.len() == written.len())
}

/// Length of a key: letters, digits and inner `- _ : . / +`.
fn key_length(text: &str) -> usize {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/' | '+');
    let length = text.find(|c| !inner(c)).unwrap_or(text.len());
    text[..length].trim_end_matches(['-', ':', '.', '/', '+']).len()
}

/// What may stand before the colon of a short cross-reference.
pub(super) const REFERENCES: [&str; 5] = ["fig", "tab", "sec", "eq", "lst"];

fn short_ref(text: &str, at: usize) -> Option<Mark> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@')) {
        return None;
    }
    let rest = &text[at + 1..];
    let kind = REFERENCES.iter().map(|kind| kind.len() + 1).find(|length| {
        rest.get(..*length).and_then(|start| start.strip_suffix(':')).is_some_and(|kind| REFERENCES.contains(&kind))
    })?;
    // A Chinese sentence goes on without a blank: letters of other scripts belong to an id that begins with one of them.
    let wide = rest[kind..].starts_with(|c: char| c.is_alphanumeric() && !c.is_ascii());
    let letter = |c: char| if wide { c.is_alphanumeric() } else { c.is_ascii_alphanumeric() };
    let length = rest.find(|c: char| !(letter(c) || matches!(c, '-' | '_' | ':' | '.'))).unwrap_or(rest.len());
    let target = rest[..length].trim_end_matches([':', '.', '-']);
    let end = at + 1 + target.len();
    let (paged, class) = pages::class(&text[end..]).map_or((None, 0), |(paged, length)| (Some(paged), length));
    (target.len() > kind).then(|| Mark::Ref { range: at..end + class, target: target.to_owned(), paged })
}
