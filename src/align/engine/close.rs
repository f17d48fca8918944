//! A close score of beads: a word explains another the better, the nearer both stand to the same part of the bead.
//!
//! IBM model 1 spreads a word over its whole translation. In a bead the order of the text holds roughly, so the chance
//! falls with the distance of the relative places, as in Dyer, Chahuneau and Smith (2013). It tells apart whose words a
//! sentence beside the border of two beads is made of.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;

use super::evidence::Evidence;
use super::links::{CHUNK, Hit, Links, links};
use super::nearby::{self, Nearby};
use super::text::Items;
use crate::align::maths;

/// Share of a word that its translation explains; the rest may come from anywhere.
pub(super) const EXPLAINED: f32 = 0.4;
/// The logarithm of that rest.
const LN_NULL: f64 = -0.510_825_584_029_561_7;
/// Most that one word may say, as a factor: e to the 3.
const CAP: f32 = 20.085_537;
/// The same above a word that nothing explains.
const UPPER: f32 = CAP / (1.0 - EXPLAINED);
/// How the chance that a word explains another falls with the length of the text around.
pub(super) const SPREAD: f32 = 1.1;
/// How it falls with the distance of their relative places.
const NEAR: f32 = 4.0;
/// Steps of the table of distances.
const STEPS: usize = 256;
/// Words from which on a text is no longer held to be longer: far words explain nothing, however many there are, and the
/// chance of those that are near must not go to nothing with them.
const MANY: usize = 2048;

/// Tables of functions: of a share from 0 to 1, and of a number of words.
struct Tables {
    near: [f32; STEPS + 1],
    norms: [f32; STEPS + 1],
    /// The chance that a word explains another among as many as the number, and its logarithm in doublings.
    shares: [f32; MANY],
    logarithms: [f32; MANY],
}

