//! English words: lower case, stemmed, numbers without separators.

use rust_stemmers::{Algorithm, Stemmer};

/// The stems of a text in order.
pub fn tokens(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let chars: Vec<char> = text.chars().map(|c| if c == '’' { '\'' } else { c }).collect();
    let mut found = Vec::new();
    let mut word = String::new();
    for (at, &c) in chars.iter().enumerate() {
        if c.is_alphanumeric() && !super::zh::is_han(c) {
            word.extend(c.to_lowercase());
        } else if !(joins(c, &word) && chars.get(at + 1).is_some_and(|next| next.is_alphanumeric())) {
            flush(&mut word, &stemmer, &mut found);
        } else if c == '\'' || c == '.' {
            word.push(c);
        }
    }
    flush(&mut word, &stemmer, &mut found);
    found
}

/// Whether a mark in the middle of a word belongs to it: an apostrophe, or a separator in a number.
fn joins(c: char, word: &str) -> bool {
    match c {
        '\'' => !word.is_empty(),
        ',' | '.' => word.ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

fn flush(word: &mut String, stemmer: &Stemmer, found: &mut Vec<String>) {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    if !bare.is_empty() {
        let plain = bare.chars().all(|c| c.is_ascii_alphabetic());
        found.push(if plain { stemmer.stem(bare).into_owned() } else { bare.to_owned() });
    }
    word.clear();
}
