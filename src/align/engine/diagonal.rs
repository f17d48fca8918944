//! A score of beads that heeds where in them the words stand: a word explains another the better, the nearer both are to
//! the diagonal of the bead.
//!
//! IBM model 1 spreads a word over its whole translation. In a bead the order of the text holds roughly, so the alignment
//! prior falls with the distance of the relative positions, as in Dyer, Chahuneau and Smith (2013). It tells to which of two
//! neighbouring beads the words of a sentence at their border belong.

use std::cell::RefCell;
use std::ops::Range;

use super::bead::Bead;
use super::diagonal_tables::{DIAGONAL_TENSION, DiagonalTables};
use super::dilution::Diluted;
use super::evidence::Evidence;
use super::inverted_index::{self, InvertedIndex};
use super::items::Items;
use super::log_product::LogProduct;
use super::word_links::{CHUNK, WordLink, WordLinks};

/// Share of a word that its translation explains; the rest may come from anywhere (the null word).
pub(super) const EXPLAINED: f32 = 0.4;
/// The logarithm of that rest.
pub(super) const LN_NULL: f64 = -0.510_825_584_029_561_7;
/// Most that one word may say, as a factor: e to the 3.
const MAX_WORD: f32 = 20.085_537;
/// The same above a word that nothing explains.
const MAX_RATIO: f32 = MAX_WORD / (1.0 - EXPLAINED);
thread_local! {
    /// How much explains each word of an item, all 0 between uses.
    static MASSES: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// The evidence of words within windows.
pub(super) struct Diagonal<'e> {
    items: [&'e Items; 2],
    /// By chunks of items.
    links: [Vec<WordLinks>; 2],
    /// Running sums of how far the positions of the items reach, and of their numbers of words.
    extents: [Vec<f32>; 2],
    counts: [Vec<f32>; 2],
    tables: &'static DiagonalTables,
}

impl<'e> Diagonal<'e> {
    /// For beads that hold of the other text only what lies in the `window` of an item.
    pub(super) fn new(
        items: [&'e Items; 2],
        evidence: &Evidence,
        window: impl Fn(usize, usize) -> Range<usize> + Sync,
    ) -> Self {
        let links = [0, 1].map(|side| {
            let (mine, ratios) = (items[side], &evidence.directions[side].ratios);
            let window = |item| window(side, item);
            let map = |chunk, index: &InvertedIndex| WordLinks::new(mine, chunk, ratios, index, window);
            let features = evidence.features(1 - side);
            inverted_index::map_chunks(CHUNK, mine.len(), items[1 - side], features, window, map)
        });
        Self {
            items,
            links,
            extents: items.map(|items| running_sums(items.iter().map(|item| item.extent))),
            counts: items.map(|items| running_sums((0..items.len()).map(|item| items.words(item).len().max(1) as f32))),
            tables: DiagonalTables::get(),
        }
    }

    /// What the words of a bead say for it.
    pub(super) fn score(&self, bead: &Bead) -> f32 {
        MASSES.with_borrow_mut(|masses| {
            let (mut product, mut words) = (LogProduct::default(), 0);
            for side in [0, 1] {
                let (items, others) = (bead.side(side), bead.side(1 - side));
                for item in items.clone() {
                    words += self.items[side].words(item).len();
                    self.multiply_item(side, item, &items, &others, masses, &mut product);
                }
            }
            (product.logarithm() + (words - product.factors) as f64 * LN_NULL) as f32
        })
    }

    /// What an item and one of the other text explain of each other, the words of each in turn, by how much that is diluted;
    /// nothing is 0.
    pub(super) fn diluted(&self, i: usize, j: usize) -> [Diluted; 2] {
        [self.diluted_item(0, i, j), self.diluted_item(1, j, i)]
    }

    fn diluted_item(&self, side: usize, item: usize, other: usize) -> Diluted {
        let share = self.explained(1 - side, &(other..other + 1)) / (1.0 - EXPLAINED) * self.tables.normalizer(0.0);
        let links = self.links(side, item, other..other + 1);
        let words = links.flat_map(|(_, links)| links.chunk_by(|a, b| a.word == b.word));
        Diluted::product(words.map(|links| share * links.iter().map(|link| link.ratio).sum::<f32>()), MAX_RATIO)
    }

    /// A run of items of a side as estimates see it.
    pub(super) fn run(&self, side: usize, items: Range<usize>) -> ItemRun {
        let (extents, counts) = (&self.extents[side], &self.counts[side]);
        let extent = (extents[items.end] - extents[items.start]).max(1e-3);
        ItemRun {
            begin: extents[items.start],
            inverse_extent: 1.0 / extent,
            log2_prior: self.tables.log2_prior(self.around(side, &items)),
            words: counts[items.end] - counts[items.start],
        }
    }

    /// Where the middle of an item is, by how far the positions of all before it reach.
    pub(super) fn middle(&self, side: usize, item: usize) -> f32 {
        let extents = &self.extents[side];
        (extents[item] + extents[item + 1]) / 2.0
    }

    /// What explains the words of an item in each of some items of the other text.
    fn links(&self, side: usize, item: usize, others: Range<usize>) -> impl Iterator<Item = (usize, &[WordLink])> {
        self.links[side][item / CHUNK].with(item % CHUNK, others)
    }

    /// The share of a word of the other side that one word of some items of a side explains, wherever both stand.
    fn explained(&self, side: usize, items: &Range<usize>) -> f32 {
        EXPLAINED * self.tables.prior(self.around(side, items))
    }

    /// How many words stand around one in some items of a side.
    fn around(&self, side: usize, items: &Range<usize>) -> f32 {
        1.0 + self.counts[side][items.end] - self.counts[side][items.start]
    }

    /// One by how far the positions of some items of a side reach.
    fn inverse_extent(&self, side: usize, items: &Range<usize>) -> f32 {
        1.0 / (self.extents[side][items.end] - self.extents[side][items.start]).max(1e-3)
    }

    /// How well a bead explains those words of one of its items that it explains: a factor for each.
    fn multiply_item(
        &self,
        side: usize,
        item: usize,
        items: &Range<usize>,
        others: &Range<usize>,
        masses: &mut Vec<f32>,
        product: &mut LogProduct,
    ) {
        let (mine, theirs) = (&self.extents[side], &self.extents[1 - side]);
        let (my_part, their_part) = (self.inverse_extent(side, items), self.inverse_extent(1 - side, others));
        let begin = (mine[item] - mine[items.start]) * my_part;
        let share = self.explained(1 - side, others);
        let mass = |link: &WordLink, apart: f32| {
            let distance = (apart + link.theirs * their_part - link.mine * my_part).abs();
            link.ratio * self.tables.decay(distance)
        };
        let factor = |mass: f32, position: f32| {
            let normalizer = self.tables.normalizer(begin + position * my_part);
            f64::from((1.0 - EXPLAINED + share * mass * normalizer).min(MAX_WORD))
        };
        if others.len() == 1 {
            // All that explains a word stands together.
            for (_, links) in self.links(side, item, others.clone()) {
                for links in links.chunk_by(|a, b| a.word == b.word) {
                    product.multiply(factor(links.iter().map(|link| mass(link, -begin)).sum(), links[0].mine));
                }
            }
            return;
        }
        let words = self.items[side].words(item);
        let masses = first_masses(masses, words.len());
        for (other, links) in self.links(side, item, others.clone()) {
            let apart = (theirs[other] - theirs[others.start]) * their_part - begin;
            for link in links {
                masses[usize::from(link.word)] += mass(link, apart);
            }
        }
        for (mass, token) in masses.iter_mut().zip(words) {
            if *mass > 0.0 {
                product.multiply(factor(std::mem::take(mass), token.position));
            }
        }
    }
}

/// By how many doublings words at such relative positions of a bead explain each other less than at the same.
pub(super) fn doublings_apart(mine: f32, theirs: f32) -> f32 {
    DIAGONAL_TENSION * std::f32::consts::LOG2_E * (mine - theirs).abs()
}

/// What so many words say that nothing explains.
pub(super) fn unexplained(words: f32) -> f32 {
    LN_NULL as f32 * words
}

/// A run of items.
#[derive(Clone, Copy)]
pub(super) struct ItemRun {
    /// Where it begins, and one by how far it reaches from there.
    pub(super) begin: f32,
    pub(super) inverse_extent: f32,
    /// The binary logarithm of the prior of an alignment with one of its words.
    pub(super) log2_prior: f32,
    /// How many words it has.
    pub(super) words: f32,
}

/// The masses of so many words.
fn first_masses(masses: &mut Vec<f32>, words: usize) -> &mut [f32] {
    if masses.len() < words {
        masses.resize(words, 0.0);
    }
    &mut masses[..words]
}

fn running_sums(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sum = 0.0;
    let mut sums = vec![sum];
    for value in values {
        sum += value;
        sums.push(sum);
    }
    sums
}
