//! The words of a text, numbered from 0 in the order in which they come.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::align::lexicon::Words;
use crate::lang::key::{Key, key};

/// As many words as a short chapter has.
const SOME: usize = 500;
/// Stands for no number.
const NONE: u32 = u32::MAX;

/// The words of a text. They have a list of their own beside the lexicon's: words come back, and the short list is near
/// where the long one is far.
#[derive(Default)]
pub(super) struct Vocabulary {
    names: Words,
    /// The lexicon's words of the language; none before it is known.
    lexicon: Option<&'static Words>,
    /// Every word's number in the lexicon.
    there: Vec<u32>,
    /// The number here of the words that the lexicon has too, by their number there.
    here: HashMap<u32, u32, FxBuildHasher>,
    /// Which words of the lexicon these are, by a bit for each: most words that are asked for are not here.
    bits: Vec<u64>,
    /// Words as they are written, with their numbers.
    written: HashMap<Key, u32, FxBuildHasher>,
}

impl Vocabulary {
    /// No words yet, of the language of these words of the lexicon.
    pub(super) fn of(lexicon: &'static Words) -> Self {
        let mut vocabulary = Self { lexicon: Some(lexicon), ..Self::default() };
        vocabulary.names.reserve(SOME);
        vocabulary.here.reserve(SOME);
        vocabulary.written.reserve(SOME);
        vocabulary.bits.resize(lexicon.len().div_ceil(64), 0);
        vocabulary
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The number of a word, which is added if it is new.
    pub(super) fn add(&mut self, name: &str) -> u32 {
        self.names.number(name).unwrap_or_else(|| {
            let there = self.lexicon.and_then(|words| words.number(name)).unwrap_or(NONE);
            self.insert(name, there)
        })
    }

    /// The number of a word that the lexicon has under another number; the word is added if it is new.
    pub(super) fn known<'n>(&mut self, there: u32, name: impl FnOnce() -> &'n str) -> u32 {
        self.find(there).unwrap_or_else(|| self.insert(name(), there))
    }

    fn insert(&mut self, name: &str, there: u32) -> u32 {
        let number = self.names.add(name, 1.0);
        self.there.push(there);
        if there != NONE {
            self.here.insert(there, number);
            self.bits[there as usize / 64] |= 1 << (there % 64);
        }
        number
    }

    /// The number of a word if the text has it.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.names.number(name)
    }

    /// The number of a word of the lexicon by its number there, if the text has it.
    #[inline]
    pub(super) fn find(&self, word: u32) -> Option<u32> {
        let bits = self.bits.get(word as usize / 64)?;
        if bits >> (word % 64) & 1 == 1 { self.here.get(&word).copied() } else { None }
    }

    /// The number that [`remember`](Self::remember) was told of a word as it is written.
    pub(super) fn recall(&self, written: &str) -> Option<u32> {
        self.written.get(&key(written)?).copied()
    }

    /// Keeps the number of a word as it is written, if it is short.
    pub(super) fn remember(&mut self, written: &str, number: u32) {
        if let Some(key) = key(written) {
            self.written.insert(key, number);
        }
    }

    /// The number in the lexicon of a word.
    pub(super) fn in_lexicon(&self, number: u32) -> Option<u32> {
        Some(self.there[number as usize]).filter(|word| *word != NONE)
    }

    /// A word.
    pub(super) fn name(&self, number: u32) -> &str {
        self.names.name(number)
    }

    /// The words in the order of their numbers.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.names()
    }
}
