//! How far strings and comments reach.

use super::syntax::{Quote, Reach, Syntax};

/// The most templates that stand in one another.
const DEEPEST: usize = 8;
/// The longest escaped character, such as `'\u{1F600}'`.
const ESCAPED: usize = 12;

/// A string, as lengths in bytes.
pub(super) struct Quoted {
    pub(super) open: usize,
    pub(super) inside: usize,
    pub(super) whole: usize,
}

/// The string that a text begins with.
pub(super) fn quoted(text: &str, before: Option<char>, syntax: &Syntax) -> Option<Quoted> {
    let quote = syntax.quotes.iter().find(|quote| text.starts_with(quote.open))?;
    // In `it's` it is an apostrophe, in `x'` a prime.
    if quote.open == "'" && before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[quote.open.len()..];
    let inside = match quote.reach {
        Reach::Character => character(rest)?,
        Reach::Line | Reach::Lines | Reach::Template => end_of(rest, quote, 0)?,
    };
    // A quotation in running text, and not what stands between two apostrophes.
    if syntax.plain && quote.open == "'" && rest[inside + 1..].starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(Quoted { open: quote.open.len(), inside, whole: quote.open.len() + inside + quote.close.len() })
}

/// The length of the one character before a closing quotation mark.
fn character(rest: &str) -> Option<usize> {
    let first = rest.chars().next().filter(|c| *c != '\'')?;
    let length = match first {
        '\\' => 2 + rest.chars().skip(2).take(ESCAPED).position(|c| c == '\'')?,
        c => c.len_utf8(),
    };
    rest.get(length..).is_some_and(|rest| rest.starts_with('\'')).then_some(length)
}

/// Where a string ends, if it does.
fn end_of(rest: &str, quote: &Quote, depth: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        if rest[at..].starts_with(quote.close) {
            return Some(at);
        }
        at += match c {
            '\n' if quote.reach == Reach::Line => return None,
            '\\' if quote.escapes => 1 + rest[at + 1..].chars().next().map_or(0, char::len_utf8),
            '$' if quote.reach == Reach::Template && depth < DEEPEST && rest[at + 1..].starts_with('{') => {
                2 + hole(&rest[at + 2..], quote, depth)?
            }
            c => c.len_utf8(),
        };
    }
    None
}

/// The length of the code in a template up to its closing brace and with it.
fn hole(rest: &str, quote: &Quote, depth: usize) -> Option<usize> {
    let (mut at, mut braces) = (0, 0);
    while let Some(c) = rest[at..].chars().next() {
        at += c.len_utf8();
        match c {
            '}' if braces == 0 => return Some(at),
            '}' => braces -= 1,
            '{' => braces += 1,
            '`' => at += end_of(&rest[at..], quote, depth + 1)? + 1,
            _ => {}
        }
    }
    None
}

/// The length of the comment that a text begins with, `before` being what stands before it on its line.
pub(super) fn comment(text: &str, before: &str, syntax: &Syntax) -> Option<usize> {
    for (open, close) in syntax.block {
        if let Some(rest) = text.strip_prefix(open) {
            return Some(open.len() + rest.find(close).map_or(rest.len(), |end| end + close.len()));
        }
    }
    let mark = syntax.line.iter().find(|mark| text.starts_with(**mark))?;
    let rest = &text[mark.len()..];
    let apart = before.is_empty() || before.ends_with(char::is_whitespace);
    let begins = match *mark {
        "//" => !before.ends_with(':'),
        // After a command `--` parts its arguments.
        "--" if syntax.plain => before.trim().is_empty() && rest.starts_with(' '),
        // `#[derive]`, `#include` and `#fff` are code where the language is not known.
        "#" if syntax.plain => apart && (rest.starts_with(' ') || super::has_han(&text[..first(rest) + mark.len()])),
        "--" => true,
        _ => apart,
    };
    begins.then(|| text.find('\n').unwrap_or(text.len()))
}

/// The length of the first character.
fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The words of a comment, without its marks.
pub(super) fn words(comment: &str) -> String {
    const MARKS: &[char] = &['/', '*', '#', '-', ';', '%', '!', '<', '>', '=', '~', '|', '{', '}'];
    let comment = comment.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches("*/");
    let mut words: Vec<&str> = Vec::new();
    for line in comment.lines() {
        words.extend(line.trim().trim_start_matches(MARKS).split_whitespace());
    }
    words.join(" ").trim_end_matches(['-', '=', '*', '#', '~']).trim_end().to_owned()
}
