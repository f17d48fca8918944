//! The algorithm: which items of one text say what which items of the other say. Items are sentences, or blocks.
//!
//! Every run of items that translate each other is a *bead*. Beads are found by dynamic programming over their prior
//! probability, their shapes, and what the words say: how much more likely each word is beside its supposed translation
//! than anywhere. A quick look finds the way; then the words of the texts themselves are learned, and a closer look
//! near that way, which heeds where in a bead the words stand, decides. It knows nothing of any language.

mod close;
mod coarse;
mod evidence;
mod explain;
mod nearby;
mod path;
mod quick;
mod shape;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

use rayon::prelude::*;

use super::lang;
use super::lexicon::Lexicon;
use crate::model::Lang;
pub use explain::{Explanation, Link, explain};

use close::Close;
use evidence::Evidence;
use path::{Band, Kind};
use quick::Quick;
use shape::Shape;
use text::Text;

/// Items that translate each other; either side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bead {
    /// Items of the source.
    pub source: Range<usize>,
    /// Items of the target.
    pub target: Range<usize>,
}

impl Bead {
    /// Whether both sides have something.
    pub fn is_pair(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }

    fn side(&self, side: usize) -> Range<usize> {
        if side == 0 { self.source.clone() } else { self.target.clone() }
    }

    fn mirrored(self) -> Self {
        Self { source: self.target, target: self.source }
    }
}

/// Kinds of beads with their prior probabilities: published counts of Chinese–English translations, in which a Chinese
/// sentence often becomes several English ones.
const KINDS: [(usize, usize, f32); 17] = [
    (1, 1, 0.62),
    (1, 2, 0.2),
    (1, 3, 0.06),
    (1, 4, 0.02),
    (1, 5, 0.005),
    (1, 6, 0.002),
    (2, 1, 0.05),
    (3, 1, 0.006),
    (4, 1, 0.001),
    (2, 2, 0.02),
    (2, 3, 0.01),
    (3, 2, 0.003),
    (2, 4, 0.003),
    (3, 3, 0.0015),
    (3, 4, 0.0007),
    (4, 2, 0.0005),
    (2, 5, 0.0005),
];

/// Variance of the logarithm of the ratio of lengths: of sentences, and of blocks.
const SENTENCES: f32 = 0.06;
pub(super) const BLOCKS: f32 = 0.025;
/// Weight of the evidence of words, in either direction.
const WORDS: f32 = 0.3;
/// What an item without a counterpart costs: at the first look, and at the later ones.
const ALONE: [f32; 2] = [-4.0, -3.25];
/// The same inside a pair of blocks, which begin and end together: what does not fit there is rather missing than
/// drawn into its neighbour.
const ROOM_ALONE: f32 = 1.0;
/// Least score of a sentence without a counterpart inside a pair of blocks; a less sure one goes with its neighbour.
const SURE: f32 = 0.5;
/// How much worse than the best way, at the first look, a way may be that is looked at more closely.
const SLACK: f32 = 12.0;
/// Closer looks; each learns from the one before.
const LOOKS: usize = 2;
/// By how much scores are too sure of themselves.
const TEMPERATURE: f32 = 1.0;

/// A bead and the probability that it is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The bead.
    pub bead: Bead,
    /// From 0 to 1.
    pub score: f32,
}

impl Scored {
    /// Takes up a bead that follows.
    fn join(&mut self, next: &Bead) {
        self.bead.source.end = next.source.end;
        self.bead.target.end = next.target.end;
    }
}

/// Two texts in their languages.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// The items of the source and of the target.
    pub items: [&'a [&'a str]; 2],
    /// Their languages.
    pub langs: [&'a Lang; 2],
    /// What is known of their words.
    pub lexicon: &'a Lexicon,
}

impl<'a> Texts<'a> {
    /// One order of the languages for both ways round, so that swapping them mirrors every result.
    fn backwards(&self) -> bool {
        let [a, b] = self.langs;
        (!a.is_chinese(), a) > (!b.is_chinese(), b)
    }

    fn mirrored(&self) -> Self {
        let ([a, b], [x, y]) = (self.items, self.langs);
        Self { items: [b, a], langs: [y, x], lexicon: self.lexicon }
    }

