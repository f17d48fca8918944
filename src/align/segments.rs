//! The sentences inside paired units.

use super::engine::{self, Bead, Bitext, Scored};
use super::{Pair, Relation};
use crate::source::Span;

/// A sentence with its place in the manuscript.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its text without markup.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Sentences that translate each other; either side may be empty, not both.
#[derive(Debug, Clone)]
pub struct SegmentPair {
    /// The pair of units that they stand in: its place in the list.
    pub pair: usize,
    /// Sentences of the source.
    pub sources: Vec<Segment>,
    /// Sentences of the translation.
    pub targets: Vec<Segment>,
    /// How the one became the other.
    pub relation: Relation,
    /// The probability that the pair is right, from 0 to 1.
    pub score: f32,
}

/// A [`SegmentPair`] by the numbers of its sentences.
#[derive(Debug)]
pub(super) struct Numbered {
    pub(super) pair: usize,
    pub(super) sources: Vec<usize>,
    pub(super) targets: Vec<usize>,
    pub(super) relation: Relation,
    pub(super) score: f32,
}

/// The sentences of the units of a chapter, aligned inside each pair of units. Every sentence stands in one pair.
pub(super) fn pair(pairs: &[Pair<'_>], mut bitext: Bitext) -> Vec<Numbered> {
    let mut orders: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    let mut blocks = Vec::new();
    for pair in pairs {
        let begin = (orders[0].len(), orders[1].len());
        for (order, units) in orders.iter_mut().zip([&pair.sources, &pair.targets]) {
            for unit in units {
                order.extend(if pair.is_whole() { unit.all.clone() } else { unit.own.clone() });
            }
        }
        let bead = Bead { source: begin.0..orders[0].len(), target: begin.1..orders[1].len() };
        blocks.push(Scored { bead, score: pair.score });
    }
    bitext.reorder([&orders[0], &orders[1]]);
    let mut found = Vec::new();
    let mut pair = 0;
    for Scored { bead, score } in engine::within_blocks(&bitext, &blocks) {
        while blocks[pair].bead.source.end < bead.source.end || blocks[pair].bead.target.end < bead.target.end {
            pair += 1;
        }
        let relation = Relation::of(&bead, false);
        let (sources, targets) = (orders[0][bead.source].to_vec(), orders[1][bead.target].to_vec());
        found.push(Numbered { pair, sources, targets, relation, score });
    }
    found
}

/// The pairs with their sentences, of which each stands in one pair.
pub(super) fn read(pairs: &[Numbered], [mut sources, mut targets]: [Vec<Segment>; 2]) -> Vec<SegmentPair> {
    let mut found = Vec::new();
    for Numbered { pair, sources: ours, targets: theirs, relation, score } in pairs {
        found.push(SegmentPair {
            pair: *pair,
            sources: take(&mut sources, ours),
            targets: take(&mut targets, theirs),
            relation: *relation,
            score: *score,
        });
    }
    found
}

/// Takes sentences out of a list; each stands in one pair.
fn take(sentences: &mut [Segment], numbers: &[usize]) -> Vec<Segment> {
    let mut taken = Vec::with_capacity(numbers.len());
    for &at in numbers {
        let Segment { text, span } = &mut sentences[at];
        taken.push(Segment { text: std::mem::take(text), span: *span });
    }
    taken
}
