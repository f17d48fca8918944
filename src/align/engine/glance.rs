//! A glance at two lists of blocks: which rarer words they share, and between which nodes that leaves the way.

use std::ops::Range;

use super::band::Band;
use super::close::{EXPLAINED, SPREAD};
use super::evidence::Evidence;
use super::grid::Grid;
use super::text::Items;
use crate::align::lexicon::Table;
use crate::align::maths;

/// A feature in more items than this, or in more than this share of all, says too little of where it belongs.
const COMMON: usize = 40;
const SHARE: usize = 8;
/// Most that one word may say, as odds: e to the 3.5.
const CAP: f32 = 33.115_45;
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
        let counts: [Vec<f32>; 2] =
            items.map(|items| (0..items.len()).map(|item| items.words(item).len() as f32).collect());
        let columns = |i: usize| band.rows[i].0..(band.rows[i].1 + 1).min(m);
        // A word explains about one other: a short block cannot explain all of a long one that repeats its words.
        let value = |i: usize, j: usize, says: f32| (more(i, j) + says).min(MOST * counts[0][i].min(counts[1][j]));
        let row = |i: usize| columns(i).map(|j| value(i, j, 0.0)).collect();
        let mut values: Vec<Vec<f32>> = (0..n).map(row).collect();
        let mut says = Says::of(items, evidence);
        for j in 0..m {
            says.each(j, |i, says| {
                if columns(i).contains(&j) {
                    values[i][j - columns(i).start] = value(i, j, says);
                }
            });
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
        if (a, b) == (1, 1) {
            return ALIKE * self.at(i, j) - NOTHING * (self.counts[0][i] + self.counts[1][j]);
        }
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

/// What the rarer words of a block say of each block of the other list.
struct Says<'e> {
    items: [&'e Items; 2],
    factors: &'e Table,
    places: Places,
    /// What a word is worth beside a factor of 1 in each block.
    shares: Vec<f32>,
    /// How much each block explains of the word at hand, and which do.
    masses: Vec<f32>,
    touched: Vec<u32>,
    /// The odds of each block by all words of the block at hand, and of which these are not even. They may be more than can
    /// be counted: likeness is cut off.
    odds: Vec<f64>,
    alike: Vec<u32>,
}

impl<'e> Says<'e> {
    fn of(items: [&'e Items; 2], evidence: &'e Evidence) -> Self {
        let n = items[0].len();
        let share =
            |item: usize| EXPLAINED / (1.0 - EXPLAINED) * maths::powf(1.0 + items[0].words(item).len() as f32, -SPREAD);
        Self {
            items,
            factors: &evidence.directions[1].factors,
            places: Places::rare(items[0], evidence.features(0)),
            shares: (0..n).map(share).collect(),
            masses: vec![0.0; n],
            touched: Vec::new(),
            odds: vec![1.0; n],
            alike: Vec::new(),
        }
    }

    /// Calls `with` for every block of the first list that shares words with the block `j` of the second.
    fn each(&mut self, j: usize, mut with: impl FnMut(usize, f32)) {
        for placed in self.items[1].words(j) {
            for &(feature, factor) in self.factors.row(placed.word) {
                for &i in self.places.of(feature) {
                    let mass = &mut self.masses[i as usize];
                    if *mass == 0.0 {
                        self.touched.push(i);
                    }
                    *mass += factor;
                }
            }
            for i in self.touched.drain(..) {
                let at = i as usize;
                let odds = &mut self.odds[at];
                if *odds == 1.0 {
                    self.alike.push(i);
                }
                *odds *= f64::from((1.0 + self.shares[at] * std::mem::take(&mut self.masses[at])).min(CAP));
            }
        }
        for i in self.alike.drain(..) {
            let odds = std::mem::replace(&mut self.odds[i as usize], 1.0);
            if odds > 1.0 {
                with(i as usize, maths::ln_f64(odds) as f32);
            }
        }
    }
}

/// In which items every feature stands.
struct Places {
    /// Where the items of each feature begin and end; both the same for one in too many to say anything.
    ranges: Vec<(u32, u32)>,
    items: Vec<u32>,
}

impl Places {
    fn rare(items: &Items, features: usize) -> Self {
        let most = COMMON.min(items.len() / SHARE).max(3) as u32;
        // The last item in which each feature was seen, one higher.
        let mut seen = vec![0u32; features];
        let mut each = |take: &mut dyn FnMut(u32, u32)| {
            for (item, at) in (0..items.len()).zip(1u32..) {
                for placed in items.features(item) {
                    if std::mem::replace(&mut seen[placed.word as usize], at) != at {
                        take(placed.word, at - 1);
                    }
                }
            }
            seen.fill(0);
        };
        let mut counts = vec![0u32; features];
        each(&mut |feature, _| counts[feature as usize] += 1);
        let mut all = 0u32;
        let ranges = counts.iter().map(|&count| {
            let start = all;
            all += if count > most { 0 } else { count };
            (start, start)
        });
        let mut places = Self { ranges: ranges.collect(), items: Vec::new() };
        places.items.resize(all as usize, 0);
        each(&mut |feature, item| {
            if counts[feature as usize] <= most {
                let end = &mut places.ranges[feature as usize].1;
                places.items[*end as usize] = item;
                *end += 1;
            }
        });
        places
    }

    fn of(&self, feature: u32) -> &[u32] {
        let (start, end) = self.ranges[feature as usize];
        &self.items[start as usize..end as usize]
    }
}
