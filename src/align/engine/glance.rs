//! A glance at two lists of blocks: which rarer words they share, and between which nodes that leaves the way.

use std::ops::Range;

use super::band::Band;
use super::close::{EXPLAINED, SPREAD};
use super::evidence::Evidence;
use super::grid::Grid;
use super::text::Items;

/// A feature in more items than this, or in more than this share of all, says too little of where it belongs.
const COMMON: usize = 40;
const SHARE: usize = 8;
/// Most that one word may say.
const CAP: f32 = 3.5;
/// Least likeness of two blocks that the way is tied to.
const ANCHOR: f32 = 8.0;
/// Blocks beside an anchor that the way may still use.
const MARGIN: usize = 2;
/// Most that the words of two blocks may say, for each word of the shorter one.
const MOST: f32 = 2.0;
/// How much of what further blocks of a bead say counts: in part it is said already.
const TOGETHER: f32 = 0.7;
/// What likeness by rarer words says of the likeness by all, and what each word takes back: fitted to the close score.
const ALIKE: f32 = 2.4;
const NOTHING: f32 = 0.24;

/// How alike the blocks of two lists are, within a band.
pub(super) struct Glance {
    rows: Vec<(usize, usize)>,
    values: Vec<Vec<f32>>,
    counts: [Vec<f32>; 2],
}

impl Glance {
    /// `more` says what else makes two blocks alike; minus infinity for those that cannot be a pair.
    pub(super) fn of(items: [&Items; 2], evidence: &Evidence, band: &Band, more: impl Fn(usize, usize) -> f32) -> Self {
        let (n, m) = band.ends();
        let row = |i: usize| (band.rows[i].0..(band.rows[i].1 + 1).min(m)).map(|j| more(i, j)).collect();
        let mut values: Vec<Vec<f32>> = (0..n).map(row).collect();
        let places = rare_places(items[0], evidence.features(0));
        // What a word is worth beside a factor of 1 in each block.
        let shares: Vec<f32> =
            (0..n).map(|item| EXPLAINED * (1.0 + items[0].words(item).len() as f32).powf(-SPREAD)).collect();
        let mut masses = vec![0f32; n];
        let mut touched: Vec<u32> = Vec::new();
        for j in 0..m {
            for placed in items[1].words(j) {
                for &(feature, factor) in evidence.directions[1].factors.row(placed.word) {
                    for &i in places[feature as usize].rows() {
                        let mass = &mut masses[i as usize];
                        if *mass == 0.0 {
                            touched.push(i);
                        }
                        *mass += factor;
                    }
                }
                for i in touched.drain(..) {
                    let at = i as usize;
                    let mass = std::mem::take(&mut masses[at]);
                    let says = (1.0 + shares[at] * mass / (1.0 - EXPLAINED)).ln().min(CAP);
                    if let Some(value) = j.checked_sub(band.rows[at].0).and_then(|j| values[at].get_mut(j)) {
                        *value += says;
                    }
                }
            }
        }
        let counts: [Vec<f32>; 2] =
            items.map(|items| (0..items.len()).map(|item| items.words(item).len() as f32).collect());
        // A word explains about one other: a short block cannot explain all of a long one that repeats its words.
        for (i, row) in values.iter_mut().enumerate() {
            for (value, j) in row.iter_mut().zip(band.rows[i].0..) {
                *value = value.min(MOST * counts[0][i].min(counts[1][j]));
            }
        }
        Self { rows: band.rows[..n].to_vec(), values, counts }
    }

    /// How alike two blocks are.
    fn at(&self, i: usize, j: usize) -> f32 {
        let at = j.checked_sub(self.rows[i].0);
        at.and_then(|at| self.values[i].get(at)).copied().unwrap_or(f32::NEG_INFINITY)
    }

    /// What the words of a bead say for it, roughly.
    pub(super) fn words(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        let (mut most, mut all) = (f32::NEG_INFINITY, 0.0);
        for value in (i..i + a).flat_map(|i| (j..j + b).map(move |j| self.at(i, j))) {
            most = value.max(most);
            all += value;
        }
        let alike = most + TOGETHER * (all - most);
        let count = |side: usize, items: Range<usize>| self.counts[side][items].iter().sum::<f32>();
        ALIKE * alike - NOTHING * (count(0, i..i + a) + count(1, j..j + b))
    }

