//! The algorithm: which items of one text say what which items of the other say. Items are sentences, or blocks.
//!
//! Every run of items that translate each other is a *bead*. Beads are found by dynamic programming over their prior
//! probability, their shapes, and what the words say: how much more likely each word is beside its supposed translation
//! than anywhere. A quick look finds the way; then the words of the texts themselves are learned, and a closer look
//! near that way, which heeds where in a bead the words stand, decides. It knows nothing of any language.

mod close;
mod coarse;
mod evidence;
mod nearby;
mod path;
mod quick;
mod shape;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

use super::lang;
use super::lexicon::Lexicon;
use crate::model::Lang;
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

/// Weight of the evidence of words, in either direction.
const WORDS: f32 = 0.3;
/// What an item without a counterpart costs: at the first look, and at the later ones.
const ALONE: [f32; 2] = [-4.0, -3.5];
/// How much worse than the best way, at the first look, a way may be that is looked at more closely.
const SLACK: f32 = 12.0;
/// Closer looks; each learns from the one before.
const LOOKS: usize = 2;

/// Aligns two texts of sentences. Beads come in order and cover every sentence of both once.
pub fn sentences(source: &[&str], target: &[&str], langs: [&Lang; 2], lexicon: &Lexicon) -> Vec<Bead> {
    // One order of the languages for both ways round, so that swapping them mirrors the result.
    if (!langs[0].is_chinese(), langs[0]) > (!langs[1].is_chinese(), langs[1]) {
        let found = sentences(target, source, [langs[1], langs[0]], lexicon);
        return found.into_iter().map(Bead::mirrored).collect();
    }
    let (n, m) = (source.len(), target.len());
    if n == 0 || m == 0 {
        let source = (0..n).map(|i| Bead { source: i..i + 1, target: 0..0 });
        return source.chain((0..m).map(|j| Bead { source: n..n, target: j..j + 1 })).collect();
    }
    let languages = langs.map(lang::of);
    let shape = Shape::of([source, target], languages);
    let texts =
        [(source, 0), (target, 1)].map(|(items, side)| Text::read(items, langs[side], languages[side], lexicon));
    let mut evidence = Evidence::of(texts, langs, lexicon);
    let fit = |i: usize, j: usize, &(a, b, _): &Kind| shape.fit(i..i + a, j..j + b);
    let (mut beads, band) = quick_look(&evidence, &kinds(langs, ALONE[0]), fit);
    let kinds = kinds(langs, ALONE[1]);
    for _ in 0..LOOKS {
        evidence.learn(&beads);
        let close = Close::of(&evidence, &band);
        beads = path::best(&band, &kinds, |i, j, kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, prior) => prior + WORDS * close.words(i, a, j, b) + fit(i, j, kind),
        });
    }
    beads
}

fn quick_look(evidence: &Evidence, kinds: &[Kind], fit: impl Fn(usize, usize, &Kind) -> f32) -> (Vec<Bead>, Band) {
    let band = coarse::band(evidence);
    let quick = Quick::of(evidence, &band);
    path::plausible(&band, kinds, SLACK, |i, j, kind| match *kind {
        (0, _, cost) | (_, 0, cost) => cost,
        (a, b, prior) => prior + WORDS * quick.words(i, a, j, b) + fit(i, j, kind),
    })
}

/// The kinds of beads between two languages, with the logarithms of their priors.
fn kinds(langs: [&Lang; 2], alone: f32) -> Vec<Kind> {
    let expands = langs[0].is_chinese() != langs[1].is_chinese();
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