    fn counts(&self) -> (usize, usize) {
        (self.items[0].len(), self.items[1].len())
    }

    fn shape(&self, variance: f32) -> Shape {
        Shape::of(self.items, self.langs.map(lang::of), variance)
    }

    fn evidence(&self) -> Evidence {
        let read =
            |side: usize| Text::read(self.items[side], self.langs[side], lang::of(self.langs[side]), self.lexicon);
        Evidence::of([read(0), read(1)], self.langs, self.lexicon)
    }
}

/// Aligns two texts of sentences. Beads come in order and cover every sentence of both once.
pub fn sentences(texts: Texts<'_>) -> Vec<Scored> {
    beads(texts, SENTENCES, &|alone| kinds(texts.langs, alone), &|_, _| 0.0)
}

/// Aligns two texts with the kinds of bead that `kinds` gives for the cost of an item without a counterpart. `more` says
/// what else speaks for a bead of source and target.
pub(super) fn beads(
    texts: Texts<'_>,
    variance: f32,
    kinds: &dyn Fn(f32) -> Vec<Kind>,
    more: &(dyn Fn(Range<usize>, Range<usize>) -> f32 + Sync),
) -> Vec<Scored> {
    if texts.backwards() {
        let swapped = |alone| kinds(alone).into_iter().map(|(a, b, prior)| (b, a, prior)).collect();
        return mirrored(beads(texts.mirrored(), variance, &swapped, &|a, b| more(b, a)));
    }
    let (n, m) = texts.counts();
    if n == 0 || m == 0 {
        return alone(n, m);
    }
    let (shape, mut evidence) = (texts.shape(variance), texts.evidence());
    let learns = variance == SENTENCES;
    let fit = |i: usize, j: usize, &(a, b, _): &Kind| shape.fit(i..i + a, j..j + b) + more(i..i + a, j..j + b);
    let (mut found, band) = quick_look(&evidence, &kinds(ALONE[0]), fit);
    let kinds = kinds(ALONE[1]);
    let mut scored = Vec::new();
    for _ in 0..if learns { LOOKS } else { 1 } {
        if learns {
            evidence.learn(&found);
        }
        let close = Close::of(&evidence, &band);
        scored = path::best(&band, &kinds, TEMPERATURE, |i, j, kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, prior) => prior + WORDS * close.words(i, a, j, b) + fit(i, j, kind),
        });
        found = scored.iter().map(|scored| scored.bead.clone()).collect();
    }
    scored
}

/// Aligns the sentences inside pairs of blocks that are known: no bead leaves its room. Rooms come in order and cover
/// both texts.
pub(super) fn within(texts: Texts<'_>, rooms: &[Bead]) -> Vec<Scored> {
    if texts.backwards() {
        let rooms: Vec<Bead> = rooms.iter().cloned().map(Bead::mirrored).collect();
        return mirrored(within(texts.mirrored(), &rooms));
    }
    let (shape, mut evidence) = (texts.shape(SENTENCES), texts.evidence());
    let kinds = kinds(texts.langs, ROOM_ALONE);
    let mut scored: Vec<Scored> = Vec::new();
    for look in 0..LOOKS {
        if look > 0 {
            evidence.learn(&scored.iter().map(|scored| scored.bead.clone()).collect::<Vec<Bead>>());
        }
        let close = Close::of(&evidence, &Band::of_rooms(rooms, texts.counts()));
        let room = |room: &Bead| {
            if !room.is_pair() {
                return shifted(alone(room.source.len(), room.target.len()), room);
            }
            let band = Band::whole(room.source.len(), room.target.len());
            let best = path::best(&band, &kinds, TEMPERATURE, |i, j, kind| match *kind {
                (0, _, cost) | (_, 0, cost) => cost,
                (a, b, prior) => {
                    let (i, j) = (i + room.source.start, j + room.target.start);
                    prior + WORDS * close.words(i, a, j, b) + shape.fit(i..i + a, j..j + b)
                }
            });
            shifted(absorbed(best), room)
        };
        scored = rooms.par_iter().flat_map_iter(room).collect();
    }
    scored
}

