//! How the kinds of text are found.

pub(super) mod lines;
pub(super) mod links;
pub(super) mod marks;
pub(super) mod tex;

use std::ops::Range;

use memchr::memmem;

use super::page::{Line, Place, REACH};

type Places = Vec<Range<usize>>;

/// A text from a byte on, as far as a mark is looked for.
fn reach(text: &str, from: usize) -> &str {
    &text[from..text.floor_char_boundary(from + REACH)]
}

fn one(place: Option<Range<usize>>) -> Places {
    place.into_iter().collect()
}

/// Stretches from `open` to the next `close`, if `fits` takes what stands before and between them.
fn between(text: &str, open: &str, close: &str, fits: impl Fn(&str, &str) -> bool) -> Places {
    let mut found = Vec::new();
    let mut at = 0;
    // Every line of a manuscript is looked through for each kind: `str::find` would take a tenth of the reading.
    let find = |text: &str, sought: &str| memmem::find(text.as_bytes(), sought.as_bytes());
    while let Some(start) = find(&text[at..], open).map(|n| at + n) {
        let inner = start + open.len();
        let end = find(reach(text, inner), close).map(|n| inner + n);
        at = match end.filter(|end| fits(&text[..start], &text[inner..*end])) {
            Some(end) => {
                found.push(start..end + close.len());
                end + close.len()
            }
            None => inner,
        };
    }
    found
}

/// Whether a text is not empty and has no blank at its ends.
fn is_tight(text: &str) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    !blank(text.chars().next()) && !blank(text.chars().next_back())
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// The whole text of a line, if `fits` takes it.
fn whole(line: Line<'_>, fits: impl Fn(&str) -> bool) -> Places {
    let text = line.begins().trim_end();
    let head = line.head.unwrap_or_default();
    one((!text.is_empty() && fits(text)).then_some(head..head + text.len()))
}
