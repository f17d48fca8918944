//! A close score of beads: a word explains another the better, the nearer both stand to the same part of the bead.
//!
//! IBM model 1 spreads a word over its whole translation. In a bead the order of the text holds roughly, so the chance
//! falls with the distance of the relative places, as in Dyer, Chahuneau and Smith (2013). It tells apart whose words a
//! sentence beside the border of two beads is made of.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;

use super::band::Stretch;
use super::evidence::Evidence;
use super::nearby::{self, Nearby};
use super::path::Kind;
use super::text::Items;
use crate::align::lexicon::Table;

/// Share of a word that its translation explains; the rest may come from anywhere.
pub(super) const EXPLAINED: f32 = 0.4;
/// Most that one word may say.
const CAP: f64 = 3.0;
/// The same as a factor above that of a word that nothing explains.
const UPPER: f32 = 33.0;
/// How the chance that a word explains another falls with the length of the text around.
pub(super) const SPREAD: f32 = 1.1;
/// How it falls with the distance of their relative places.
const NEAR: f32 = 4.0;
/// Steps of the table of distances.
const STEPS: usize = 256;
/// Words from which on a text is no longer held to be longer: far words explain nothing, however many there are, and the
/// chance of those that are near must not go to nothing with them.
const MANY: usize = 2048;

/// A feature of the other text that explains a word.
#[derive(Clone, Copy, Default)]
struct Hit {
    /// Number of the word in its item.
    word: u16,
    /// Place of the word in its item.
    mine: f32,
    /// Place of the feature in its item.
    theirs: f32,
    factor: f32,
}

/// What of the other text, item by item, explains the words of some items that stand together.
#[derive(Default)]
struct Links {
    looks: Vec<Look>,
    /// For every item and every one that it looks at where the hits end.
    ends: Vec<u32>,
    /// By item, then by the item looked at, then by word.
    hits: Vec<Hit>,
}

/// What an item looks at.
struct Look {
    /// Items of the other text.
    window: Range<usize>,
    /// Where in the list of ends those of this item begin.
    ends: usize,
    /// Where in the list of hits those of this item begin.
    hits: usize,
}

impl Links {
    /// The hits of an item, the `at`th of those in this list, with each of some items of the other text.
    fn with(&self, at: usize, others: Range<usize>) -> impl Iterator<Item = (usize, &[Hit])> {
        let look = &self.looks[at];
        let start = others.start.max(look.window.start);
        let end = others.end.min(look.window.end).max(start);
        let mut begin = match start - look.window.start {
            0 => look.hits,
            before => self.ends.get(look.ends + before - 1).map_or(0, |end| *end as usize),
        };
        (start..end).map(move |other| {
            let end = self.ends[look.ends + other - look.window.start] as usize;
            let hits = &self.hits[begin..end];
            begin = end;
            (other, hits)
        })
    }
}

/// Tables of functions: of a share from 0 to 1, and of a number of words.
struct Tables {
    near: [f32; STEPS + 1],
    norms: [f32; STEPS + 1],
    /// The chance that a word explains another among as many as the number.
    shares: [f32; MANY],
}

impl Tables {
    fn get() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| {
            let near = |x: f32| (-NEAR * x).exp();
            let share = |at: usize| at as f32 / STEPS as f32;
            Self {
                near: std::array::from_fn(|at| near(share(at))),
                norms: std::array::from_fn(|at| NEAR / (2.0 - near(share(at)) - near(1.0 - share(at)))),
                shares: std::array::from_fn(|words| (words as f32).powf(-SPREAD)),
            }
        })
    }
}

