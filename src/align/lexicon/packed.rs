//! The tables of the lexicon, packed as in its file: what is read at random should be near.

use super::Table;
use crate::maths;

/// Grades of a probability to the halving.
const GRADES: f32 = 20.0;

/// For every word a row of words of the other language in order, each with the probability that the one gives the other,
/// in 256 grades.
#[derive(Default, PartialEq)]
pub struct PackedTable {
    entries: Vec<Entry>,
    /// Where the entries of each word end.
    ends: Vec<u32>,
}

impl PackedTable {
    /// Adds an entry to the row that is last: the number of a word, below 2 to the 24, and the grade of its probability.
    pub(super) fn push(&mut self, word: u32, grade: u8) {
        self.entries.push(Entry(word << 8 | u32::from(grade)));
    }

    /// Ends a row; the entries of the next one follow.
    pub(super) fn end_row(&mut self) {
        self.ends.push(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
    }

    /// The row of a word; nothing for a word that has none.
    pub fn row(&self, word: u32) -> &[Entry] {
        let (start, end) = self.range(word);
        &self.entries[start..end]
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
            let (start, end) = self.range(word);
            let entry = |at: usize| self.entries.get(at).map_or(0, |entry| entry.0);
            entry(start).wrapping_add(entry(end.saturating_sub(1)))
        };
        std::hint::black_box(words.map(ends).fold(0, u32::wrapping_add));
    }

    /// Where the row of a word stands; nowhere for a word that has none.
    fn range(&self, word: u32) -> (usize, usize) {
        let at = word as usize;
        let end = |at: usize| self.ends.get(at).map(|end| *end as usize);
        let start = at.checked_sub(1).map_or(Some(0), end);
        start.zip(end(at)).unwrap_or((0, 0))
    }
}

/// A word of the other language and how likely it is: its number in the upper bits, the grade in the lower eight.
#[derive(Clone, Copy, PartialEq)]
pub struct Entry(u32);

impl Entry {
    /// The number of the word.
    pub fn word(self) -> u32 {
        self.0 >> 8
    }

    /// The grade of its probability.
    pub fn grade(self) -> u8 {
        self.0.to_le_bytes()[0]
    }
}

impl From<Table> for PackedTable {
    fn from(table: Table) -> Self {
        let mut packed = Self::default();
        for row in table.rows() {
            for &(word, probability) in row {
                packed.push(word, super::grade(1.0 / probability, GRADES));
            }
            packed.end_row();
        }
        packed
    }
}

/// The probability of every grade.
pub(super) fn probabilities() -> [f32; 256] {
    std::array::from_fn(|grade| maths::exp2(-(grade as f32) / GRADES))
}
