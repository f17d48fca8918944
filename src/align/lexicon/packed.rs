//! The tables of the lexicon as in its file: what is read at random should be near.

use super::in_place::{self, Cutter, Number};
use crate::maths;

/// Grades of a probability to the halving.
const GRADES: f32 = 20.0;

/// For every word a row of words of the other language in order, each with the probability that the one gives the other,
/// in 256 grades.
#[derive(Clone, Copy, Default)]
pub struct PackedTable<'a> {
    entries: &'a [Number],
    /// Where the entries of each word end.
    ends: &'a [Number],
}

impl<'a> PackedTable<'a> {
    /// A table of so many rows with so many entries in all.
    pub(super) fn open(file: &mut Cutter<'a>, rows: usize, entries: usize) -> Option<Self> {
        let (ends, entries) = (file.numbers(rows)?, file.numbers(entries)?);
        Some(Self { entries, ends })
    }

    /// The row of a word; nothing for a word that has none.
    pub fn row(&self, word: u32) -> impl ExactSizeIterator<Item = Entry> + use<'a> {
        let (start, end) = in_place::range(self.ends, word);
        self.entries.get(start..end).unwrap_or_default().iter().map(|entry| Entry(u32::from_le_bytes(*entry)))
    }

    /// Whether a word has a row with something in it.
    pub fn has_row(&self, word: u32) -> bool {
        let (start, end) = in_place::range(self.ends, word);
        start < end
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Brings the rows of some words into the cache, all at once: one after the other, each would be waited for.
    pub(super) fn prefetch(&self, words: impl Iterator<Item = u32>) {
        let ends = |word: u32| {
            let (start, end) = in_place::range(self.ends, word);
            let entry = |at: usize| self.entries.get(at).map_or(0, |entry| u32::from_le_bytes(*entry));
            entry(start).wrapping_add(entry(end.saturating_sub(1)))
        };
        std::hint::black_box(words.map(ends).fold(0, u32::wrapping_add));
    }
}

/// A word of the other language and how likely it is: its number in the upper bits, the grade in the lower eight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry(u32);

impl Entry {
    /// The number of a word, below 2 to the 24, and its probability.
    pub(super) fn new(word: u32, probability: f32) -> Self {
        Self(word << 8 | u32::from(super::grade(1.0 / probability, GRADES)))
    }

    /// The number of the word.
    pub fn word(self) -> u32 {
        self.0 >> 8
    }

    /// The grade of its probability.
    pub fn grade(self) -> u8 {
        self.0.to_le_bytes()[0]
    }
}

/// Writes what [`PackedTable::open`] reads.
pub(super) fn write(out: &mut Vec<u8>, rows: &[Vec<Entry>]) {
    in_place::put_ends(out, rows.iter().map(Vec::len));
    in_place::put_numbers(out, rows.iter().flatten().map(|entry| entry.0));
}

/// The probability of every grade.
pub(super) fn probabilities() -> [f32; 256] {
    std::array::from_fn(|grade| maths::exp2(-(grade as f32) / GRADES))
}
