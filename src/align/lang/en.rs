//! English: lower-case stems, numbers without separators, sentences by their marks.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::{Language, Reader};

/// English, and any language written with spaces between its words.
pub struct English;

impl Language for English {
    fn read(&self, text: &str, _: &dyn Fn(&str) -> bool, reader: &mut dyn Reader) {
        let mut at = 0.5;
        stems(text, &mut |stem| {
            reader.word(stem, at);
            reader.feature(stem, at);
            at += 1.0;
        });
        reader.extent(at - 0.5);
    }

    fn length(&self, text: &str) -> f32 {
        text.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>() as f32
    }

    fn letters(&self) -> f32 {
        1.0
    }

    /// An apostrophe is no quotation mark.
    fn quotes(&self, text: &str) -> bool {
        let outside = |at: usize, c: char| {
            let before = text[..at].chars().next_back().is_none_or(char::is_whitespace);
            let after = text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
            before || after
        };
        text.contains(['“', '”', '"'])
            || text.char_indices().any(|(at, c)| matches!(c, '\'' | '‘' | '’') && outside(at, c))
    }

    fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        super::english_sentences::split(text)
    }
}

thread_local! {
    /// Stemming is slow and words come back.
    static STEMS: RefCell<(Stemmer, HashMap<String, String>)> =
        RefCell::new((Stemmer::create(Algorithm::English), HashMap::new()));
}

/// Most words whose stems are kept.
const KEPT: usize = 100_000;

/// Calls `take` with the stems of a text in order.
pub fn stems(text: &str, take: &mut dyn FnMut(&str)) {
    let mut word = String::new();
    let mut chars = text.chars().map(|c| if c == '’' { '\'' } else { c }).peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() && !super::zh::is_han(c) {
            word.extend(c.to_lowercase());
        } else if !(joins(c, &word) && chars.peek().is_some_and(|next| next.is_alphanumeric())) {
            flush(&mut word, take);
        } else if c == '\'' || c == '.' {
            word.push(c);
        }
    }
    flush(&mut word, take);
}

/// Whether a mark in the middle of a word belongs to it: an apostrophe, or a separator in a number.
fn joins(c: char, word: &str) -> bool {
    match c {
        '\'' => !word.is_empty(),
        ',' | '.' => word.ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

fn flush(word: &mut String, take: &mut dyn FnMut(&str)) {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    if bare.is_empty() {
    } else if bare.chars().all(|c| c.is_ascii_alphabetic()) {
        STEMS.with_borrow_mut(|(stemmer, known)| {
            if let Some(stem) = known.get(bare) {
                return take(stem);
            }
            if known.len() >= KEPT {
                known.clear();
            }
            take(known.entry(bare.to_owned()).or_insert_with(|| stemmer.stem(bare).into_owned()));
        });
    } else {
        take(bare);
    }
    word.clear();
}
