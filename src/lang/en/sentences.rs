//! Where English sentences end.

use std::ops::Range;
use std::sync::LazyLock;

use crate::lang::Lists;
use crate::lang::range::push_trimmed;

const CLOSERS: &str = "”’)]}\"'»*_";

/// Words that end in a full stop without ending a sentence, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("abbreviations.txt")));

pub(in crate::lang) fn split(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_mark(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut last = c;
        while let Some(&(at, next)) = chars.peek().filter(|(_, next)| is_mark(*next) || CLOSERS.contains(*next)) {
            end = at + next.len_utf8();
            last = if is_mark(next) { next } else { last };
            chars.next();
        }
        if ends(text, start, at, end, last) {
            push_trimmed(text, start..end, &mut found);
            start = end;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

/// The words that ask for something.
const ASKING: [&str; 8] = ["what", "how", "when", "where", "why", "who", "whom", "which"];

pub(in crate::lang) fn questions(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    if text.contains('?') {
        words.filter(|word| ASKING.iter().any(|asks| asks.eq_ignore_ascii_case(word))).count()
    } else {
        0
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// Whether a sentence that began at `start` ends with the marks and closers from `at` to `end`.
fn ends(text: &str, start: usize, at: usize, end: usize, last: char) -> bool {
    if matches!(last, '。' | '！' | '？') {
        return true;
    }
    let after = &text[end..];
    if !after.starts_with(char::is_whitespace) {
        return after.is_empty();
    }
    let Some(next) = after.trim_start().trim_start_matches(['“', '‘', '"', '\'', '(', '[', '*', '_']).chars().next()
    else {
        return true;
    };
    if next.is_lowercase() {
        return false;
    }
    // A single full stop may belong to a word before it.
    text[at..end].trim_end_matches(|c| CLOSERS.contains(c)) != "." || !abbreviates(&text[start..at])
}

/// Whether a full stop after a text would belong to its last word: it shortens it (No., etc.) or stands in it too (U.S.).
pub(in crate::lang) fn keeps_stop(text: &str) -> bool {
    let word = text.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or("");
    let always = || LISTS.words("always").iter().any(|known| known.eq_ignore_ascii_case(word));
    let letters = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    abbreviates(word) || always() || word.contains('.') && word.split('.').all(letters) || letters(word)
}

/// Whether the last word of a text is one that a full stop shortens.
pub(in crate::lang) fn abbreviates(text: &str) -> bool {
    let word = text.rsplit(|c: char| c.is_whitespace() || "(“‘\"'[".contains(c)).next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    initial || LISTS.words("abbreviation").iter().any(|known| known.eq_ignore_ascii_case(word))
}
