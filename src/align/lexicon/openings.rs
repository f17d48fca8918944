//! With which characters words begin: most rows of characters in a text are no word, and this says so at once.

use super::Words;

/// How many bits there are, as a power of two.
const BITS: u32 = 20;

/// The first two and the first three characters of words of as many or more, hashed.
#[derive(Default)]
pub(super) struct Openings {
    bits: Vec<u64>,
}

impl Openings {
    pub(super) fn of(words: &Words) -> Self {
        let mut bits = vec![0; 1 << (BITS - 6)];
        for hash in words.names().flat_map(|word| [2, 3].map(|count| hash(word, count))).flatten() {
            bits[hash / 64] |= 1 << (hash % 64);
        }
        Self { bits }
    }

    /// Whether a word of several characters may begin as this does; never false for one that is there.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        let bit = |hash: usize| self.bits.get(hash / 64).is_some_and(|bits| bits >> (hash % 64) & 1 == 1);
        hash(word, 3).or_else(|| hash(word, 2)).is_some_and(bit)
    }
}

/// A number below `2^BITS` for the first `count` characters of a word; none for a shorter one.
fn hash(word: &str, count: usize) -> Option<usize> {
    let mut chars = word.chars();
    let mut hash = 0u32;
    for _ in 0..count {
        hash = (hash.rotate_left(5) ^ chars.next()? as u32).wrapping_mul(0x9e37_79b1);
    }
    Some((hash >> (32 - BITS)) as usize)
}
