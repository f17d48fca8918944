//! The words of a text, numbered from 0 in the order in which they come.

use crate::align::lexicon::Words;

/// Stands for no number.
const NONE: u32 = u32::MAX;

/// The words of a text. They have a list of their own beside the lexicon's: words come back, and the short list is near
/// where the long one is far.
#[derive(Default)]
pub(super) struct Vocabulary {
    names: Words,
    /// The lexicon's words of the language, if it has any.
    lexicon: Option<&'static Words>,
    /// Every word's number in the lexicon.
    there: Vec<u32>,
    /// The number here of every word of the lexicon.
    here: Vec<u32>,
}

impl Vocabulary {
    /// No words yet, of the language of these words of the lexicon.
    pub(super) fn of(lexicon: Option<&'static Words>) -> Self {
        Self { lexicon, here: vec![NONE; lexicon.map_or(0, Words::len)], ..Self::default() }
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

    /// The number of a word of the lexicon by its number there; the word is added if it is new.
    pub(super) fn known(&mut self, word: u32) -> u32 {
        match (self.here[word as usize], self.lexicon) {
            (NONE, Some(words)) => self.insert(words.name(word), word),
            (number, _) => number,
        }
    }

    fn insert(&mut self, name: &str, there: u32) -> u32 {
        let number = self.names.add(name, 1.0);
        self.there.push(there);
        if there != NONE {
            self.here[there as usize] = number;
        }
        number
    }

    /// The number of a word if the text has it.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.names.number(name)
    }

    /// The number of a word of the lexicon by its number there, if the text has it.
    pub(super) fn find(&self, word: u32) -> Option<u32> {
        self.here.get(word as usize).copied().filter(|number| *number != NONE)
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
