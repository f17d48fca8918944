//! The sentences inside paired units.

use super::engine::{self, Bead, Texts};
use super::lexicon::Lexicon;
use super::{Pair, Relation, Unit, lang};
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

/// The sentences of the units of a chapter, aligned inside each pair of units. Every sentence stands in one pair.
pub fn segments(pairs: &[Pair<'_>], lexicon: &Lexicon) -> Vec<SegmentPair> {
    let (mut sources, mut targets): (Vec<Segment>, Vec<Segment>) = (Vec::new(), Vec::new());
    let mut rooms = Vec::new();
    for pair in pairs {
        let begin = (sources.len(), targets.len());
        let alone = pair.sources.is_empty() || pair.targets.is_empty();
        pair.sources.iter().for_each(|unit| collect(unit, alone, &mut sources));
        pair.targets.iter().for_each(|unit| collect(unit, alone, &mut targets));
        rooms.push(Bead { source: begin.0..sources.len(), target: begin.1..targets.len() });
    }
    let source = pairs.iter().find_map(|pair| pair.source().map(|unit| unit.lang));
    let target = pairs.iter().find_map(|pair| pair.target().map(|unit| unit.lang));
    let (Some(source), Some(target)) = (source, target) else { return Vec::new() };
    let texts = |segments: &'_ [Segment]| segments.iter().map(|segment| segment.text.clone()).collect::<Vec<_>>();
    let (a, b) = (texts(&sources), texts(&targets));
    let (a, b): (Vec<&str>, Vec<&str>) =
        (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
    let scored = engine::within(Texts { items: [&a, &b], langs: [source, target], lexicon }, &rooms);
    let mut pair = 0;
    scored
        .into_iter()
        .map(|found| {
            let bead = found.bead;
            while rooms[pair].source.end < bead.source.end || rooms[pair].target.end < bead.target.end {
                pair += 1;
            }
            SegmentPair {
                pair,
                relation: Relation::of(&bead, false),
                score: found.score,
                sources: sources[bead.source].to_vec(),
                targets: targets[bead.target].to_vec(),
            }
        })
        .collect()
}

/// The sentences of a unit's own text; with `deep`, of what is inside it too.
fn collect(unit: &Unit<'_>, deep: bool, segments: &mut Vec<Segment>) {
    for range in lang::of(unit.lang).sentences(&unit.text) {
        segments.push(Segment { text: unit.text[range.clone()].to_owned(), span: unit.place_of(range) });
    }
    if deep {
        unit.children.iter().for_each(|child| collect(child, true, segments));
    }
}