impl Tables {
    fn get() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| {
            let near = |x: f32| maths::exp(-NEAR * x);
            let share = |at: usize| at as f32 / STEPS as f32;
            Self {
                near: std::array::from_fn(|at| near(share(at))),
                norms: std::array::from_fn(|at| NEAR / (2.0 - near(share(at)) - near(1.0 - share(at)))),
                shares: std::array::from_fn(|words| maths::powf(words as f32, -SPREAD)),
                logarithms: std::array::from_fn(|words| -SPREAD * maths::log2(words as f32)),
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
    /// For beads that hold of the other text only what lies in the `window` of an item.
    pub(super) fn looking(
        items: [&'e Items; 2],
        evidence: &Evidence,
        window: impl Fn(usize, usize) -> Range<usize> + Sync,
    ) -> Self {
        let links = [0, 1].map(|d| {
            let (mine, factors) = (items[d], &evidence.directions[d].factors);
            let of = |chunk: Range<usize>, nearby: &Nearby| links(mine, chunk, factors, nearby, |at| window(d, at));
            nearby::each(CHUNK, mine.len(), items[1 - d], evidence.features(1 - d), |at| window(d, at), of)
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
        self.links[d][item / CHUNK].with(item % CHUNK, others)
    }

    /// What the words of a bead say for it.
    pub(super) fn words(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        MASSES.with_borrow_mut(|masses| {
            let (mut product, mut words) = (Product::default(), 0);
            let mut of = |d: usize, items: Range<usize>, others: Range<usize>| {
                for item in items.clone() {
                    words += self.items[d].words(item).len();
                    self.item(d, item, &items, &others, masses, &mut product);
                }
            };
            of(0, i..i + a, j..j + b);
            of(1, j..j + b, i..i + a);
            (product.logarithm() + (words - product.factors) as f64 * LN_NULL) as f32
        })
    }

    /// What an item and one of the other text explain of each other, the words of each in turn: above nothing, by how
    /// much they are diluted.
    pub(super) fn diluted(&self, i: usize, j: usize) -> [Diluted; 2] {
        let of = |d: usize, item: usize, other: usize| {
            let share = self.share(1 - d, &(other..other + 1)) / (1.0 - EXPLAINED) * self.tables.norms[0];
            let mut products: [Product; GRADES] = Default::default();
            for (_, hits) in self.hits(d, item, other..other + 1) {
                for hits in hits.chunk_by(|a, b| a.word == b.word) {
                    let mut more = share * hits.iter().map(|hit| hit.factor).sum::<f32>();
                    for product in &mut products {
                        product.times((1.0 + more).min(UPPER).into());
                        more /= (1 << APART) as f32;
                    }
                }
            }
            Diluted(products.map(|product| product.logarithm() as f32))
        };
        [of(0, i, j), of(1, j, i)]
    }

    /// The chance that one word of some items of a side explains a word of the other side that is explained.
    fn share(&self, side: usize, items: &Range<usize>) -> f32 {
        EXPLAINED * self.tables.shares[self.around(side, items)]
    }

    /// A row of items of a side as estimates see it.
    pub(super) fn row(&self, side: usize, items: Range<usize>) -> Row {
        let (reach, counts) = (&self.reach[side], &self.counts[side]);
        let long = (reach[items.end] - reach[items.start]).max(1e-3);
        Row {
            begin: reach[items.start],
            inverse: 1.0 / long,
            dilution: self.tables.logarithms[self.around(side, &items)],
            words: counts[items.end] - counts[items.start],
        }
    }

    /// Where the middle of an item is, by how far the places of all before it reach.
    pub(super) fn middle(&self, side: usize, item: usize) -> f32 {
        let reach = &self.reach[side];
        (reach[item] + reach[item + 1]) / 2.0
    }

    /// By how many doublings words in such places of a bead explain each other less than in the same.
    pub(super) fn apart(mine: f32, theirs: f32) -> f32 {
        NEAR * std::f32::consts::LOG2_E * (mine - theirs).abs()
    }

    /// How many words stand around one in some items of a side, as far as it matters.
    fn around(&self, side: usize, items: &Range<usize>) -> usize {
        let around = 1.0 + self.counts[side][items.end] - self.counts[side][items.start];
        (around as usize).min(MANY - 1)
    }

    /// What words say that nothing explains.
    pub(super) fn unexplained(words: f32) -> f32 {
        LN_NULL as f32 * words
    }

    /// How well a bead explains those words of one of its items that it explains: a factor for each.
    fn item(
        &self,
        d: usize,
        item: usize,
        items: &Range<usize>,
        others: &Range<usize>,
        masses: &mut Vec<f32>,
        product: &mut Product,
    ) {
        let (mine, theirs) = (&self.reach[d], &self.reach[1 - d]);
        let part = |reach: &[f32], run: &Range<usize>| 1.0 / (reach[run.end] - reach[run.start]).max(1e-3);
        let (my_part, their_part) = (part(mine, items), part(theirs, others));
        let begin = (mine[item] - mine[items.start]) * my_part;
        let share = self.share(1 - d, others);
        let mass = |hit: &Hit, apart: f32| {
            let distance = (apart + hit.theirs * their_part - hit.mine * my_part).abs();
            hit.factor * self.tables.near[step(distance)]
        };
        let mut explained = |mass: f32, at: f32| {
            let norm = self.tables.norms[step(begin + at * my_part)];
            product.times(f64::from((1.0 - EXPLAINED + share * mass * norm).min(CAP)));
        };
        if others.len() == 1 {
            // All that explains a word stands together.
            for (_, hits) in self.hits(d, item, others.clone()) {
                for hits in hits.chunk_by(|a, b| a.word == b.word) {
                    explained(hits.iter().map(|hit| mass(hit, -begin)).sum(), hits[0].mine);
                }
            }
            return;
        }
        let words = self.items[d].words(item);
        let masses = room(masses, words.len());
        for (other, hits) in self.hits(d, item, others.clone()) {
            let apart = (theirs[other] - theirs[others.start]) * their_part - begin;
            hits.iter().for_each(|hit| masses[usize::from(hit.word)] += mass(hit, apart));
        }
        for (mass, placed) in masses.iter_mut().zip(words) {
            if *mass > 0.0 {
                explained(std::mem::take(mass), placed.at);
            }
        }
    }
}

/// A row of items.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// Where it begins, and 1 by how far it reaches from there.
    pub(super) begin: f32,
    pub(super) inverse: f32,
    /// How diluted, in doublings, its words are by their number: below 0.
    pub(super) dilution: f32,
    /// How many words it has.
    pub(super) words: f32,
}

/// How many grades of dilution are measured.
const GRADES: usize = 3;
/// Doublings from one to the next.
const APART: usize = 2;

/// What one item of the other text explains of an item where its words are so much diluted: by how far they may be from each
/// other, and among how many.
#[derive(Clone, Copy, Default)]
pub(super) struct Diluted([f32; GRADES]);

impl Diluted {
    /// By so many doublings; between the grades as on a straight line.
    pub(super) fn by(&self, doublings: f32) -> f32 {
        let at = doublings / APART as f32;
        let [first, second, third] = self.0;
        first + (second - first) * at.clamp(0.0, 1.0) + (third - second) * (at - 1.0).clamp(0.0, 1.0)
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
            self.before += maths::ln_f64(self.value);
            self.value = 1.0;
        }
    }

    fn logarithm(&self) -> f64 {
        self.before + maths::ln_f64(self.value)
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
