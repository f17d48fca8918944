//! The words of a language in the lexicon, in order, found without anything being unpacked.

use super::SEEN_GRADES;
use super::in_place::{self, Cutter, Number, put_ends, put_numbers};
use crate::maths;

/// Bits of a slot that are the number of a word, one higher; the others are a part of its hash, by which most words that are not
/// meant are passed over without a look at their letters.
const NUMBER_BITS: u32 = 20;

/// Words of a language, numbered from 0 in the order of their bytes, and how often each was seen.
pub struct WordList<'a> {
    /// Where each word ends in the text.
    ends: &'a [Number],
    /// The words by their hashes: each stands in the slot of its hash or, where that is taken, in the next free one. An empty slot
    /// is 0.
    slots: &'a [Number],
    /// How often each was seen, in grades.
    grades: &'a [u8],
    /// All words, one after the other.
    text: &'a [u8],
    /// How often each grade is.
    counts: [f32; 256],
    total: f32,
}

impl<'a> WordList<'a> {
    /// A list of its parts: so many words by number and by hash; the rest follows with [`with_text`](Self::with_text).
    pub(super) fn open(file: &mut Cutter<'a>, words: usize) -> Option<Self> {
        let (ends, slots) = (file.numbers(words)?, file.numbers(slots(words))?);
        Some(Self { ends, slots, grades: &[], text: &[], counts: counts(), total: 0.0 })
    }

    /// The list with the grades and letters of its words; `total` is how many words of running text were seen.
    pub(super) fn with_text(self, grades: &'a [u8], text: &'a [u8], total: f32) -> Self {
        Self { grades, text, total, ..self }
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
    pub fn name(&self, number: u32) -> &'a str {
        str::from_utf8(self.letters(number)).unwrap_or_default()
    }

    /// The words in the order of their numbers.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        (0..).take(self.len()).map(|number| self.name(number))
    }

    /// The number of a word.
    pub fn number(&self, word: &str) -> Option<u32> {
        let hash = hash(word.as_bytes());
        for place in places(hash, self.slots.len()) {
            let slot = u32::from_le_bytes(self.slots[place]);
            let number = (slot & ((1 << NUMBER_BITS) - 1)).checked_sub(1)?;
            if slot == slot_of(hash, number) && self.letters(number) == word.as_bytes() {
                return Some(number);
            }
        }
        None
    }

    /// How often a word was seen.
    pub fn seen(&self, number: u32) -> f32 {
        self.grades.get(number as usize).map_or(0.0, |grade| self.counts[usize::from(*grade)])
    }

    /// How many words of running text were seen.
    pub fn total(&self) -> f32 {
        self.total
    }

    /// Every word with the grade of how often it was seen.
    pub(super) fn graded(&self) -> impl Iterator<Item = (&'a str, u8)> {
        self.names().zip(self.grades.iter().copied())
    }

    fn letters(&self, number: u32) -> &'a [u8] {
        let (start, end) = in_place::range(self.ends, number);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Writes what [`WordList::open`] reads.
pub(super) fn write(out: &mut Vec<u8>, words: &[(String, u8)]) {
    put_ends(out, words.iter().map(|(name, _)| name.len()));
    let mut table = vec![0; slots(words.len())];
    for ((name, _), number) in words.iter().zip(0..) {
        let hash = hash(name.as_bytes());
        if let Some(free) = places(hash, table.len()).find(|place| table[*place] == 0) {
            table[free] = slot_of(hash, number);
        }
    }
    put_numbers(out, table);
}

/// How many words of running text were seen, by the grades of each.
pub(super) fn total(words: &[(String, u8)]) -> f32 {
    let counts = counts();
    words.iter().map(|(_, grade)| counts[usize::from(*grade)]).sum()
}

/// How often each grade is.
fn counts() -> [f32; 256] {
    std::array::from_fn(|grade| maths::exp2(grade as f32 / SEEN_GRADES) - 1.0)
}

/// How many slots so many words have: a power of two, a fifth of it empty at least.
fn slots(words: usize) -> usize {
    (words.saturating_mul(5) / 4).max(1).checked_next_power_of_two().unwrap_or(usize::MAX)
}

/// The slots in which a word may stand, the likeliest first.
fn places(hash: u64, slots: usize) -> impl Iterator<Item = usize> {
    (0..slots).map(move |further| (hash as usize).wrapping_add(further) & (slots - 1))
}

/// What stands in the slot of a word.
fn slot_of(hash: u64, number: u32) -> u32 {
    let part = (hash >> (64 - (32 - NUMBER_BITS))) as u32;
    part << NUMBER_BITS | (number + 1)
}

/// A number made of all bytes of a word (Fowler, Noll and Vo's, its bits mixed): the same everywhere, because the file keeps it.
fn hash(word: &[u8]) -> u64 {
    let sum = word
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = (sum ^ sum >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}
