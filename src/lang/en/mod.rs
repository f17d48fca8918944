//! English: lower-case stems, numbers without separators, sentences by their marks.

mod callouts;
mod charts;
mod conventions;
mod export;
mod foreign;
pub mod function;
mod names;
pub(super) mod negation;

pub(super) mod number;
pub(super) mod polarity;
pub(super) mod sentences;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxBuildHasher;

use super::key::{Key, key};
use super::number::{Number, units};
use super::shape::{Magnitude, Shape};
use super::{Conventions, Cue, Denials, ExportWords, Known, Lang, Language, Lists, Reader, ReferenceWords};
use crate::message::Message;

/// English, in all its regions.
pub struct English;

/// The words of references, from a data file.
pub(super) static REFERENCES: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("references.txt")));

/// Words that measure without naming the unit, from a data file.
pub(super) static MEASURES: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("measures.txt")));

/// The words between numbers, from a data file.
pub(super) static VALUES: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("values.txt")));

impl Language for English {
    fn tag(&self) -> &'static str {
        "en"
    }

    fn full_tag(&self) -> &'static str {
        self.tag()
    }

    fn region(&self, _tag: &str) -> Option<&'static str> {
        None
    }

    fn writing(&self, _tag: &str) -> &'static str {
        "latn"
    }

    fn form_of(&self, _lines: &mut dyn Iterator<Item = &str>) -> Lang {
        self.lang()
    }

    fn name(&self, tag: &str) -> Option<Message> {
        match tag {
            "en" => Some(msg!("English")),
            "en-GB" => Some(msg!("British English")),
            "en-US" => Some(msg!("American English")),
            _ => None,
        }
    }

    fn conventions(&self) -> &'static Conventions {
        &conventions::CONVENTIONS
    }

    fn quotation_marks(&self, _tag: &str) -> [char; 2] {
        ['“', '”']
    }

    fn name_dot(&self, _tag: &str) -> char {
        ' '
    }

    fn export_words(&self, _tag: &str) -> &'static ExportWords {
        &export::WORDS
    }

    fn reference_words(&self, _tag: &str) -> &'static ReferenceWords {
        &export::REFERENCES
    }

    fn callout_titles(&self, _tag: &str) -> &'static [(&'static str, &'static str)] {
        &callouts::TITLES
    }

    fn is_letter(&self, c: char) -> bool {
        c.is_alphabetic() && !super::cjk::is_han(c)
    }

    fn read(&self, text: &str, reader: &mut dyn Reader) {
        let mut at = 0.5;
        words(text, &mut |written| {
            let word = number(written, reader);
            reader.word(word, at);
            reader.feature(word, at);
            at += 1.0;
        });
        reader.extent(at - 0.5);
    }

    /// A surname may stand first or last.
    fn romanised(&self, name: &str) -> Vec<String> {
        names::romanised(name)
    }

    fn sounded(&self, name: &str) -> String {
        name.to_owned()
    }

    fn is_transliterated(&self, _name: &str) -> bool {
        false
    }

    fn spells(&self, _name: &str) -> bool {
        false
    }

    fn length(&self, text: &str) -> f32 {
        let (mut letters, mut words, mut inside) = (0usize, 0usize, false);
        for c in text.chars() {
            let space = c.is_whitespace();
            words += usize::from(!space && !inside);
            letters += usize::from(!space);
            inside = !space;
        }
        (letters + words) as f32
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
        let mark = |at: usize, c: char| match c {
            '“' | '”' | '"' => true,
            '\'' | '‘' | '’' => outside(at, c),
            _ => false,
        };
        text.char_indices().any(|(at, c)| mark(at, c))
    }

    fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        sentences::split(text)
    }

    fn questions(&self, text: &str) -> usize {
        sentences::questions(text)
    }

    fn numbers(&self, text: &str) -> Vec<Number> {
        number::numbers(text)
    }

    fn scales(&self, text: &str) -> Vec<(f64, Range<usize>)> {
        number::scale::scales(text)
    }

    /// Every word that is one, since “a second” and “for hours” are measured too.
    fn units(&self, text: &str) -> Vec<(&'static str, Range<usize>)> {
        units::named(text, |before, c| c.is_ascii_alphabetic() && !before.is_alphanumeric())
    }

    fn counts_units(&self) -> bool {
        false
    }

    fn measures(&self, text: &str, unit: &str) -> bool {
        let text = text.to_ascii_lowercase();
        MEASURES.words(unit).iter().any(|word| text.contains(word))
    }

    fn is_foreign(&self, text: &str) -> bool {
        foreign::is_foreign(text)
    }

    fn is_prose(&self, text: &str) -> bool {
        let (all, function) = function::count(text);
        all >= 5 && function >= 2 && !foreign::is_foreign(text)
    }

    fn foreign(&self, text: &str) -> Vec<Range<usize>> {
        foreign::stretches(text)
    }

    fn is_foreign_clause(&self, stretch: &str) -> bool {
        foreign::is_clause(stretch)
    }

    fn folded(&self, text: &str) -> String {
        text.replace('’', "'")
    }

    fn may_deny(&self, text: &str) -> bool {
        negation::may_deny(text)
    }

    fn denials(&self, text: &str, known: Known<'_>) -> Denials {
        negation::denials(text, known)
    }

    fn tells(&self, word: &str) -> bool {
        negation::tells(word)
    }

    fn clauses(&self, text: &str) -> Vec<Range<usize>> {
        negation::clauses(text)
    }

    fn places(&self, text: &str, word: &str, _known: Known<'_>) -> Vec<usize> {
        negation::places(text, word)
    }

    fn cues(&self, text: &str) -> Vec<Cue> {
        polarity::cues(text)
    }

    fn oppositions(&self) -> &'static Lists {
        &polarity::LISTS
    }

    fn value_words(&self) -> &'static Lists {
        &VALUES
    }

    fn references(&self) -> &'static Lists {
        &REFERENCES
    }

    fn magnitudes(&self, _: &str) -> &'static [Magnitude] {
        charts::MAGNITUDES
    }

    fn magnitude_gap(&self) -> &'static str {
        " "
    }

    fn chart_sentence(&self, _: &str, shape: &Shape<'_>) -> String {
        charts::sentence(shape)
    }
}

