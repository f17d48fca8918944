//! A first score of beads by which words stand in them, wherever in them: IBM model 1 (Brown et al. 1993), over whole texts.

use std::ops::Range;

use super::band::Band;
use super::bead::{Bead, MAX_SIDE};
use super::evidence::Evidence;
use super::inverted_index::{self, InvertedIndex};
use super::items::{Items, Token};
use crate::align::lexicon::Table;
use crate::maths;

/// Share of a word that its translation explains; the rest may come from anywhere (the null word).
const EXPLAINED: f32 = 0.3;
/// Most that one word may say, as a logarithm.
const MAX_WORD: f32 = 3.0;
/// How the prior of an alignment of two words falls with the number of words around: 1 / length, to this power.
const PRIOR_POWER: f32 = 1.2;
/// Items that share one index of the other text; the windows of each are many more than these.
const CHUNK: usize = 32;

/// The evidence of the words of every item for every run of items of the other text, within a band.
pub(super) struct Model1 {
    items: [Vec<ItemEvidence>; 2],
}

impl Model1 {
    pub(super) fn new(items: [&Items; 2], evidence: &Evidence, band: &Band) -> Self {
        let priors = items.map(AlignmentPriors::new);
        let columns = band.columns(items[1].len());
        let [first, second] = [&band.rows, &columns];
        Self { items: [of_side(0, items, evidence, &priors, first), of_side(1, items, evidence, &priors, second)] }
    }

    /// What the words of a bead say for it.
    pub(super) fn score(&self, bead: &Bead) -> f32 {
        let (a, b) = (bead.source.len(), bead.target.len());
        let [sources, targets] = &self.items;
        let first: f32 = sources[bead.source.clone()].iter().map(|item| item.get(bead.target.start, b)).sum();
        let second: f32 = targets[bead.target.clone()].iter().map(|item| item.get(bead.source.start, a)).sum();
        first + second
    }
}

/// The evidence of the items of a side. `near` are the first and the last node of the other side for every number of items
/// gone through.
fn of_side(
    side: usize,
    items: [&Items; 2],
    evidence: &Evidence,
    priors: &[AlignmentPriors; 2],
    near: &[(usize, usize)],
) -> Vec<ItemEvidence> {
    let (mine, others) = (items[side], items[1 - side]);
    let (ratios, priors) = (&evidence.directions[side].ratios, &priors[1 - side]);
    // Where the runs of the other side begin, from the first to after the last.
    let starts = |at: usize| {
        let from = near[(at + 1).saturating_sub(MAX_SIDE)].0;
        (from, (near[at].1.min(others.len().saturating_sub(1)) + 1).max(from))
    };
    let window = |at: usize| starts(at).0..(starts(at).1 + MAX_SIDE).min(others.len());
    let map = |chunk: Range<usize>, index: &InvertedIndex| -> Vec<ItemEvidence> {
        chunk.map(|at| ItemEvidence::new(mine.words(at), ratios, index, priors, starts(at))).collect()
    };
    let features = evidence.features(1 - side);
    inverted_index::map_chunks(CHUNK, mine.len(), others, features, window, map).into_iter().flatten().collect()
}

/// The evidence of the words of one item for runs of items of the other text: by length of the run, then by where it begins.
struct ItemEvidence {
    from: usize,
    sums: [Vec<f32>; MAX_SIDE],
}

impl ItemEvidence {
    /// For runs that begin at `from` up to before `to`.
    fn new(
        words: &[Token],
        ratios: &Table,
        index: &InvertedIndex,
        priors: &AlignmentPriors,
        (from, to): (usize, usize),
    ) -> Self {
        let end = (to + MAX_SIDE).min(priors.0.len());
        let null = maths::ln(1.0 - EXPLAINED);
        let mut sums: [Vec<f32>; MAX_SIDE] = std::array::from_fn(|_| vec![null * words.len() as f32; to - from]);
        let mut masses = vec![0f32; end.saturating_sub(from)];
        let mut explaining: Vec<usize> = Vec::new();
        for token in words {
            for &(feature, ratio) in ratios.row(token.word) {
                for posting in index.postings(feature) {
                    let at = posting.item as usize;
                    if (from..end).contains(&at) {
                        if masses[at - from] == 0.0 {
                            explaining.push(at);
                        }
                        masses[at - from] += ratio;
                    }
                }
            }
            explaining.sort_unstable();
            for &at in &explaining {
                for start in (at + 1).saturating_sub(MAX_SIDE).max(from)..=at.min(to.saturating_sub(1)) {
                    // Each run is counted at the first item in it that explains the word.
                    if masses[start - from..at - from].iter().any(|mass| *mass > 0.0) {
                        continue;
                    }
                    let mut mass = 0.0;
                    for length in at - start + 1..=MAX_SIDE.min(end - start) {
                        mass += masses[start + length - 1 - from];
                        let explained = EXPLAINED * priors.0[start][length - 1];
                        let word = maths::ln(1.0 - EXPLAINED + explained * mass).min(MAX_WORD);
                        sums[length - 1][start - from] += word - null;
                    }
                }
            }
            for at in explaining.drain(..) {
                masses[at - from] = 0.0;
            }
        }
        Self { from, sums }
    }

    fn get(&self, start: usize, length: usize) -> f32 {
        self.sums[length - 1][start - self.from]
    }
}

/// For every run of items, by where it begins and by its length, the prior probability that a word of the other text is
/// aligned with one of its words.
struct AlignmentPriors(Vec<[f32; MAX_SIDE]>);

impl AlignmentPriors {
    fn new(items: &Items) -> Self {
        let lengths: Vec<f32> = (0..items.len()).map(|item| items.words(item).len().max(1) as f32).collect();
        let mut priors = Vec::with_capacity(lengths.len());
        for start in 0..lengths.len() {
            let mut around = 1.0;
            priors.push(std::array::from_fn(|at| {
                around += lengths.get(start + at).copied().unwrap_or(0.0);
                maths::powf(around, -PRIOR_POWER)
            }));
        }
        Self(priors)
    }
}
