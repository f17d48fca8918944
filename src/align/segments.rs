//! The sentences inside paired units.

use super::engine::{self, Bead, Reading, Scored};
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

/// The sentences of the units of a chapter, aligned inside each pair of units. `sentences` are those of source and target
/// that the reading has. Every sentence stands in one pair.
pub(super) fn pair(pairs: &[Pair<'_>], mut reading: Reading, sentences: [Vec<Segment>; 2]) -> Vec<SegmentPair> {
    let mut orders: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    let mut rooms = Vec::new();
    for pair in pairs {
        let begin = (orders[0].len(), orders[1].len());
        // Nothing inside a unit without a counterpart has a pair of its own.
        let alone = pair.sources.is_empty() || pair.targets.is_empty();
        for (order, units) in orders.iter_mut().zip([&pair.sources, &pair.targets]) {
            order.extend(units.iter().flat_map(|unit| if alone { unit.all.clone() } else { unit.own.clone() }));
        }
        let bead = Bead { source: begin.0..orders[0].len(), target: begin.1..orders[1].len() };
        rooms.push(Scored { bead, score: pair.score });
    }
    reading.reorder([&orders[0], &orders[1]]);
    let [mut sources, mut targets] = sentences;
    let scored = engine::within(&reading, &rooms);
    let mut pair = 0;
    scored
        .into_iter()
        .map(|Scored { bead, score }| {
            let ends = |pair: usize| (rooms[pair].bead.source.end, rooms[pair].bead.target.end);
            while ends(pair).0 < bead.source.end || ends(pair).1 < bead.target.end {
                pair += 1;
            }
            SegmentPair {
                pair,
                relation: Relation::of(&bead, false),
                score,
                sources: taken(&mut sources, &orders[0][bead.source]),
                targets: taken(&mut targets, &orders[1][bead.target]),
            }
        })
        .collect()
}

/// Takes sentences out of a list; each stands in one pair.
fn taken(sentences: &mut [Segment], numbers: &[usize]) -> Vec<Segment> {
    let take = |&at: &usize| Segment { text: std::mem::take(&mut sentences[at].text), span: sentences[at].span };
    numbers.iter().map(take).collect()
}