    /// The nodes near the way through the most alike blocks.
    pub(super) fn corridor(&self, band: &Band) -> Band {
        let (n, m) = band.ends();
        let anchors = self.anchors(band);
        let mut rows = Vec::with_capacity(n + 1);
        let mut next = 0;
        for i in 0..=n {
            while next < anchors.len() && anchors[next].0 < i {
                next += 1;
            }
            // The anchors before and behind this node; a node of an anchor's own row lies before it.
            let before = next.checked_sub(1).map_or(0, |at| anchors[at].1 + 1);
            let behind = anchors.get(next).map_or(m, |anchor| anchor.1);
            rows.push((before.saturating_sub(MARGIN), (behind + MARGIN).min(m)));
        }
        rows[0].0 = 0;
        rows[n].1 = m;
        Band::between(spread(rows, MARGIN))
    }

    /// Blocks that are surely alike, along the best way.
    fn anchors(&self, band: &Band) -> Vec<(usize, usize)> {
        let (n, m) = band.ends();
        let mut best = Grid::of(&band.rows, 0f32);
        let get = |best: &Grid<f32>, i: usize, j: usize| -> f32 {
            let (from, to) = band.rows[i];
            if j < from { 0.0 } else { *best.at(i, j.min(to)) }
        };
        let worth = |i: usize, j: usize| {
            let value = self.words(i, 1, j, 1);
            if value >= ANCHOR { value } else { 0.0 }
        };
        for i in 1..=n {
            let (from, to) = band.rows[i];
            for j in from..=to {
                let mut top = get(&best, i - 1, j);
                if j > from {
                    top = top.max(*best.at(i, j - 1));
                }
                if j > 0 {
                    let value = worth(i - 1, j - 1);
                    if value > 0.0 {
                        top = top.max(get(&best, i - 1, j - 1) + value);
                    }
                }
                *best.slot(i, j) = top;
            }
        }
        let mut anchors = Vec::new();
        let (mut i, mut j) = (n, m);
        while i > 0 && j > 0 {
            let here = get(&best, i, j);
            let value = worth(i - 1, j - 1);
            if here == get(&best, i - 1, j) {
                i -= 1;
            } else if value > 0.0 && here == get(&best, i - 1, j - 1) + value {
                anchors.push((i - 1, j - 1));
                i -= 1;
                j -= 1;
            } else {
                j -= 1;
            }
        }
        anchors.reverse();
        anchors
    }
}

/// Widens every row to what its neighbours within `margin` may use, so that a bead that begins before an anchor can end
/// behind it.
fn spread(rows: Vec<(usize, usize)>, margin: usize) -> Vec<(usize, usize)> {
    let last = rows.len() - 1;
    let widened = (0..rows.len()).map(|i| (rows[i.saturating_sub(margin)].0, rows[(i + margin).min(last)].1));
    let mut widened: Vec<(usize, usize)> = widened.collect();
    (widened[0].0, widened[last].1) = (0, rows[last].1);
    widened
}

/// Where a feature stands.
#[derive(Clone, Default)]
struct Places {
    rows: Vec<u32>,
    common: bool,
}

impl Places {
    /// None when they are too many to say anything.
    fn rows(&self) -> &[u32] {
        if self.common { &[] } else { &self.rows }
    }
}

/// For every feature the items that it stands in.
fn rare_places(items: &Items, features: usize) -> Vec<Places> {
    let most = COMMON.min(items.len() / SHARE).max(3);
    let mut places = vec![Places::default(); features];
    for (item, at) in (0..items.len()).zip(0u32..) {
        for placed in items.features(item) {
            let list = &mut places[placed.word as usize];
            if list.rows.last() == Some(&at) {
                continue;
            }
            if list.rows.len() < most { list.rows.push(at) } else { list.common = true }
        }
    }
    places
}
