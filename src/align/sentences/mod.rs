//! Sentences: which of one language say what which of the other say.
//!
//! Every run of sentences that translate each other is a *bead*. Beads are found by dynamic programming over their
//! prior probability, their lengths, and what the words say: how much more likely each word is beside its supposed
//! translation than anywhere. After a first pass the words of the texts themselves are learned and a second follows.

mod beads;
mod coarse;
mod en;
mod evidence;
pub mod learn;
pub mod lexicon;
mod shape;
#[cfg(test)]
mod tests;
pub mod zh;

use std::ops::Range;

pub use en::tokens as english_words;

use evidence::Evidence;
use lexicon::Lexicon;
use shape::Shape;

/// Sentences that translate each other; either side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bead {
    /// Sentences of the source.
    pub source: Range<usize>,
    /// Sentences of the target.
    pub target: Range<usize>,
}

/// Aligns Chinese sentences with English ones. Beads come in order and cover every sentence of both once.
pub fn chinese_english(chinese: &[&str], english: &[&str], lexicon: &Lexicon) -> Vec<Bead> {
    let (n, m) = (chinese.len(), english.len());
    if n == 0 || m == 0 {
        let source = (0..n).map(|i| Bead { source: i..i + 1, target: 0..0 });
        return source.chain((0..m).map(|j| Bead { source: n..n, target: j..j + 1 })).collect();
    }
    let mut evidence = Evidence::of(chinese, english, lexicon);
    let shape = Shape::of(chinese, english);
    let band = coarse::band(&evidence);
    let first = beads::best(&evidence, &shape, &band);
    evidence.learn(&first);
    beads::best(&evidence, &shape, &band)
}
