//! English function words: no name, title or loan consists of several of them.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// The most frequent words that do not name things.
const FUNCTION: &str = "a about after all also an and any are as at be because been before being between both but by can could did do \
does doing done each even every few for from had has have having he her here him his how i if in into is it its just like many may \
me might more most much must my no not now of on one only or other our out over own same she should so some such than that the \
their them then there these they this those through to too under until up upon us very was we were what when where which while who \
why will with within without would you your let's it's don't doesn't isn't can't won't we'll you'll we've you've that's there's";

/// Whether a word, in any case, is a function word.
pub(super) fn is_function(word: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&str>> = OnceLock::new();
    let known = WORDS.get_or_init(|| FUNCTION.split(' ').collect());
    // None is longer, and most words of a book are looked at.
    word.len() <= 9 && known.contains(word.to_lowercase().replace('’', "'").as_str())
}

/// The words of a text in Latin letters, with the apostrophes and hyphens inside them.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\'' | '’' | '-' | '_');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_ascii_alphabetic())?;
        at = text[start..].find(|c| !inside(c)).map_or(text.len(), |n| start + n);
        let word = text[start..at].trim_end_matches(['\'', '’', '-', '_']);
        Some((start, word))
    })
}

/// The number of words in a text, and how many of them are function words.
pub(super) fn count(text: &str) -> (usize, usize) {
    words(text).fold((0, 0), |(all, function), (_, word)| (all + 1, function + usize::from(is_function(word))))
}
