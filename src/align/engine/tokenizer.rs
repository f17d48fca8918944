//! Turns the items of a text into tokens, as its language reads them.

use super::items::{Items, Token};
use super::surface::Surface;
use super::vocabulary::Vocabulary;
use crate::align::Dictionary;
use crate::lang::number::{Number, numbers};
use crate::lang::{Language, Reader, zh};
use crate::model::Lang;

/// A text in tokens, with its words.
pub(super) struct Tokenized {
    pub(super) items: Items,
    pub(super) vocabulary: Vocabulary,
}

/// Takes the tokens of one item after the other.
struct Tokenizer<'d> {
    items: Items,
    vocabulary: Vocabulary,
    dictionary: &'d Dictionary,
}

/// Reads a text.
pub(super) fn tokenize(texts: &[&str], lang: &Lang, language: &dyn Language, dictionary: &Dictionary) -> Tokenized {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    // About as many words as an English text has, and as many features as a Chinese one.
    let items = Items::with_capacity(texts.len(), bytes / 4, bytes / 2);
    let vocabulary = Vocabulary::new(dictionary.lexicon().words(lang));
    let mut tokenizer = Tokenizer { items, vocabulary, dictionary };
    for text in texts {
        tokenizer.items.begin(Surface::new(text, language), 1.0);
        language.read(text, &mut tokenizer);
        tokenizer.add_numbers(text, lang);
        tokenizer.items.end();
    }
    Tokenized { items: tokenizer.items, vocabulary: tokenizer.vocabulary }
}

impl Tokenizer<'_> {
    /// Adds the numbers of an item that can hardly mean anything else: they stand for their value in every language.
    fn add_numbers(&mut self, text: &str, lang: &Lang) {
        if !text.contains(|c: char| c.is_ascii_digit() || !c.is_ascii() && !zh::is_han(c) && c.is_numeric()) {
            return;
        }
        for number in numbers(text, lang).iter().filter(|number| is_telling(number)) {
            let word = self.vocabulary.add(&format!("#{}", number.value));
            let position = number.range.start as f32 / text.len() as f32 * self.items.last().extent;
            self.word(word, position);
            self.feature(word, position);
        }
    }
}

fn is_telling(number: &Number) -> bool {
    number.accuses() && (number.value >= 10.0 || number.value.fract() != 0.0)
}

impl Reader for Tokenizer<'_> {
    fn number(&mut self, word: &str) -> u32 {
        self.vocabulary.add(word)
    }

    fn recall(&self, written: &str) -> Option<u32> {
        self.vocabulary.recall(written)
    }

    fn remember(&mut self, written: &str, number: u32) {
        self.vocabulary.remember(written, number);
    }

    fn known(&mut self, text: &str, found: &mut dyn FnMut(usize, u32)) {
        let vocabulary = &mut self.vocabulary;
        self.dictionary.chinese_words(text, &mut |count, in_lexicon| {
            let number = match in_lexicon {
                Some(in_lexicon) => vocabulary.add_from_lexicon(in_lexicon, || first_chars(text, count)),
                None => vocabulary.add(first_chars(text, count)),
            };
            found(count, number);
        });
    }

    fn word(&mut self, word: u32, position: f32) {
        self.items.push_word(Token { word, position });
    }

    fn feature(&mut self, word: u32, position: f32) {
        self.items.push_feature(Token { word, position });
    }

    fn extent(&mut self, extent: f32) {
        self.items.last().extent = extent.max(1.0);
    }
}

/// The first so many characters of a text.
fn first_chars(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(end, _)| end);
    &text[..end]
}
