//! The words of a text, numbered from 0 in the order in which they come.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::align::lexicon::{WordList, Words};
use crate::lang::key::{Key, key};

/// As many words as a short chapter has.
const INITIAL_WORDS: usize = 500;
/// The number in the lexicon of a word that it does not have.
const NOT_IN_LEXICON: u32 = u32::MAX;

/// The words of a text. They have a list of their own beside the lexicon's: words come back, and the short list is near
/// where the long one is far.
#[derive(Default)]
pub(super) struct Vocabulary {
    names: Words,
    /// The lexicon's words of the language; none before it is known.
    lexicon: Option<&'static WordList<'static>>,
    /// Every word's number in the lexicon.
    in_lexicon: Vec<u32>,
    /// The number of the words that the lexicon has too, by their number there.
    from_lexicon: HashMap<u32, u32, FxBuildHasher>,
    /// Which words of the lexicon these are, by a bit for each: most words that are asked for are none of them.
    present: Vec<u64>,
    /// The number of words by how they are written.
    by_spelling: HashMap<Key, u32, FxBuildHasher>,
}

impl Vocabulary {
    /// No words yet, of the language of these words of the lexicon.
    pub(super) fn new(lexicon: &'static WordList<'static>) -> Self {
        let mut vocabulary = Self { lexicon: Some(lexicon), ..Self::default() };
        vocabulary.names.reserve(INITIAL_WORDS);
        vocabulary.from_lexicon.reserve(INITIAL_WORDS);
        vocabulary.by_spelling.reserve(INITIAL_WORDS);
        vocabulary.present.resize(lexicon.len().div_ceil(64), 0);
        vocabulary
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The number of a word, which is added if it is new.
    pub(super) fn add(&mut self, name: &str) -> u32 {
        self.names.number(name).unwrap_or_else(|| {
            let in_lexicon = self.lexicon.and_then(|words| words.number(name)).unwrap_or(NOT_IN_LEXICON);
            self.insert(name, in_lexicon)
        })
    }

    /// The number of a word that the lexicon has under another number; the word is added if it is new.
    pub(super) fn add_from_lexicon<'n>(&mut self, in_lexicon: u32, name: impl FnOnce() -> &'n str) -> u32 {
        self.find(in_lexicon).unwrap_or_else(|| self.insert(name(), in_lexicon))
    }

    fn insert(&mut self, name: &str, in_lexicon: u32) -> u32 {
        let number = self.names.add(name, 1.0);
        self.in_lexicon.push(in_lexicon);
        if in_lexicon != NOT_IN_LEXICON {
            self.from_lexicon.insert(in_lexicon, number);
            self.present[in_lexicon as usize / 64] |= 1 << (in_lexicon % 64);
        }
        number
    }

    /// The number of a word if the text has it.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.names.number(name)
    }

    /// The number of a word of the lexicon by its number there, if the text has it.
    #[inline]
    pub(super) fn find(&self, in_lexicon: u32) -> Option<u32> {
        let bits = self.present.get(in_lexicon as usize / 64)?;
        if bits >> (in_lexicon % 64) & 1 == 1 { self.from_lexicon.get(&in_lexicon).copied() } else { None }
    }

    /// The number that [`remember`](Self::remember) kept of a word by how it is written.
    pub(super) fn recall(&self, written: &str) -> Option<u32> {
        self.by_spelling.get(&key(written)?).copied()
    }

    /// Keeps the number of a word by how it is written, if it is short.
    pub(super) fn remember(&mut self, written: &str, number: u32) {
        if let Some(key) = key(written) {
            self.by_spelling.insert(key, number);
        }
    }

    /// The number in the lexicon of a word.
    pub(super) fn in_lexicon(&self, number: u32) -> Option<u32> {
        Some(self.in_lexicon[number as usize]).filter(|word| *word != NOT_IN_LEXICON)
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
