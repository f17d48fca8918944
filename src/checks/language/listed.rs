//! What a sentence lists: things in a row with “and” before the last, and clauses between semicolons.

use std::ops::Range;

use crate::lang::{self, Script};
use crate::model::Lang;

/// How parts of a sentence stand in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// Things with commas and “and” between them.
    Things,
    /// Clauses with semicolons between them.
    Clauses,
}

/// The parts of a sentence that stand in a row. The first and last thing have the rest of their clause with them, for where
/// they begin and end is not written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) row: Row,
    pub(super) parts: Vec<Range<usize>>,
}

/// The most words of a thing between two marks in a language in Latin letters, and the most characters in Chinese.
const WORDS: usize = 5;
const CHARACTERS: usize = 12;

/// The lists of a sentence.
pub(super) fn lists(text: &str, lang: &Lang) -> Vec<List> {
    let clauses = parted(text, 0..text.len(), |c, _| matches!(c, ';' | '；'));
    let mut found = Vec::new();
    if clauses.len() > 1 {
        found.push(List { row: Row::Clauses, parts: clauses });
    }
    let stretches = parted(text, 0..text.len(), |c, rest| is_break(c, rest, lang));
    let things = stretches.into_iter().filter_map(|stretch| things(text, stretch, lang));
    found.extend(things.map(|parts| List { row: Row::Things, parts }));
    found
}

/// The stretches of a range of a text between characters that part it, without the space around them; empty ones are left out.
fn parted(text: &str, range: Range<usize>, part: impl Fn(char, &str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut keep = |range: Range<usize>| {
        let inside = &text[range.clone()];
        let start = range.start + inside.len() - inside.trim_start().len();
        let end = start + inside.trim().len();
        if text[start..end].contains(char::is_alphanumeric) {
            found.push(start..end);
        }
    };
    for (at, c) in text[range.clone()].char_indices() {
        let (at, end) = (range.start + at, range.start + at + c.len_utf8());
        if part(c, &text[end..]) {
            keep(start..at);
            start = end;
        }
    }
    keep(start..range.end);
    found
}

/// Whether a mark ends a stretch in which things may be listed.
fn is_break(c: char, rest: &str, lang: &Lang) -> bool {
    let comma = lang.script() == Script::Han && matches!(c, '，' | ',');
    let stop = c == '.' && (rest.is_empty() || rest.starts_with([' ', '\n']));
    comma || stop || "。；：！？;:!?()（）—–“”…\n".contains(c)
}

/// The things that a stretch lists, two at least.
fn things(text: &str, stretch: Range<usize>, lang: &Lang) -> Option<Vec<Range<usize>>> {
    let marks = |c: char, rest: &str| match lang.script() {
        Script::Han => c == '、',
        Script::Latin => c == ',' && rest.starts_with(' '),
    };
    let mut parts = parted(text, stretch, marks);
    let last = parts.pop()?;
    let opened = starts_with_joiner(&text[last.clone()], lang);
    let joined = joined(text, &last, lang).filter(|_| !opened);
    let closed = opened || joined.is_some();
    match joined {
        Some((before, after)) => parts.extend([before, after]),
        None => parts.push(last),
    }
    // What is too long between two marks is a clause: the list begins behind it.
    let inner = 1..parts.len().saturating_sub(1);
    let long = inner.rev().find(|at| !is_short(&text[parts[*at].clone()], lang));
    parts.drain(..long.unwrap_or(0));
    let listed = closed || lang.script() == Script::Han && parts.len() > 2;
    (listed && parts.len() > 1).then_some(parts)
}

fn is_short(part: &str, lang: &Lang) -> bool {
    match lang.script() {
        Script::Han => part.chars().count() <= CHARACTERS,
        Script::Latin => part.split_whitespace().count() <= WORDS,
    }
}

/// The words for “and” and “or”.
fn joiners(lang: &Lang) -> impl Iterator<Item = &'static str> {
    let words = lang::of(lang).value_words().words("and").iter().copied();
    words.filter(|word| word.chars().all(char::is_alphabetic))
}

fn starts_with_joiner(part: &str, lang: &Lang) -> bool {
    let ends = |rest: &str| !parts_words(lang) || rest.starts_with(' ');
    joiners(lang).any(|word| part.strip_prefix(word).is_some_and(ends))
}

/// Whether words stand apart.
fn parts_words(lang: &Lang) -> bool {
    lang.script() == Script::Latin
}

/// A last part with “and” inside it as the two things that it is.
fn joined(text: &str, last: &Range<usize>, lang: &Lang) -> Option<(Range<usize>, Range<usize>)> {
    let part = &text[last.clone()];
    let places = joiners(lang).filter_map(|word| {
        let word = if parts_words(lang) { format!(" {word} ") } else { word.to_owned() };
        let at = part.find(&word).filter(|at| *at > 0)?;
        is_short(&part[..at], lang).then_some((at, word.len()))
    });
    // 以及 has 及 in it.
    let (at, len) = places.min_by_key(|(at, len)| (*at, std::cmp::Reverse(*len)))?;
    let (before, after) = (last.start..last.start + at, last.start + at + len..last.end);
    text[after.clone()].contains(char::is_alphanumeric).then_some((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, tag: &str) -> Vec<Vec<String>> {
        let lists = lists(text, &Lang::new(tag).unwrap());
        lists.into_iter().map(|list| list.parts.into_iter().map(|part| text[part].to_owned()).collect()).collect()
    }

    #[test]
    fn things_in_a_row_are_listed() {
        for (tag, text, wanted) in [
            ("zh", "这里卖梨、枣、杏和桃。", vec![vec!["这里卖梨", "枣", "杏", "桃"]]),
            ("zh", "梨、枣以及杏很甜，桃也甜。", vec![vec!["梨", "枣", "杏很甜"]]),
            ("zh", "梨、枣、以及 A 杏。", vec![vec!["梨", "枣", "以及 A 杏"]]),
            ("zh", "他和她来了。", vec![vec!["他", "她来了"]]),
            ("zh", "雨停了。", vec![]),
            ("en", "They sell pears, dates and plums.", vec![vec!["They sell pears", "dates", "plums"]]),
            ("en", "Pears, dates, and plums are sweet.", vec![vec!["Pears", "dates", "and plums are sweet"]]),
            ("en", "When it rains, we stay.", vec![]),
            ("en", "One sings; one dances; one sleeps.", vec![vec!["One sings", "one dances", "one sleeps."]]),
        ] {
            assert_eq!(said(text, tag), wanted, "{text}");
        }
    }
}
