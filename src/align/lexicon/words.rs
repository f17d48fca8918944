//! Words with numbers.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::lang::key::{Key, key};

/// The first of the common Chinese characters, and how many there may be.
pub(super) const FIRST_HAN: usize = 0x4e00;
pub(super) const COMMON_HAN: usize = 0x5200;

/// Words of a language, numbered from 0, and how often each was seen.
#[derive(Default)]
pub struct Words {
    /// How often each was seen.
    pub seen: Vec<f32>,
    /// All words, one after the other.
    text: String,
    /// Where each word ends in it.
    ends: Vec<u32>,
    /// The number, one higher, of every word of one character, by its code from [`FIRST_HAN`] on: most of what is read in
    /// a Chinese text.
    characters: Vec<u32>,
    short: HashMap<Key, u32, FxBuildHasher>,
    long: HashMap<String, u32, FxBuildHasher>,
    total: f32,
}

impl Words {
    /// Room for some more words.
    pub(in crate::align) fn reserve(&mut self, words: usize) {
        self.short.reserve(words);
        self.ends.reserve(words);
        self.seen.reserve(words);
        self.text.reserve(words * 6);
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The word of a number.
    pub fn name(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[at] as usize]
    }

    /// The words in the order of their numbers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (0..).take(self.len()).map(|number| self.name(number))
    }

    /// The number of a word.
    pub fn number(&self, word: &str) -> Option<u32> {
        if let Some(at) = character(word) {
            return self.characters.get(at)?.checked_sub(1);
        }
        match key(word) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(word).copied(),
        }
    }

    /// The number of a word, which is added if it is new.
    pub fn add(&mut self, word: &str, seen: f32) -> u32 {
        self.total += seen;
        let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let number = match (character(word), key(word)) {
            (Some(at), _) => {
                self.characters.resize(self.characters.len().max(at + 1), 0);
                let slot = &mut self.characters[at];
                *slot = if *slot == 0 { next.saturating_add(1) } else { *slot };
                *slot - 1
            }
            (None, Some(key)) => *self.short.entry(key).or_insert(next),
            (None, None) => match self.long.get(word) {
                Some(number) => *number,
                None => *self.long.entry(word.to_owned()).or_insert(next),
            },
        };
        if number == next {
            self.text.push_str(word);
            self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
            self.seen.push(seen);
        } else {
            self.seen[number as usize] += seen;
        }
        number
    }

    /// How many words of running text were seen.
    pub fn total(&self) -> f32 {
        self.total
    }
}

/// The index of a word of one common Chinese character; none if it is another word.
fn character(word: &str) -> Option<usize> {
    if word.len() != 3 {
        return None;
    }
    han_index(word.chars().next()?)
}

/// The index of a common Chinese character among all of them, of which there are [`COMMON_HAN`].
pub(super) fn han_index(c: char) -> Option<usize> {
    (c as usize).checked_sub(FIRST_HAN).filter(|index| *index < COMMON_HAN)
}
