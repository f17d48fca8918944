//! The algorithm: which items of one text say what which items of the other say. Items are sentences, or blocks.
//!
//! Every run of items that translate each other is a *bead*. Beads are found by dynamic programming over their prior
//! probability, their shapes, and what the words say: how much more likely each word is beside its supposed translation
//! than anywhere. A quick look finds the way; then the words of the texts themselves are learned, and a closer look
//! near that way, which heeds where in a bead the words stand, decides. It knows nothing of any language.

mod band;
mod blocks;
mod close;
mod coarse;
mod estimates;
mod evidence;
mod explain;
mod glance;
mod grid;
mod links;
mod nearby;
mod path;
mod quick;
mod reading;
mod rooms;
mod shape;
#[cfg(test)]
mod tests;
mod text;
mod vocabulary;

use std::ops::Range;

use super::Dictionary;
use crate::lang::Script;
use crate::model::Lang;
pub(super) use blocks::{blocks, every_pair};
pub use explain::{Explanation, Link, explain};
pub(super) use reading::Reading;
pub(super) use rooms::within;

use band::Windows;
use close::Close;
use path::{Kind, Ways};
use quick::Quick;
use text::Items;

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

    /// The same bead behind some items of the source and of the target.
    fn behind(self, source: usize, target: usize) -> Self {
        Self { source: behind(self.source, source), target: behind(self.target, target) }
    }
}

/// Items that stand behind so many others.
fn behind(items: Range<usize>, by: usize) -> Range<usize> {
    items.start + by..items.end + by
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

/// Variance of the logarithm of the ratio of lengths of sentences.
const SENTENCES: f32 = 0.06;
/// Weight of the evidence of words, in either direction.
const WORDS: f32 = 0.3;
/// The same at a close look at texts of sentences, which knows where in a bead the words stand.
const CLOSE_WORDS: f32 = 0.4;
/// What an item without a counterpart costs: at the first look, and at the one after.
const ALONE: [f32; 2] = [-4.0, -3.5];
/// What it costs where every item is alone; it falls with the logarithm of their share, down to [`RARELY_ALONE`].
const ALWAYS_ALONE: f32 = 1.3;
const RARELY_ALONE: f32 = -3.6;
/// Items of a text with one among a hundred alone, which are added to those of any text before the share is measured.
const ALONE_BEFORE: [f32; 2] = [1.0, 100.0];
/// How much worse than the best way, at the first look, a way may be that is looked at more closely.
const SLACK: f32 = 12.0;
/// Closer looks; each learns from the one before.
const LOOKS: usize = 2;
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
    pub dictionary: &'a Dictionary,
}

impl<'a> Texts<'a> {
    /// One order of the languages for both ways round, so that swapping them mirrors every result.
    fn backwards(&self) -> bool {
        let [a, b] = self.langs;
        (a.script() != Script::Han, a) > (b.script() != Script::Han, b)
    }

    fn mirrored(&self) -> Self {
        let ([a, b], [x, y]) = (self.items, self.langs);
        Self { items: [b, a], langs: [y, x], dictionary: self.dictionary }
    }
}

/// Aligns two texts of sentences. Beads come in order and cover every sentence of both once.
pub fn sentences(texts: Texts<'_>) -> Vec<Scored> {
    let mut reading = Reading::of(texts);
    let [n, m] = reading.items.each_ref().map(Items::len);
    if n == 0 || m == 0 {
        return reading.restored(alone(n, m));
    }
    let shape = reading.shape(reading.items.each_ref(), SENTENCES);
    let expands = reading.expands;
    let Reading { items, evidence, .. } = &mut reading;
    let items = items.each_ref();
    let fit = |i: usize, j: usize, &(a, b, _): &Kind| shape.fit(i..i + a, j..j + b);
    let (mut found, band) = {
        let band = coarse::band(items, evidence);
        let quick = Quick::of(items, evidence, &band);
        path::plausible(&band, &kinds(expands, ALONE[0]), SLACK, |i, j, kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, prior) => prior + WORDS * quick.words(i, a, j, b) + fit(i, j, kind),
        })
    };
    let mut kinds = kinds(expands, ALONE[1]);
    let mut scored: Vec<Scored> = Vec::new();
    let stretches = band.stretches(&kinds);
    let mut windows = Windows::none([n, m]);
    for stretch in &stretches {
        let band = stretch.band.iter();
        band.for_each(|band| band.pairs(&kinds, |bead| windows.widen(&stretch.bead(bead))));
    }
    for look in 0..LOOKS {
        if look > 0 {
            let price = price_alone(&scored, n + m);
            kinds.iter_mut().filter(|kind| kind.0 * kind.1 == 0).for_each(|kind| kind.2 = price);
        }
        evidence.learn(items, &found);
        let close = Close::looking(items, evidence, |side, item| windows.of(side, item));
        scored = path::best_of(&stretches, |_, stretch, band| {
            let (x, y) = (stretch.source.start, stretch.target.start);
            let score = |i: usize, j: usize, kind: &Kind| match *kind {
                (0, _, cost) | (_, 0, cost) => cost,
                (a, b, prior) => prior + CLOSE_WORDS * close.words(x + i, a, y + j, b) + fit(x + i, y + j, kind),
            };
            Ways::of(band, &kinds, score).best()
        });
        found = scored.iter().map(|scored| scored.bead.clone()).collect();
    }
    reading.restored(scored)
}

/// What an item without a counterpart costs in a text in which so many were found: in some translations nothing is left
/// out, in others every twentieth sentence.
fn price_alone(found: &[Scored], items: usize) -> f32 {
    let alone: f32 = found.iter().filter(|scored| !scored.bead.is_pair()).map(|scored| scored.score).sum();
    let [before, of] = ALONE_BEFORE;
    (((alone + before) / (items as f32 + of)).ln() + ALWAYS_ALONE).clamp(RARELY_ALONE, 0.0)
}

/// Every item without a counterpart.
fn alone(n: usize, m: usize) -> Vec<Scored> {
    let source = (0..n).map(|i| Bead { source: i..i + 1, target: 0..0 });
    let target = (0..m).map(|j| Bead { source: n..n, target: j..j + 1 });
    source.chain(target).map(|bead| Scored { bead, score: 1.0 }).collect()
}

/// The kinds of beads of sentences, with the logarithms of their priors; `expands` where a Chinese text comes first and
/// another language second.
fn kinds(expands: bool, alone: f32) -> Vec<Kind> {
    let prior = |a: usize, b: usize| KINDS.iter().find(|kind| (kind.0, kind.1) == (a, b)).map_or(0.0, |kind| kind.2);
    let mut kinds = vec![(1, 0, alone), (0, 1, alone)];
    for a in 1..=path::MOST {
        for b in 1..=path::MOST {
            let prior = if expands { prior(a, b) } else { (prior(a, b) + prior(b, a)) / 2.0 };
            if prior > 0.0 {
                kinds.push((a, b, prior.ln()));
            }
        }
    }
    kinds
}
