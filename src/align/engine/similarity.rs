//! How similar the blocks of two lists are by their rarer words, and the anchors that this gives: pairs of blocks so similar
//! that the best path goes near them.

use std::ops::Range;

use super::band::Band;
use super::bead::Bead;
use super::evidence::Evidence;
use super::grid::Grid;
use super::items::Items;
use super::rare_words::RareWords;

/// Least similarity of an anchor.
const ANCHOR: f32 = 8.0;
/// Blocks beside an anchor that a path may still use.
const ANCHOR_MARGIN: usize = 2;
/// Most that the words of two blocks may say, for each word of the shorter one.
const MAX_PER_WORD: f32 = 2.0;
/// How much of what further blocks of a bead say counts: in part it is said already.
const FURTHER: f32 = 0.7;
/// What similarity by rarer words says of that by all, and what each word takes back: fitted to the diagonal score.
const ALL_WORDS: f32 = 2.4;
const UNEXPLAINED: f32 = 0.24;

/// How similar the blocks of two lists are, within a band.
pub(super) struct Similarity {
    rows: Vec<(usize, usize)>,
    values: Vec<Vec<f32>>,
    /// How many words each block has.
    counts: [Vec<f32>; 2],
}

impl Similarity {
    /// `structure` says what besides their words makes two blocks similar; minus infinity for those that cannot be a pair.
    pub(super) fn new(
        items: [&Items; 2],
        evidence: &Evidence,
        band: &Band,
        structure: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let (n, m) = band.end();
        let counts: [Vec<f32>; 2] =
            items.map(|items| (0..items.len()).map(|item| items.words(item).len() as f32).collect());
        let columns = |i: usize| band.rows[i].0..(band.rows[i].1 + 1).min(m);
        // A word explains about one other: a short block cannot explain all of a long one that repeats its words.
        let most = |i: usize, j: usize| MAX_PER_WORD * counts[0][i].min(counts[1][j]);
        let mut values: Vec<Vec<f32>> =
            (0..n).map(|i| columns(i).map(|j| structure(i, j).min(most(i, j))).collect()).collect();
        let mut rare_words = RareWords::new(items, evidence);
        for j in 0..m {
            rare_words.for_each_similar(j, |i, words| {
                if columns(i).contains(&j) {
                    // Words that two blocks share speak for them: what is cut off already stays so.
                    let value = &mut values[i][j - columns(i).start];
                    *value = (*value + words).min(most(i, j));
                }
            });
        }
        Self { rows: band.rows[..n].to_vec(), values, counts }
    }

    /// How similar two blocks are.
    fn get(&self, i: usize, j: usize) -> f32 {
        let at = j.checked_sub(self.rows[i].0);
        at.and_then(|at| self.values[i].get(at)).copied().unwrap_or(f32::NEG_INFINITY)
    }

    /// What the words of two blocks say for a bead of them, estimated.
    fn score_pair(&self, i: usize, j: usize) -> f32 {
        ALL_WORDS * self.get(i, j) - UNEXPLAINED * (self.counts[0][i] + self.counts[1][j])
    }

    /// What the words of a bead say for it, estimated.
    pub(super) fn score(&self, bead: &Bead) -> f32 {
        if (bead.source.len(), bead.target.len()) == (1, 1) {
            return self.score_pair(bead.source.start, bead.target.start);
        }
        let (mut most, mut sum) = (f32::NEG_INFINITY, 0.0);
        for i in bead.source.clone() {
            for j in bead.target.clone() {
                let value = self.get(i, j);
                most = value.max(most);
                sum += value;
            }
        }
        let similarity = most + FURTHER * (sum - most);
        ALL_WORDS * similarity - UNEXPLAINED * (self.count(0, &bead.source) + self.count(1, &bead.target))
    }

    /// How many words some blocks of a side have.
    fn count(&self, side: usize, items: &Range<usize>) -> f32 {
        self.counts[side][items.clone()].iter().sum()
    }

    /// The part of a band near the anchors.
    pub(super) fn anchored(&self, band: &Band) -> Band {
        let (n, m) = band.end();
        let anchors = self.anchors(band);
        let mut rows = Vec::with_capacity(n + 1);
        let mut next = 0;
        for i in 0..=n {
            while next < anchors.len() && anchors[next].0 < i {
                next += 1;
            }
            // The anchors before and after this node; a node of an anchor's own row lies before it.
            let before = next.checked_sub(1).map_or(0, |at| anchors[at].1 + 1);
            let after = anchors.get(next).map_or(m, |anchor| anchor.1);
            rows.push((before.saturating_sub(ANCHOR_MARGIN), (after + ANCHOR_MARGIN).min(m)));
        }
        rows[0].0 = 0;
        rows[n].1 = m;
        // Beyond the band nothing can be a pair. Where nothing is similar, its rows are what keeps the lattice narrow.
        Band::between(widened(&rows)).within(band)
    }

    /// How similar two blocks are if that makes them an anchor.
    fn anchor(&self, i: usize, j: usize) -> Option<f32> {
        Some(self.score_pair(i, j)).filter(|value| *value >= ANCHOR)
    }

    /// The anchors along the path on which they are most similar together.
    fn anchors(&self, band: &Band) -> Vec<(usize, usize)> {
        let best = self.best_sums(band);
        let (n, m) = band.end();
        let mut anchors = Vec::new();
        let (mut i, mut j) = (n, m);
        while i > 0 && j > 0 {
            let here = best_in_row(&best, band, i, j);
            if here == best_in_row(&best, band, i - 1, j) {
                i -= 1;
            } else if self
                .anchor(i - 1, j - 1)
                .is_some_and(|value| here == best_in_row(&best, band, i - 1, j - 1) + value)
            {
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

    /// For every node the highest sum of the similarities of anchors on a path to it.
    fn best_sums(&self, band: &Band) -> Grid<f32> {
        let mut best = Grid::filled(&band.rows, 0f32);
        for (i, &(from, to)) in band.rows.iter().enumerate().skip(1) {
            for j in from..=to {
                let mut top = best_in_row(&best, band, i - 1, j);
                if j > from {
                    top = top.max(*best.get(i, j - 1));
                }
                if j > 0
                    && let Some(value) = self.anchor(i - 1, j - 1)
                {
                    top = top.max(best_in_row(&best, band, i - 1, j - 1) + value);
                }
                *best.get_mut(i, j) = top;
            }
        }
        best
    }
}

/// The best sum of a row up to a node, which may lie outside the band.
fn best_in_row(best: &Grid<f32>, band: &Band, i: usize, j: usize) -> f32 {
    let (from, to) = band.rows[i];
    if j < from { 0.0 } else { *best.get(i, j.min(to)) }
}

/// Widens every row to what its neighbours within the margin may use, so that a bead that begins before an anchor can end
/// after it.
fn widened(rows: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let last = rows.len() - 1;
    let mut widened = Vec::with_capacity(rows.len());
    for i in 0..rows.len() {
        widened.push((rows[i.saturating_sub(ANCHOR_MARGIN)].0, rows[(i + ANCHOR_MARGIN).min(last)].1));
    }
    widened[0].0 = 0;
    widened[last].1 = rows[last].1;
    widened
}