/// Words and their stems.
struct Stems {
    stemmer: Stemmer,
    known: HashMap<Key, String, FxBuildHasher>,
    /// The stem of the last long word, which has no key.
    long: String,
}

thread_local! {
    /// Stemming is slow and words come back. Long words, which have no key, do not.
    static STEMS: RefCell<Stems> = RefCell::new(Stems {
        stemmer: Stemmer::create(Algorithm::English),
        known: HashMap::default(),
        long: String::new(),
    });
}

/// Most words whose stems are kept.
const KEPT: usize = 100_000;

/// Calls `take` with the stems of a text in order.
pub fn stems(text: &str, take: &mut dyn FnMut(&str)) {
    words(text, &mut |word| STEMS.with_borrow_mut(|stems| take(stems.of(word))));
}

/// The number of the stem of a word.
pub(super) fn number(word: &str, reader: &mut dyn Reader) -> u32 {
    reader.recall(word).unwrap_or_else(|| {
        let number = STEMS.with_borrow_mut(|stems| reader.number(stems.of(word)));
        reader.remember(word, number);
        number
    })
}

/// Calls `take` with the words of a text in order, in small letters.
pub(super) fn words(text: &str, take: &mut dyn FnMut(&str)) {
    let mut word = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_alphanumeric() {
            let long = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
            word.push_str(&rest[..long]);
            let start = word.len() - long;
            word[start..].make_ascii_lowercase();
            rest = &rest[long..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let c = if c == '’' { '\'' } else { c };
        if c.is_alphanumeric() && !super::cjk::is_han(c) {
            word.extend(c.to_lowercase());
        } else if !(joins(c, &word) && rest.chars().next().is_some_and(char::is_alphanumeric)) {
            flush(&mut word, take);
        } else if c == '\'' || c == '.' {
            word.push(c);
        }
    }
    flush(&mut word, take);
}

/// Gives a word without the ending of the possessive, and empties it.
fn flush(word: &mut String, take: &mut dyn FnMut(&str)) {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    if !bare.is_empty() {
        take(bare);
    }
    word.clear();
}

/// Whether a mark in the middle of a word belongs to it: an apostrophe, or a separator in a number.
fn joins(c: char, word: &str) -> bool {
    match c {
        '\'' => !word.is_empty(),
        ',' | '.' => word.ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

impl Stems {
    /// The stem of a word; itself if it does not consist of letters.
    fn of<'w>(&'w mut self, word: &'w str) -> &'w str {
        if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return word;
        }
        let Some(key) = key(word) else {
            self.long = self.stemmer.stem(word).into_owned();
            return &self.long;
        };
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.entry(key).or_insert_with(|| self.stemmer.stem(word).into_owned())
    }
}