/// How well any item of the source goes with any of the target, as logarithms of odds against each being alone.
pub(super) fn every_pair(texts: Texts<'_>) -> Vec<Vec<f32>> {
    if texts.backwards() {
        let there = every_pair(texts.mirrored());
        let (n, m) = texts.counts();
        return (0..n).map(|i| (0..m).map(|j| there[j][i]).collect()).collect();
    }
    let (n, m) = texts.counts();
    let (shape, evidence) = (texts.shape(BLOCKS), texts.evidence());
    let close = Close::of(&evidence, &Band::whole(n, m));
    let score = |i: usize, j: usize| WORDS * close.words(i, 1, j, 1) + shape.fit(i..i + 1, j..j + 1);
    (0..n).map(|i| (0..m).map(|j| score(i, j)).collect()).collect()
}

fn mirrored(scored: Vec<Scored>) -> Vec<Scored> {
    scored.into_iter().map(|Scored { bead, score }| Scored { bead: bead.mirrored(), score }).collect()
}

/// Every item without a counterpart.
fn alone(n: usize, m: usize) -> Vec<Scored> {
    let source = (0..n).map(|i| Bead { source: i..i + 1, target: 0..0 });
    let target = (0..m).map(|j| Bead { source: n..n, target: j..j + 1 });
    source.chain(target).map(|bead| Scored { bead, score: 1.0 }).collect()
}

/// Draws items that are alone, but hardly, into the pair before them, or else behind them.
fn absorbed(scored: Vec<Scored>) -> Vec<Scored> {
    let mut found: Vec<Scored> = Vec::new();
    let mut waiting: Option<Scored> = None;
    for mut next in scored {
        let weak = !next.bead.is_pair() && next.score < SURE;
        let into = found.last_mut().filter(|last| weak && last.bead.is_pair() && waiting.is_none());
        if let Some(last) = into {
            last.join(&next.bead);
        } else if weak {
            waiting = Some(match waiting.take() {
                Some(mut before) => {
                    before.join(&next.bead);
                    before
                }
                None => next,
            });
        } else {
            match waiting.take() {
                Some(before) if next.bead.is_pair() => {
                    next.bead.source.start = before.bead.source.start;
                    next.bead.target.start = before.bead.target.start;
                }
                Some(before) => found.push(before),
                None => {}
            }
            found.push(next);
        }
    }
    found.extend(waiting);
    found
}

/// Beads of a room as beads of the whole.
fn shifted(scored: Vec<Scored>, room: &Bead) -> Vec<Scored> {
    let shift = |items: Range<usize>, by: usize| items.start + by..items.end + by;
    scored
        .into_iter()
        .map(|Scored { bead, score }| {
            let (source, target) = (shift(bead.source, room.source.start), shift(bead.target, room.target.start));
            Scored { bead: Bead { source, target }, score }
        })
        .collect()
}

fn quick_look(evidence: &Evidence, kinds: &[Kind], fit: impl Fn(usize, usize, &Kind) -> f32) -> (Vec<Bead>, Band) {
    let band = coarse::band(evidence);
    let quick = Quick::of(evidence, &band);
    path::plausible(&band, kinds, SLACK, |i, j, kind| match *kind {
        (0, _, cost) | (_, 0, cost) => cost,
        (a, b, prior) => prior + WORDS * quick.words(i, a, j, b) + fit(i, j, kind),
    })
}

/// The kinds of beads of sentences between two languages, with the logarithms of their priors.
fn kinds(langs: [&Lang; 2], alone: f32) -> Vec<Kind> {
    let expands = langs[0].is_chinese() != langs[1].is_chinese();
    let prior = |a: usize, b: usize| KINDS.iter().find(|kind| (kind.0, kind.1) == (a, b)).map_or(0.0, |kind| kind.2);
    let mut kinds = vec![(1, 0, alone), (0, 1, alone)];
    for a in 1..=path::MOST {
        for b in 1..=path::MOST {
            let prior = match (expands, langs[0].is_chinese()) {
                (true, true) => prior(a, b),
                (true, false) => prior(b, a),
                (false, _) => (prior(a, b) + prior(b, a)) / 2.0,
            };
            if prior > 0.0 {
                kinds.push((a, b, prior.ln()));
            }
        }
    }
    kinds
}
