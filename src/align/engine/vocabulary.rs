//! The words of a text, numbered from 0 in the order in which they come.

use crate::align::lexicon::Words;

/// Stands for no number.
const NONE: u32 = u32::MAX;

/// The words of a text.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// The lexicon's words of the language, if it has any.
    lexicon: Option<&'static Words>,
    /// The number here of every word of the lexicon.
    known: Vec<u32>,
    /// Every word's number in the lexicon; or that among the words of its own, counted down from the highest.
    numbers: Vec<u32>,
    /// Words that the lexicon does not have.
    own: Words,
    /// Their numbers here.
    here: Vec<u32>,
}

impl Vocabulary {
    /// No words yet, of the language of these words of the lexicon.
    pub(super) fn of(lexicon: Option<&'static Words>) -> Self {
        Self { lexicon, known: vec![NONE; lexicon.map_or(0, Words::len)], ..Self::default() }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The number of a word, which is added if it is new.
    pub(super) fn add(&mut self, name: &str) -> u32 {
        if let Some(known) = self.lexicon.and_then(|words| words.number(name)) {
            return self.known(known);
        }
        let own = self.own.add(name, 1.0);
        if own as usize == self.here.len() {
            let number = self.next(NONE - 1 - own);
            self.here.push(number);
        }
        self.here[own as usize]
    }

    /// The number of a word of the lexicon by its number there; the word is added if it is new.
    pub(super) fn known(&mut self, word: u32) -> u32 {
        match self.known[word as usize] {
            NONE => {
                let number = self.next(word);
                self.known[word as usize] = number;
                number
            }
            number => number,
        }
    }

    fn next(&mut self, number: u32) -> u32 {
        self.numbers.push(number);
        u32::try_from(self.numbers.len() - 1).unwrap_or(NONE)
    }

    /// The number of a word if the text has it.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        match self.lexicon.and_then(|words| words.number(name)) {
            Some(known) => self.find(known),
            None => self.own.number(name).map(|own| self.here[own as usize]),
        }
    }

    /// The number of a word of the lexicon by its number there, if the text has it.
    pub(super) fn find(&self, word: u32) -> Option<u32> {
        self.known.get(word as usize).copied().filter(|number| *number != NONE)
    }

    /// The number in the lexicon of a word.
    pub(super) fn in_lexicon(&self, number: u32) -> Option<u32> {
        let word = self.numbers[number as usize];
        ((word as usize) < self.known.len()).then_some(word)
    }

    /// A word.
    pub(super) fn name(&self, number: u32) -> &str {
        match (self.in_lexicon(number), self.lexicon) {
            (Some(word), Some(words)) => words.name(word),
            _ => self.own.name(NONE - 1 - self.numbers[number as usize]),
        }
    }
}
