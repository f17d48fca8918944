//! Comparing text that may be translated: strings, comments, text between tags.

use super::has_han;
use crate::lang::cjk::is_han;
use crate::lang::number::{Number, numbers};
use crate::lang::width::{half, half_mark};
use crate::lang::{self, OBJECT};
use crate::model::Lang;

/// A text and its language.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Text<'t> {
    pub(in super::super) words: &'t str,
    pub(in super::super) lang: &'t Lang,
}

/// How a text differs from what it translates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Difference {
    /// Neither is a translation of the other; `slip` if one may be mistyped.
    Changed {
        slip: bool,
    },
    /// What only one has though translations keep it.
    Placeholder {
        words: String,
        lost: bool,
    },
    Number {
        words: String,
        lost: bool,
    },
    /// A word of the other language is written otherwise.
    Word {
        ours: String,
        theirs: String,
    },
}

/// The most letters by which a mistyped text differs.
const SLIP: usize = 2;
/// The shortest word that may be a slip for another.
const WORD: usize = 5;

/// How a text differs from what it translates, if not as translations do.
pub(in super::super) fn compare(theirs: Text<'_>, ours: Text<'_>) -> Option<Difference> {
    let (a, b) = (plain(theirs.words), plain(ours.words));
    if a == b {
        return None;
    }
    if !is_translated(&a, &b) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        let number = letters(&a) == letters(&b) && digits(&a) != digits(&b);
        return Some(Difference::Changed { slip: number || is_slip(&a, &b) });
    }
    let (p, q) = (placeholders(theirs.words), placeholders(ours.words));
    if let Some((words, lost)) = one_sided(&p, &q) {
        return Some(Difference::Placeholder { words, lost });
    }
    let (theirs, ours) = (Text { words: &a, ..theirs }, Text { words: &b, ..ours });
    let number = |a, b, lost| lost_number(a, b).map(|words| Difference::Number { words, lost });
    number(theirs, ours, true).or_else(|| number(ours, theirs, false)).or_else(|| mistyped(&a, &b))
}

/// Whether one of two texts may be mistyped for the other.
fn is_slip(a: &str, b: &str) -> bool {
    let distance = strsim::osa_distance(a, b);
    distance <= SLIP && distance * 3 <= a.chars().count().max(b.chars().count())
}

/// A text with marks of half width, and single spaces between words.
pub(in super::super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = match c {
            OBJECT | '\u{200b}' => ' ',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '—' | '–' => '-',
            c => half_mark(c).unwrap_or_else(|| half(c)),
        };
        match c {
            '…' => out.push_str("..."),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().replace("......", "...")
}

/// Whether one of two texts has Chinese words in place of others.
pub(in super::super) fn is_translated(a: &str, b: &str) -> bool {
    let count = |text: &str| text.chars().filter(|c| is_han(*c)).count();
    let (most, least) = (count(a).max(count(b)), count(a).min(count(b)));
    most > 2 * least
}

/// What stands for a value in a text: `${name}`, `{0}`, `%d`.
fn placeholders(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = match c {
            '{' => braces(&text[at..]),
            '%' => conversion(&text[at..]).filter(|_| !text[..at].ends_with(|c: char| c.is_alphanumeric())),
            _ => None,
        };
        if let Some(length) = length {
            found.push(without_strings(&text[at..at + length]));
        }
        at += length.unwrap_or(c.len_utf8());
    }
    found.sort();
    found
}

/// The length of a placeholder in braces: a name or an expression, and no sentence.
fn braces(text: &str) -> Option<usize> {
    let mut depth = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at + 1)
    })?;
    (!has_han(&without_strings(&text[..end])) && !text[..end].contains('\n')).then_some(end)
}

/// The length of a conversion of `printf`.
fn conversion(text: &str) -> Option<usize> {
    let rest = text[1..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '#' | 'l'));
    let end = text.len() - rest.len();
    let letter = rest.starts_with(['d', 'i', 's', 'f', 'x', 'X', 'u', 'e', 'g', 'c', 'p', 'q', 'v', 'o']);
    let ends = !rest.chars().nth(1).is_some_and(|c| c.is_ascii_alphanumeric());
    (letter && ends).then_some(end + 1)
}

