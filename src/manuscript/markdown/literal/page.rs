//! The lines of a chapter with all but its running text masked.

use std::ops::Range;

use super::Typed;
use crate::lang::cjk::is_han;

/// Stands for each byte that is not running text.
pub(super) const MASK: char = '\u{1a}';

/// Stands for a backslash and the character that it escapes.
pub(super) const ESCAPED: char = '\u{1b}';

/// Longest stretch in which the end of a mark is looked for, in bytes.
pub(super) const REACH: usize = 400;

/// A line of the chapter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Its running text, all else masked.
    pub(super) text: &'t str,
    /// As it stands in the file.
    pub(super) written: &'t str,
    /// Where its text begins, if only signs of quotations and lists stand before it.
    pub(super) head: Option<usize>,
}

impl<'t> Line<'t> {
    /// The running text from its beginning on; empty if other things than signs of quotations and lists stand before it.
    pub(super) fn begins(&self) -> &'t str {
        self.head.map_or("", |head| &self.text[head..])
    }

    /// Whether its text is words and the marks between them, as in most lines of a book: no kind of text that looks like markup is
    /// made of these. A line that begins with a sign or a number may be an item of a list.
    pub(super) fn is_words_alone(&self) -> bool {
        let numeral = |c: char| "一二三四五六七八九十".contains(c);
        let begins = |c: char| c.is_alphabetic() && !numeral(c);
        self.text.chars().find(|c| *c != MASK).is_some_and(begins) && self.text.chars().all(is_of_words)
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.written.trim_matches([' ', '\t', '>', '\u{3000}']).is_empty()
    }
}

/// Whether a character stands in plain sentences, and marks nothing up.
fn is_of_words(c: char) -> bool {
    match c {
        MASK => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric() || " ,.;?'\"()-".contains(c),
        c => is_han(c) || c.is_alphabetic() || "，。、；？“”‘’（）《》—…".contains(c),
    }
}

/// Three lines in a row: where something is found, the one above and the one below. At an end of the chapter an empty one stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) above: Line<'t>,
    pub(super) line: Line<'t>,
    pub(super) below: Line<'t>,
}

/// Finds a kind of text in a line; places are bytes of the line.
pub(super) type Find = fn(Place<'_>) -> Vec<Range<usize>>;

/// A masked chapter. Of its front matter the titles are running text.
pub(super) struct Page<'t> {
    file: &'t str,
    masked: String,
    body: usize,
}

impl<'t> Page<'t> {
    pub(super) fn new(file: &'t str, body: usize, typed: &Typed) -> Self {
        let mut masked = String::with_capacity(file.len());
        let mut text: Vec<Range<usize>> = typed.text.clone();
        text.sort_by_key(|range| range.start);
        let mut at = 0;
        let hide = |from: usize, to: usize, masked: &mut String| {
            for c in file[from..to].chars() {
                match c {
                    '\n' | '\r' => masked.push(c),
                    _ => masked.extend(std::iter::repeat_n(MASK, c.len_utf8())),
                }
            }
        };
        for range in text {
            let start = range.start.max(at);
            if range.end > start {
                hide(at, start, &mut masked);
                // Control characters of the file itself are not to be taken for masks.
                masked
                    .extend(file[start..range.end].chars().map(|c| if matches!(c, MASK | ESCAPED) { ' ' } else { c }));
                at = range.end;
            }
        }
        hide(at, file.len(), &mut masked);
        for &escaped in &typed.escaped {
            if masked[..escaped].ends_with(MASK) && masked[escaped..].starts_with(MASK) {
                masked.replace_range(escaped - 1..=escaped, &format!("{ESCAPED}{ESCAPED}"));
            }
        }
        Self { file, masked, body }
    }

    /// Its lines with running text, each with where it begins.
    pub(super) fn lines(&self) -> Vec<(usize, Place<'_>)> {
        let mut found = Vec::new();
        let empty = Line { text: "", written: "", head: None };
        let mut above = empty;
        let mut lines = self.all_lines().peekable();
        while let Some((start, line)) = lines.next() {
            if start == self.body {
                above = empty;
            }
            let below = lines.peek().map_or(empty, |(_, line)| *line);
            if line.text.chars().any(|c| c != MASK) {
                found.push((start, Place { above, line, below }));
            }
            above = line;
        }
        found
    }

    fn all_lines(&self) -> impl Iterator<Item = (usize, Line<'_>)> {
        let mut at = 0;
        self.masked.split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            let text = line.trim_end_matches(['\n', '\r']);
            let written = &self.file[start..start + text.len()];
            let first = text.find(|c| c != MASK && c != ESCAPED);
            let signs = |c: char| {
                matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')' | '\u{3000}') || c.is_ascii_digit()
            };
            let head = first.filter(|first| written[..*first].chars().all(signs));
            (start, Line { text, written, head })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::kinds::KINDS;
    use super::{Line, MASK, Place};

    fn line(text: &str) -> Line<'_> {
        Line { text, written: text, head: text.find(|c| c != MASK) }
    }

    #[test]
    fn lines_of_words_are_known() {
        for (text, words) in [
            ("The lamp, “lit” at dusk; who saw it? (No one.)", true),
            ("永远的灯，“亮”着（一直）。Hi", true),
            ("\u{1a}\u{1a}é 1", true),
            ("1 lamp", false),
            ("一、灯", false),
            ("- lamp", false),
            ("a: b", false),
            ("a [b]", false),
            ("灯「亮」", false),
            ("灯！", false),
            ("\u{1a}", false),
            ("", false),
        ] {
            assert_eq!(line(text).is_words_alone(), words, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_in_a_line_of_words_looks_like_markup(
            text in "\u{1a}{0,2}[a-zA-Z永灯É][a-zA-Z0-9 ,.;?'\"()，。、；？“”‘’（）《》—…永一二\u{1a}-]{0,60}",
            above in "[-•①*+ 1.、|｜>#=!?:a永\\\\]{0,9}",
            below in "[-•①*+ 1.、|｜>#=!?:a永\\\\]{0,9}",
        ) {
            let place = Place { above: line(&above), line: line(&text), below: line(&below) };
            prop_assert!(place.line.is_words_alone());
            for kind in KINDS {
                prop_assert!((kind.find)(place).is_empty(), "{text:?} is taken for {:?}", kind.what);
            }
        }
    }
}
