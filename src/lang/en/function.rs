//! English function words: no name, title or loan consists of several of them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lang::Lists;

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("function.txt")));

/// Whether a word, in any case, is a function word.
pub fn is_function(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| LISTS.words("function").iter().copied().collect());
    /// None is longer.
    const LONGEST: usize = 9;
    // Most words of a book are looked at: no memory for each.
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..word.len()) else { return false };
    if !word.is_ascii() {
        return WORDS.contains(word.to_lowercase().replace('’', "'").as_str());
    }
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    std::str::from_utf8(small).is_ok_and(|word| WORDS.contains(word))
}

/// The words of a text in Latin letters, with the apostrophes and hyphens inside them.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\'' | '’' | '-' | '_');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.as_bytes()[at..].iter().position(u8::is_ascii_alphabetic)?;
        at = text[start..].find(|c| !inside(c)).map_or(text.len(), |n| start + n);
        let word = text[start..at].trim_end_matches(['\'', '’', '-', '_']);
        Some((start, word))
    })
}

/// The number of words in a text, and how many of them are function words.
pub fn count(text: &str) -> (usize, usize) {
    words(text).fold((0, 0), |(all, function), (_, word)| (all + 1, function + usize::from(is_function(word))))
}

/// Words that names and titles have in small letters.
const IN_NAMES: [&str; 24] = [
    "a", "an", "and", "at", "by", "d", "da", "de", "del", "der", "des", "di", "du", "for", "from", "in", "la", "of",
    "on", "or", "the", "to", "von", "with",
];

/// Whether a text is capitalised as a name or a title is: all words but small ones inside it.
pub fn is_titled(text: &str) -> bool {
    let small = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase());
    let all: Vec<&str> = words(text).map(|(_, word)| word).collect();
    let ends = [all.first(), all.last()].into_iter().flatten().all(|word| !small(word));
    ends && all.iter().all(|word| !small(word) || IN_NAMES.contains(word))
}

/// Whether a text has a lowercase function word.
pub fn has_function_word(text: &str) -> bool {
    words(text).any(|(_, word)| word.starts_with(|c: char| c.is_ascii_lowercase()) && is_function(word))
}
