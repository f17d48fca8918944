//! What the program knows of languages: their words, their numbers, their lengths, where their sentences end.
//!
//! A language is one folder here. To add one, implement [`Language`] and name it in [`of`]; the aligner asks nothing else.

pub mod cjk;
pub mod en;
pub(crate) mod key;
pub mod number;
pub mod zh;

use std::ops::Range;

use crate::model::Lang;

/// What the aligner asks of a language.
pub trait Language: Sync {
    /// Takes a text apart into words.
    fn read(&self, text: &str, reader: &mut dyn Reader);

    /// How long a text is, in a unit of the language's own: the aligner measures how many of one go to one of another.
    fn length(&self, text: &str) -> f32;

    /// Letters of English that usually go to one unit of length.
    fn letters(&self) -> f32;

    /// Whether a text quotes speech.
    fn quotes(&self, text: &str) -> bool;

    /// The sentences of a text, without the space between them, as byte ranges. Marks that close a sentence and the
    /// quotation marks and brackets behind them belong to it.
    fn sentences(&self, text: &str) -> Vec<Range<usize>>;
}

/// What takes the words of a text as a language reads them. It numbers them as it likes.
pub trait Reader {
    /// The number of a word.
    fn number(&mut self, word: &str) -> u32;

    /// The number of a word as it is written, which [`remember`](Self::remember) was told: what a word is made of need not
    /// be found again. It need not be known.
    fn recall(&self, _written: &str) -> Option<u32> {
        None
    }

    /// Takes the number of a word as it is written.
    fn remember(&mut self, _written: &str, _number: u32) {}

    /// Calls `found` with the number of characters, two or more, and the number of every word of a dictionary that a text
    /// begins with: for languages that do not part their words.
    fn known(&mut self, text: &str, found: &mut dyn FnMut(usize, u32));

    /// A word that the other text should explain; `at` is its place in the unit of [`extent`](Self::extent).
    fn word(&mut self, word: u32, at: f32);

    /// A word or part of a word that may explain words of the other text.
    fn feature(&mut self, word: u32, at: f32);

    /// How far the places reach.
    fn extent(&mut self, extent: f32);
}

/// The knowledge of a language; a language that nobody described is read like English.
pub fn of(lang: &Lang) -> &'static dyn Language {
    if lang.is_chinese() { &zh::Chinese } else { &en::English }
}

#[cfg(test)]
mod tests;