thread_local! {
    /// How much explains each word of an item, all 0 between uses.
    static MASSES: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// The evidence of words within a band.
pub(super) struct Close<'e> {
    items: [&'e Items; 2],
    /// By chunks of items.
    links: [Vec<Links>; 2],
    /// Running sums of how far the places of the items reach, and of their numbers of words.
    reach: [Vec<f32>; 2],
    counts: [Vec<f32>; 2],
    tables: &'static Tables,
}

impl<'e> Close<'e> {
    /// For beads of some kinds in those stretches of a band that have more than one way.
    pub(super) fn of(items: [&'e Items; 2], evidence: &Evidence, stretches: &[Stretch], kinds: &[Kind]) -> Self {
        let mut windows = items.map(|items| vec![0..0; items.len()]);
        for stretch in stretches {
            let Some(band) = &stretch.band else { continue };
            let starts = [stretch.source.start, stretch.target.start];
            for (d, inside) in band.windows(kinds).into_iter().enumerate() {
                for (at, window) in inside.into_iter().enumerate() {
                    windows[d][starts[d] + at] = window.start + starts[1 - d]..window.end + starts[1 - d];
                }
            }
        }
        Self::looking(items, evidence, |d, at| windows[d][at].clone())
    }

    /// For beads that hold of the other text only what lies in the `window` of an item.
    pub(super) fn looking(
        items: [&'e Items; 2],
        evidence: &Evidence,
        window: impl Fn(usize, usize) -> Range<usize> + Sync,
    ) -> Self {
        let links = [0, 1].map(|d| {
            let (mine, factors) = (items[d], &evidence.directions[d].factors);
            let of = |chunk: Range<usize>, nearby: &Nearby| links(mine, chunk, factors, nearby, |at| window(d, at));
            nearby::each(mine.len(), items[1 - d], evidence.features(1 - d), |at| window(d, at), of)
        });
        let counts = |items: &Items| running((0..items.len()).map(|item| items.words(item).len().max(1) as f32));
        Self {
            items,
            links,
            reach: items.map(|items| running(items.iter().map(|item| item.extent))),
            counts: items.map(counts),
            tables: Tables::get(),
        }
    }

    /// What explains the words of an item in each of some items of the other text.
    fn hits(&self, d: usize, item: usize, others: Range<usize>) -> impl Iterator<Item = (usize, &[Hit])> {
        self.links[d][item / nearby::CHUNK].with(item % nearby::CHUNK, others)
    }

    /// What the words of a bead say for it.
    pub(super) fn words(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        MASSES.with_borrow_mut(|masses| {
            let mut of = |d: usize, items: Range<usize>, others: &Range<usize>| -> f32 {
                items.clone().map(|item| self.item(d, item, &items, others, masses)).sum()
            };
            of(0, i..i + a, &(j..j + b)) + of(1, j..j + b, &(i..i + a))
        })
    }

    /// The most that an item and one of the other text may explain of each other in any bead: above nothing.
    pub(super) fn most(&self, i: usize, j: usize) -> f32 {
        MASSES.with_borrow_mut(|masses| {
            let mut of = |d: usize, item: usize, other: usize| -> f32 {
                let masses = room(masses, self.items[d].words(item).len());
                for (_, hits) in self.hits(d, item, other..other + 1) {
                    hits.iter().for_each(|hit| masses[usize::from(hit.word)] += hit.factor);
                }
                let share = self.share(1 - d, &(other..other + 1)) / (1.0 - EXPLAINED) * self.tables.norms[0];
                let mut product = Product::default();
                for mass in masses.iter_mut().filter(|mass| **mass > 0.0) {
                    product.times((1.0 + share * std::mem::take(mass)).min(UPPER).into());
                }
                product.logarithm() as f32
            };
            of(0, i, j) + of(1, j, i)
        })
    }

    /// The chance that one word of some items of a side explains a word of the other side that is explained.
    fn share(&self, side: usize, items: &Range<usize>) -> f32 {
        let around = 1.0 + self.counts[side][items.end] - self.counts[side][items.start];
        EXPLAINED * self.tables.shares[(around as usize).min(MANY - 1)]
    }

    /// How many words an item has.
    pub(super) fn count(&self, side: usize, item: usize) -> f32 {
        self.counts[side][item + 1] - self.counts[side][item]
    }

    /// What words say that nothing explains.
    pub(super) fn unexplained(words: f32) -> f32 {
        (1.0 - EXPLAINED).ln() * words
    }

    /// How well a bead explains the words of one of its items.
    fn item(&self, d: usize, item: usize, items: &Range<usize>, others: &Range<usize>, masses: &mut Vec<f32>) -> f32 {
        let words = self.items[d].words(item);
        let (mine, theirs) = (&self.reach[d], &self.reach[1 - d]);
        let part = |reach: &[f32], run: &Range<usize>| 1.0 / (reach[run.end] - reach[run.start]).max(1e-3);
        let (my_part, their_part) = (part(mine, items), part(theirs, others));
        let begin = (mine[item] - mine[items.start]) * my_part;
        let masses = room(masses, words.len());
        for (other, hits) in self.hits(d, item, others.clone()) {
            let apart = (theirs[other] - theirs[others.start]) * their_part - begin;
            for hit in hits {
                let distance = (apart + hit.theirs * their_part - hit.mine * my_part).abs();
                masses[usize::from(hit.word)] += hit.factor * self.tables.near[step(distance)];
            }
        }
        let share = self.share(1 - d, others);
        let nothing = f64::from(1.0 - EXPLAINED);
        let (mut product, cap) = (Product::default(), CAP.exp());
        for (mass, placed) in masses.iter_mut().zip(words) {
            if *mass > 0.0 {
                let norm = self.tables.norms[step(begin + placed.at * my_part)];
                product.times(f64::from(1.0 - EXPLAINED + share * std::mem::take(mass) * norm).min(cap));
            }
        }
        (product.logarithm() + (words.len() - product.factors) as f64 * nothing.ln()) as f32
    }
}

/// The logarithm of a product: one, not a sum of many. Its factors are small enough that 64 of them stay in range.
struct Product {
    factors: usize,
    value: f64,
    before: f64,
}

impl Default for Product {
    fn default() -> Self {
        Self { factors: 0, value: 1.0, before: 0.0 }
    }
}

impl Product {
    fn times(&mut self, factor: f64) {
        self.value *= factor;
        self.factors += 1;
        if self.factors.is_multiple_of(64) {
            self.before += self.value.ln();
            self.value = 1.0;
        }
    }

    fn logarithm(&self) -> f64 {
        self.before + self.value.ln()
    }
}

/// Room for the masses of some words.
fn room(masses: &mut Vec<f32>, words: usize) -> &mut [f32] {
    if masses.len() < words {
        masses.resize(words, 0.0);
    }
    &mut masses[..words]
}

/// The place in a table of a share that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a conversion that saturates")]
fn step(x: f32) -> usize {
    ((x * STEPS as f32) as u32 as usize).min(STEPS)
}

fn running(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sum = 0.0;
    let sums = values.map(|value| {
        sum += value;
        sum
    });
    std::iter::once(0.0).chain(sums).collect()
}

/// The links of some items.
fn links(
    items: &Items,
    chunk: Range<usize>,
    factors: &Table,
    nearby: &Nearby,
    window: impl Fn(usize) -> Range<usize>,
) -> Links {
    let mut links = Links::default();
    let mut found: Vec<(u32, Hit)> = Vec::new();
    for item in chunk {
        let window = window(item);
        let (first, before) = (links.ends.len(), links.hits.len());
        // How many hits each item of the window has, then where they end.
        links.ends.resize(first + window.len(), 0);
        let ends = &mut links.ends[first..];
        if !window.is_empty() {
            for (word, placed) in (0..=u16::MAX).zip(items.words(item)) {
                for &(feature, factor) in factors.row(placed.word) {
                    for place in nearby.within(feature, window.clone()) {
                        ends[place.item as usize - window.start] += 1;
                        found.push((place.item, Hit { word, mine: placed.at, theirs: place.at, factor }));
                    }
                }
            }
        }
        let mut end = u32::try_from(before).unwrap_or(u32::MAX);
        for slot in ends.iter_mut() {
            // For now where they begin; filling moves it to where they end.
            end += std::mem::replace(slot, end);
        }
        links.hits.resize(before + found.len(), Hit::default());
        for (other, hit) in found.drain(..) {
            let next = &mut ends[other as usize - window.start];
            links.hits[*next as usize] = hit;
            *next += 1;
        }
        links.looks.push(Look { window, ends: first, hits: before });
    }
    links
}
