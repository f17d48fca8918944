//! Which rarer words the blocks of two lists share, and what that says.

use super::diagonal::EXPLAINED;
use super::diagonal_tables::PRIOR_POWER;
use super::evidence::Evidence;
use super::items::Items;
use crate::align::lexicon::Table;
use crate::maths;

/// A feature in more items than this, or in more than one in [`RARE_SHARE`] of all, says too little of where it belongs.
const RARE: usize = 40;
const RARE_SHARE: usize = 8;
/// Most that one word may say, as odds: e to the 3.5.
const MAX_WORD: f32 = 33.115_45;

/// What the rarer words of a block say of each block of the other list.
pub(super) struct RareWords<'e> {
    items: [&'e Items; 2],
    ratios: &'e Table,
    index: RareIndex,
    /// What a word is worth beside a ratio of 1 in each block.
    shares: Vec<f32>,
    /// How much each block explains of the word at hand, and which do.
    masses: Vec<f32>,
    explaining: Vec<u32>,
    /// The odds of each block by all words of the block at hand, and of which these are not even. They may be more than can
    /// be counted: similarity is cut off.
    odds: Vec<f64>,
    similar: Vec<u32>,
}

impl<'e> RareWords<'e> {
    pub(super) fn new(items: [&'e Items; 2], evidence: &'e Evidence) -> Self {
        let n = items[0].len();
        let mut shares = Vec::with_capacity(n);
        for item in 0..n {
            let prior = maths::powf(1.0 + items[0].words(item).len() as f32, -PRIOR_POWER);
            shares.push(EXPLAINED / (1.0 - EXPLAINED) * prior);
        }
        Self {
            items,
            ratios: &evidence.directions[1].ratios,
            index: RareIndex::new(items[0], evidence.features(0)),
            shares,
            masses: vec![0.0; n],
            explaining: Vec::new(),
            odds: vec![1.0; n],
            similar: Vec::new(),
        }
    }

    /// Calls `with` for every block of the first list that shares words with the block `j` of the second, with the logarithm
    /// of the odds.
    pub(super) fn for_each_similar(&mut self, j: usize, mut with: impl FnMut(usize, f32)) {
        for token in self.items[1].words(j) {
            for &(feature, ratio) in self.ratios.row(token.word) {
                for &i in self.index.items(feature) {
                    let mass = &mut self.masses[i as usize];
                    if *mass == 0.0 {
                        self.explaining.push(i);
                    }
                    *mass += ratio;
                }
            }
            for i in self.explaining.drain(..) {
                let at = i as usize;
                let odds = &mut self.odds[at];
                if *odds == 1.0 {
                    self.similar.push(i);
                }
                *odds *= f64::from((1.0 + self.shares[at] * std::mem::take(&mut self.masses[at])).min(MAX_WORD));
            }
        }
        for i in self.similar.drain(..) {
            let odds = std::mem::replace(&mut self.odds[i as usize], 1.0);
            if odds > 1.0 {
                with(i as usize, maths::ln_f64(odds) as f32);
            }
        }
    }
}

/// An inverted index of the rarer features of a text: in which items each stands.
struct RareIndex {
    /// Where the items of each feature begin and end; both the same for one in too many to say anything.
    ranges: Vec<(u32, u32)>,
    items: Vec<u32>,
}

impl RareIndex {
    fn new(items: &Items, features: usize) -> Self {
        let most = RARE.min(items.len() / RARE_SHARE).max(3) as u32;
        let mut counts = vec![0u32; features];
        for_each_feature(items, features, |feature, _| counts[feature] += 1);
        let mut ranges = Vec::with_capacity(features);
        let mut size = 0u32;
        for &count in &counts {
            ranges.push((size, size));
            size += if count > most { 0 } else { count };
        }
        let mut index = Self { ranges, items: vec![0; size as usize] };
        for_each_feature(items, features, |feature, item| {
            if counts[feature] <= most {
                let end = &mut index.ranges[feature].1;
                index.items[*end as usize] = item;
                *end += 1;
            }
        });
        index
    }

    /// The items of a feature, in order.
    fn items(&self, feature: u32) -> &[u32] {
        let (start, end) = self.ranges[feature as usize];
        &self.items[start as usize..end as usize]
    }
}

/// Calls `take` once for every feature of every item.
fn for_each_feature(items: &Items, features: usize, mut take: impl FnMut(usize, u32)) {
    // The last item in which each feature was seen, one higher.
    let mut seen = vec![0u32; features];
    for (item, number) in (0..items.len()).zip(1u32..) {
        for token in items.features(item) {
            let feature = token.word as usize;
            if std::mem::replace(&mut seen[feature], number) != number {
                take(feature, number - 1);
            }
        }
    }
}
