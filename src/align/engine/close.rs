//! A close score of beads: a word explains another the better, the nearer both stand to the same part of the bead.
//!
//! IBM model 1 spreads a word over its whole translation. In a bead the order of the text holds roughly, so the chance
//! falls with the distance of the relative places, as in Dyer, Chahuneau and Smith (2013). It tells apart whose words a
//! sentence beside the border of two beads is made of.

use std::ops::Range;

use super::evidence::Evidence;
use super::nearby::{self, Nearby};
use super::path::{Band, MOST};
use super::text::{Item, Text};
use crate::align::lexicon::learn::Table;

/// Share of a word that its translation explains; the rest may come from anywhere.
const EXPLAINED: f32 = 0.4;
/// Most that one word may say.
const CAP: f64 = 3.0;
/// How the chance that a word explains another falls with the length of the text around.
const SPREAD: f32 = 1.1;
/// How it falls with the distance of their relative places.
const NEAR: f32 = 4.0;
/// Steps of the table of distances.
const STEPS: usize = 256;

/// A feature of the other text that explains a word.
#[derive(Clone, Copy)]
struct Hit {
    /// Number of the word in its item.
    word: u16,
    /// Place of the feature in its item.
    at: f32,
    factor: f32,
}

/// What of the other text, item by item, explains the words of an item.
struct Links {
    /// The first item of the other text that is looked at.
    from: usize,
    /// For every item from there where its hits end.
    ends: Vec<u32>,
    /// By item, then by word.
    hits: Vec<Hit>,
}

impl Links {
    fn with(&self, other: usize) -> &[Hit] {
        let Some(at) = other.checked_sub(self.from).filter(|at| *at < self.ends.len()) else { return &[] };
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.hits[start..self.ends[at] as usize]
    }
}

/// The evidence of words within a band.
pub(super) struct Close<'e> {
    texts: &'e [Text; 2],
    links: [Vec<Links>; 2],
    /// Running sums of how far the places of the items reach, and of their numbers of words.
    reach: [Vec<f32>; 2],
    counts: [Vec<f32>; 2],
    near: Vec<f32>,
    norms: Vec<f32>,
}

impl<'e> Close<'e> {
    pub(super) fn of(evidence: &'e Evidence, band: &Band) -> Self {
        let texts = &evidence.texts;
        let columns = band.columns(texts[1].items.len());
        let links = [0, 1].map(|d| {
            let near = if d == 0 { &band.rows } else { &columns };
            let others = texts[1 - d].items.len();
            let window = |at: usize| near[(at + 1).saturating_sub(MOST)].0..(near[at].1 + MOST).min(others);
            nearby::each(texts[d].items.len(), &texts[1 - d], window, |at, window, nearby| {
                links(&texts[d].items[at], &evidence.directions[d].factors, nearby, window)
            })
        });
        let step = |at: usize| at as f32 / STEPS as f32;
        let near = |x: f32| (-NEAR * x).exp();
        Self {
            texts,
            links,
            reach: [0, 1].map(|d| running(texts[d].items.iter().map(|item| item.extent))),
            counts: [0, 1].map(|d| running(texts[d].items.iter().map(|item| item.words.len().max(1) as f32))),
            near: (0..=STEPS).map(|at| near(step(at))).collect(),
            norms: (0..=STEPS).map(|at| NEAR / (2.0 - near(step(at)) - near(1.0 - step(at)))).collect(),
        }
    }

    /// What the words of a bead say for it.
    pub(super) fn words(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        self.explained(0, (i, a), (j, b)) + self.explained(1, (j, b), (i, a))
    }

    /// How well `others` items of the other text explain the words of `items`.
    fn explained(&self, d: usize, items: (usize, usize), others: (usize, usize)) -> f32 {
        let mut masses = Vec::new();
        (items.0..items.0 + items.1).map(|item| self.item(d, item, items, others, &mut masses)).sum()
    }

    /// How well a bead explains the words of one of its items.
    fn item(
        &self,
        d: usize,
        item: usize,
        (first, count): (usize, usize),
        (other, others): (usize, usize),
        masses: &mut Vec<f32>,
    ) -> f32 {
        let words = &self.texts[d].items[item].words;
        let (mine, theirs) = (&self.reach[d], &self.reach[1 - d]);
        let (my_start, my_reach) = (mine[first], (mine[first + count] - mine[first]).max(1e-3));
        let (their_start, their_reach) = (theirs[other], (theirs[other + others] - theirs[other]).max(1e-3));
        let place = |word: u16| (mine[item] + words[usize::from(word)].at - my_start) / my_reach;
        masses.clear();
        masses.resize(words.len(), 0.0);
        for (at, begin) in theirs.iter().enumerate().skip(other).take(others) {
            let begin = begin - their_start;
            for hit in self.links[d][item].with(at) {
                let distance = ((begin + hit.at) / their_reach - place(hit.word)).abs();
                masses[usize::from(hit.word)] += hit.factor * self.near[step(distance)];
            }
        }
        let around = 1.0 + self.counts[1 - d][other + others] - self.counts[1 - d][other];
        let share = EXPLAINED * around.powf(-SPREAD);
        // One logarithm of a product, not a sum of logarithms; the cap keeps it in range for some 200 words.
        let (mut says, mut product, cap) = (0.0, 1f64, CAP.exp());
        for (word, &mass) in masses.iter().enumerate() {
            let word = u16::try_from(word).unwrap_or(u16::MAX);
            let norm = if mass > 0.0 { self.norms[step(place(word))] } else { 0.0 };
            product *= f64::from(1.0 - EXPLAINED + share * mass * norm).min(cap);
            if word % 64 == 63 {
                says += product.ln();
                product = 1.0;
            }
        }
        (says + product.ln()) as f32
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the table")]
fn step(x: f32) -> usize {
    (x.clamp(0.0, 1.0) * STEPS as f32) as usize
}

fn running(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sum = 0.0;
    let sums = values.map(|value| {
        sum += value;
        sum
    });
    std::iter::once(0.0).chain(sums).collect()
}

fn links(item: &Item, factors: &Table, nearby: &Nearby, window: Range<usize>) -> Links {
    let mut hits: Vec<(u32, Hit)> = Vec::new();
    for (word, placed) in item.words.iter().enumerate() {
        let Ok(word) = u16::try_from(word) else { break };
        for &(feature, factor) in &factors[placed.word as usize] {
            let near = nearby.places(feature).iter().filter(|place| window.contains(&(place.item as usize)));
            hits.extend(near.map(|place| (place.item, Hit { word, at: place.at, factor })));
        }
    }
    hits.sort_by_key(|hit| hit.0);
    let mut ends = Vec::with_capacity(window.len());
    let mut end = 0;
    for at in window.clone() {
        end += hits[end..].partition_point(|hit| hit.0 as usize <= at);
        ends.push(u32::try_from(end).unwrap_or(u32::MAX));
    }
    Links { from: window.start, ends, hits: hits.into_iter().map(|hit| hit.1).collect() }
}
