//! Negations in English.

use std::ops::Range;
use std::sync::LazyLock;

use super::function::{is_function, words};
use super::stems;
use crate::lang::denials::{Denial, Denials, Known};
use crate::lang::{Lists, range};

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("negation.txt")));

/// The words of a phrase.
type Phrase = Vec<&'static str>;

/// Phrases that deny in other words, and those in which a negation denies little.
static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| phrases("phrase"));
static MILD: LazyLock<Vec<Phrase>> = LazyLock::new(|| phrases("mild"));

fn phrases(list: &str) -> Vec<Phrase> {
    LISTS.words(list).iter().map(|phrase| phrase.split(' ').collect()).collect()
}

/// Where what a negation denies ends.
const BREAKS: &[char] = &['.', ';', ':', '!', '?', '(', ')', '—', '…', '\n'];
/// How many words that it denies a negation has.
const DENIED: usize = 2;
/// How far behind a negation they stand, in words.
const REACH: usize = 9;

/// A word in small letters with its place.
type Word = (usize, String);

pub(super) fn denials(text: &str, known: Known<'_>) -> Denials {
    let words = parts(text);
    let mut denials = Denials::default();
    for (i, (at, word)) in words.iter().enumerate() {
        if has(word, "said", known) {
            if is_mild(text, &words, i) {
                denials.implied.push(*at);
            } else {
                let verbal = word.ends_with("n't") || matches!(word.as_str(), "not" | "cannot" | "never");
                denials.said.push(Denial { range: *at..at + word.len(), verbal, denied: denied(text, &words[i..]) });
            }
        } else if has(word, "implied", known) || PHRASES.iter().any(|phrase| stands_at(phrase, &words, i)) {
            denials.implied.push(*at);
        } else if has(word, "perhaps", known) {
            stems(word, &mut |stem| denials.perhaps.push((*at, stem.to_owned())));
        }
    }
    denials
}

pub(super) fn may_deny(text: &str) -> bool {
    let mut small = String::new();
    words(text).flat_map(|(_, word)| word.split('-')).any(|part| {
        small.clear();
        small.extend(part.chars().map(in_small));
        has(&small, "said", &|_| false)
    })
}

/// A letter or mark of a word as the lists have it.
fn in_small(c: char) -> char {
    if c == '’' { '\'' } else { c.to_ascii_lowercase() }
}

/// The words of a text, those with hyphens in their parts.
fn parts(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    for (at, word) in words(text) {
        let mut place = at;
        for part in word.split('-') {
            if !part.is_empty() {
                found.push((place, part.chars().map(in_small).collect()));
            }
            place += part.len() + 1;
        }
    }
    found
}

/// Whether a negation denies little: the head of a column of numbers or ‘No. 5’, a name, an answer, part of a phrase.
fn is_mild(text: &str, words: &[Word], i: usize) -> bool {
    let (at, word) = &words[i];
    let rest = &text[at + word.len()..];
    let capital = |place: usize| text[place..].starts_with(char::is_uppercase);
    let next = words.get(i + 1);
    let name = word == "no" && capital(*at) && *at > 0 && next.is_some_and(|(next, _)| capital(*next));
    let answer = matches!(word.as_str(), "no" | "not") && !rest.starts_with([' ', '-', '\n']);
    name || answer || MILD.iter().any(|phrase| stands_at(phrase, words, i))
}

/// Whether a phrase stands in a text so that it has the word of a number in it.
fn stands_at(parts: &Phrase, words: &[Word], i: usize) -> bool {
    let fits = |word: &str, part: &str| part.strip_prefix('*').map_or(word == part, |end| word.ends_with(end));
    (0..parts.len()).any(|before| {
        i >= before
            && words.len() >= i - before + parts.len()
            && parts.iter().zip(&words[i - before..]).all(|(part, (_, word))| fits(word, part))
    })
}

/// Whether a stem says something by itself, and denies nothing.
pub(super) fn tells(stem: &str) -> bool {
    (!is_function(stem) || LISTS.words("telling").contains(&stem)) && !LISTS.words("said").contains(&stem)
}

/// The stems of what the first of some words denies.
fn denied(text: &str, words: &[Word]) -> Vec<String> {
    let mut denied: Vec<String> = Vec::new();
    let mut end = words[0].0 + words[0].1.len();
    for (at, word) in words[1..].iter().take(REACH) {
        let between = text.get(end..*at).unwrap_or_default();
        let over = between.contains(BREAKS) || !denied.is_empty() && between.contains(',');
        if denied.len() == DENIED || over || LISTS.words("end").contains(&word.as_str()) {
            break;
        }
        end = at + word.len();
        if !is_function(word) && !LISTS.words("light").contains(&word.as_str()) {
            stems(word, &mut |stem| denied.push(stem.to_owned()));
        }
    }
    denied
}

fn has(word: &str, list: &str, known: Known<'_>) -> bool {
    LISTS.words(list).iter().any(|pattern| fits(word, pattern, known))
}

/// Whether a word is one of a pattern, in which a star stands for other letters at its end or beginning; after a hyphen for
/// a word.
fn fits(word: &str, pattern: &str, known: Known<'_>) -> bool {
    if let Some(prefix) = pattern.strip_suffix("-*") {
        let mut is_word = false;
        let rest = word.strip_prefix(prefix).filter(|rest| rest.len() > 3);
        rest.into_iter().for_each(|rest| stems(rest, &mut |stem| is_word |= known(stem)));
        return is_word;
    }
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(beginning), _) => word.starts_with(beginning),
        (None, Some(ending)) => word.ends_with(ending),
        (None, None) => word == pattern,
    }
}

/// The clauses of a text. A comma parts them only where another subject or a reason follows.
pub(super) fn clauses(text: &str) -> Vec<Range<usize>> {
    range::parts(text, |c, rest| {
        let next = rest.trim_start();
        let part = |word: &&str| next.strip_prefix(*word).is_some_and(|after| after.starts_with(" "));
        BREAKS.contains(&c) && (c != '.' || rest.starts_with(' ')) || c == ',' && LISTS.words("clause").iter().any(part)
    })
}

pub(super) fn places(text: &str, word: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, part) in parts(text) {
        stems(&part, &mut |stem| found.extend((stem == word).then_some(at)));
    }
    found
}