/// Code without spaces and without the text of its strings, which may be translated.
fn without_strings(code: &str) -> String {
    let mut quote = None;
    let mut out = String::new();
    for c in code.chars().filter(|c| !c.is_whitespace()) {
        match quote {
            Some(mark) if mark == c => quote = None,
            Some(_) => continue,
            None if matches!(c, '\'' | '"' | '`') => quote = Some(c),
            None => {}
        }
        out.push(c);
    }
    out
}

/// What one of two sorted rows has more of, and whether that is the first.
fn one_sided(a: &[String], b: &[String]) -> Option<(String, bool)> {
    let count = |row: &[String], item: &String| row.iter().filter(|other| *other == item).count();
    let lost = a.iter().find(|item| count(a, item) > count(b, item)).map(|item| (item.clone(), true));
    lost.or_else(|| b.iter().find(|item| count(b, item) > count(a, item)).map(|item| (item.clone(), false)))
}

/// A number in digits that the other text has in no form.
fn lost_number(text: Text<'_>, other: Text<'_>) -> Option<String> {
    let there = numbers(other.words, other.lang);
    let digits = |number: &Number| text.words[number.range.clone()].chars().all(|c| c.is_ascii_digit() || c == '.');
    let lost = numbers(text.words, text.lang).into_iter().filter(Number::accuses).find(|number| {
        let words = &text.words[number.range.clone()];
        digits(number) && !there.iter().any(|other| number.same_value(other)) && !other.words.contains(words)
    })?;
    Some(text.words[lost.range].to_owned())
}

/// A word in Latin letters in the translation that is a slip for one of the source.
fn mistyped(a: &str, b: &str) -> Option<Difference> {
    let (theirs, ours) = (latin(a), latin(b));
    let (fewer, more, swapped) = if theirs.len() < ours.len() { (theirs, ours, true) } else { (ours, theirs, false) };
    let lower = |word: &str| word.to_lowercase();
    for word in fewer.iter().filter(|word| word.len() >= WORD) {
        if more.iter().any(|other| lower(other).contains(&lower(word))) {
            continue;
        }
        let other = more.iter().find(|other| {
            strsim::osa_distance(&lower(word), &lower(other)) == 1 && !lower(word).contains(&lower(other))
        });
        if let Some(other) = other.filter(|other| !fewer.contains(other)) {
            let (ours, theirs) = if swapped { (other, word) } else { (word, other) };
            return Some(Difference::Word { ours: (*ours).to_owned(), theirs: (*theirs).to_owned() });
        }
    }
    None
}

fn latin(text: &str) -> Vec<&str> {
    let apart = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    text.split(apart).filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())).collect()
}

/// Whether a text is a sentence in another language than its own. What is code, commented out, is none.
pub(in super::super) fn is_left(text: Text<'_>) -> bool {
    !is_code(text.words) && lang::of(text.lang).is_foreign(text.words)
}

/// A clause in another language in the middle of a text, outside quotation marks and brackets.
pub(in super::super) fn left_in(text: Text<'_>) -> Option<&str> {
    let language = lang::of(text.lang);
    let quoted = |at: usize| {
        let marks = |open: char, close: char| {
            let before = text.words[..at].rfind(open);
            before.is_some_and(|open| !text.words[open + 1..at].contains(close))
        };
        text.words[..at].matches(['"', '`', '“', '”']).count() % 2 == 1 || marks('(', ')')
    };
    if !text.words.chars().any(|c| language.is_letter(c)) || language.is_foreign(text.words) {
        return None;
    }
    let found = language.foreign(text.words).into_iter().find(|range| {
        let words = &text.words[range.clone()];
        language.is_foreign_clause(words) && !is_code(words) && !quoted(range.start)
    })?;
    Some(&text.words[found])
}

fn is_code(text: &str) -> bool {
    text.contains([';', '{', '}', '=', '<', '>', '[', '_', '\\', '/']) || text.contains("()") || text.contains("::")
}
