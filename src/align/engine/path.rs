//! The best way through two texts: a row of beads, by dynamic programming within a band.

use std::ops::Range;

use rayon::prelude::*;

use super::{Bead, Scored};

/// Most items on a side of a bead.
pub(super) const MOST: usize = 6;

/// A kind of bead: items of the source, items of the target, logarithm of its prior probability.
pub(super) type Kind = (usize, usize, f32);

/// The part of the table that is looked at.
pub(super) struct Band {
    /// First and last node for every number of source items gone through; both rise.
    pub(super) rows: Vec<(usize, usize)>,
    /// Which nodes of each row may be gone through; all where there is no list.
    open: Vec<Vec<bool>>,
}

impl Band {
    /// Every node between a first and a last one in each row.
    pub(super) fn between(rows: Vec<(usize, usize)>) -> Self {
        Self { rows, open: Vec::new() }
    }

    /// The whole table.
    pub(super) fn whole(n: usize, m: usize) -> Self {
        Self::between(vec![(0, m); n + 1])
    }

    fn has(&self, i: usize, j: usize) -> bool {
        let (from, to) = self.rows[i];
        (from..=to).contains(&j) && self.open.get(i).is_none_or(|open| open[j - from])
    }

    /// Numbers of items of both texts.
    pub(super) fn ends(&self) -> (usize, usize) {
        let n = self.rows.len() - 1;
        (n, self.rows[n].1)
    }

    /// A value for every node.
    pub(super) fn table<T: Clone>(&self, value: T) -> Vec<Vec<T>> {
        self.rows.iter().map(|(from, to)| vec![value.clone(); to - from + 1]).collect()
    }

    /// For every item of either text the items of the other one with which it stands in some bead of the band, and those
    /// between.
    pub(super) fn windows(&self, kinds: &[Kind]) -> [Vec<Range<usize>>; 2] {
        fn widen(window: &mut Range<usize>, by: &Range<usize>) {
            let both = window.start.min(by.start)..window.end.max(by.end);
            *window = if window.start == window.end { by.clone() } else { both };
        }
        let (n, m) = self.ends();
        let mut windows = [vec![0..0; n], vec![0..0; m]];
        for (i, &(from, to)) in self.rows.iter().enumerate() {
            for j in (from..=to).filter(|j| self.has(i, *j)) {
                for &(a, b, _) in kinds {
                    if a > 0 && b > 0 && i + a <= n && j + b <= m && self.has(i + a, j + b) {
                        let (first, second) = (i..i + a, j..j + b);
                        windows[0][first.clone()].iter_mut().for_each(|window| widen(window, &second));
                        windows[1][second].iter_mut().for_each(|window| widen(window, &first));
                    }
                }
            }
        }
        windows
    }

    /// The same from the other side: for every number of target items the source items that go with it.
    pub(super) fn columns(&self, m: usize) -> Vec<(usize, usize)> {
        let mut columns = vec![(usize::MAX, 0); m + 1];
        for (i, &(from, to)) in self.rows.iter().enumerate() {
            for column in &mut columns[from..=to] {
                *column = (column.0.min(i), i);
            }
        }
        columns
    }
}

/// Rows of a band from which on the work is shared among the cores.
const MANY: usize = 1000;

/// What every bead of a band is worth, by the row and the node where it ends, then by kind.
struct Judged<'b> {
    band: &'b Band,
    kinds: &'b [Kind],
    scores: Vec<Vec<f32>>,
}

impl<'b> Judged<'b> {
    fn of(band: &'b Band, kinds: &'b [Kind], score: impl Fn(usize, usize, &Kind) -> f32 + Sync) -> Self {
        let row = |i: usize| {
            let (from, to) = band.rows[i];
            let mut scores = vec![f32::NEG_INFINITY; (to - from + 1) * kinds.len()];
            for (j, here) in (from..=to).zip(scores.chunks_exact_mut(kinds.len())) {
                if !band.has(i, j) {
                    continue;
                }
                for (kind, slot) in kinds.iter().zip(here) {
                    let &(a, b, _) = kind;
                    if i >= a && j >= b && band.has(i - a, j - b) {
                        *slot = score(i - a, j - b, kind);
                    }
                }
            }
            scores
        };
        let rows = 0..band.rows.len();
        let scores =
            if band.rows.len() < MANY { rows.map(row).collect() } else { rows.into_par_iter().map(row).collect() };
        Self { band, kinds, scores }
    }

    /// The scores of the beads that end at a node, by kind.
    fn ending(&self, i: usize, j: usize) -> &[f32] {
        let at = (j - self.band.rows[i].0) * self.kinds.len();
        &self.scores[i][at..at + self.kinds.len()]
    }

    /// The score of the bead of the kind at `kind` that begins at a node; none if it leaves the band.
    fn beginning(&self, i: usize, j: usize, kind: usize) -> f32 {
        let (i, j) = (i + self.kinds[kind].0, j + self.kinds[kind].1);
        let inside = self.band.rows.get(i).is_some_and(|&(from, to)| (from..=to).contains(&j));
        if inside { self.ending(i, j)[kind] } else { f32::NEG_INFINITY }
    }
}

/// Finds the row of beads with the highest score. `score(i, j, kind)` judges a bead that begins at item `i` of the source
/// and `j` of the target. Each bead comes with the probability that it is right if scores are logarithms of odds.
pub(super) fn best(band: &Band, kinds: &[Kind], score: impl Fn(usize, usize, &Kind) -> f32 + Sync) -> Vec<Scored> {
    let judged = Judged::of(band, kinds, score);
    let (n, m) = band.ends();
    let steps = steps(&judged);
    let beads = trace(n, m, |i, j| steps[i][j - band.rows[i].0]);
    let (before, behind) = (before(&judged), behind(&judged));
    let at = |table: &[Vec<f32>], i: usize, j: usize| table[i][j - band.rows[i].0];
    let all = at(&before, n, m);
    let scored = beads.into_iter().map(|bead| {
        let size = (bead.source.len(), bead.target.len());
        let kind = kinds.iter().position(|kind| (kind.0, kind.1) == size).expect("a bead is of a kind");
        let here = judged.ending(bead.source.end, bead.target.end)[kind];
        let around = at(&before, bead.source.start, bead.target.start) + at(&behind, bead.source.end, bead.target.end);
        Scored { score: (around + here - all).exp().clamp(0.0, 1.0), bead }
    });
    scored.collect()
}

/// The size of the last bead of the best row of beads up to each node.
fn steps(judged: &Judged<'_>) -> Vec<Vec<(u8, u8)>> {
    let band = judged.band;
    let mut best = band.table(f32::NEG_INFINITY);
    let mut steps = band.table((0, 0));
    best[0][0] = 0.0;
    for i in 0..band.rows.len() {
        let (from, to) = band.rows[i];
        for j in from..=to {
            let (mut top, mut step) = (best[i][j - from], (0, 0));
            for (&(a, b, _), &score) in judged.kinds.iter().zip(judged.ending(i, j)) {
                if score > f32::NEG_INFINITY {
                    let here = best[i - a][j - b - band.rows[i - a].0] + score;
                    if here > top {
                        (top, step) = (here, (a as u8, b as u8));
                    }
                }
            }
            (best[i][j - from], steps[i][j - from]) = (top, step);
        }
    }
    steps
}

/// The logarithm of a sum of numbers given by their logarithms.
fn logarithm_of_sum(terms: &[f32]) -> f32 {
    let top = terms.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if terms.len() < 2 || top == f32::NEG_INFINITY {
        return top;
    }
    top + terms.iter().map(|term| (term - top).exp()).sum::<f32>().ln()
}

/// The logarithm of the summed odds of all rows of beads from the beginning to each node.
fn before(judged: &Judged<'_>) -> Vec<Vec<f32>> {
    let band = judged.band;
    let mut sums = band.table(f32::NEG_INFINITY);
    sums[0][0] = 0.0;
    let mut terms: Vec<f32> = Vec::with_capacity(judged.kinds.len());
    for i in 0..band.rows.len() {
        let (from, to) = band.rows[i];
        for j in from..=to {
            if (i, j) == (0, 0) {
                continue;
            }
            terms.clear();
            for (&(a, b, _), &score) in judged.kinds.iter().zip(judged.ending(i, j)) {
                if score > f32::NEG_INFINITY {
                    terms.push(sums[i - a][j - b - band.rows[i - a].0] + score);
                }
            }
            sums[i][j - from] = logarithm_of_sum(&terms);
        }
    }
    sums
}

/// The same from each node to the end.
fn behind(judged: &Judged<'_>) -> Vec<Vec<f32>> {
    let band = judged.band;
    let (n, m) = band.ends();
    let mut sums = band.table(f32::NEG_INFINITY);
    let mut terms: Vec<f32> = Vec::with_capacity(judged.kinds.len());
    for i in (0..=n).rev() {
        let (from, to) = band.rows[i];
        for j in (from..=to).rev() {
            if (i, j) == (n, m) {
                sums[i][j - from] = 0.0;
                continue;
            }
            terms.clear();
            for (at, &(a, b, _)) in judged.kinds.iter().enumerate() {
                let score = judged.beginning(i, j, at);
                if score > f32::NEG_INFINITY {
                    terms.push(sums[i + a][j + b - band.rows[i + a].0] + score);
                }
            }
            sums[i][j - from] = logarithm_of_sum(&terms);
        }
    }
    sums
}

/// The highest score of a row of beads up to each node, and the size of its last bead.
fn forward(
    band: &Band,
    kinds: &[Kind],
    score: &mut impl FnMut(usize, usize, &Kind) -> f32,
) -> Vec<Vec<(f32, (u8, u8))>> {
    let mut best = band.table((f32::NEG_INFINITY, (0, 0)));
    best[0][0].0 = 0.0;
    for i in 0..band.rows.len() {
        let (from, to) = band.rows[i];
        for j in from..=to {
            if !band.has(i, j) {
                continue;
            }
            let mut top = best[i][j - from];
            for kind in kinds {
                let &(a, b, _) = kind;
                if i < a || j < b || !band.has(i - a, j - b) {
                    continue;
                }
                let before = best[i - a][j - b - band.rows[i - a].0].0;
                if before > f32::NEG_INFINITY {
                    let here = before + score(i - a, j - b, kind);
                    if here > top.0 {
                        top = (here, (a as u8, b as u8));
                    }
                }
            }
            best[i][j - from] = top;
        }
    }
    best
}

/// The highest score of a row of beads from each node to the end.
fn backward(band: &Band, kinds: &[Kind], score: &mut impl FnMut(usize, usize, &Kind) -> f32) -> Vec<Vec<f32>> {
    let (n, m) = band.ends();
    let mut best = band.table(f32::NEG_INFINITY);
    best[n][m - band.rows[n].0] = 0.0;
    for i in (0..=n).rev() {
        let (from, to) = band.rows[i];
        for j in (from..=to).rev() {
            for kind in kinds {
                let &(a, b, _) = kind;
                if i + a > n || j + b > m || !band.has(i + a, j + b) {
                    continue;
                }
                let behind = best[i + a][j + b - band.rows[i + a].0];
                if behind > f32::NEG_INFINITY {
                    best[i][j - from] = best[i][j - from].max(behind + score(i, j, kind));
                }
            }
        }
    }
    best
}

/// The nodes through which a row of beads leads that is at most `slack` worse than the best one.
pub(super) fn plausible(
    band: &Band,
    kinds: &[Kind],
    slack: f32,
    mut score: impl FnMut(usize, usize, &Kind) -> f32,
) -> (Vec<Bead>, Band) {
    let forward = forward(band, kinds, &mut score);
    let backward = backward(band, kinds, &mut score);
    let (n, m) = band.ends();
    let beads = trace(n, m, |i, j| forward[i][j - band.rows[i].0].1);
    let least = backward[0][0] - slack;
    let (mut rows, mut open) = (Vec::new(), Vec::new());
    for (i, (forward, backward)) in forward.iter().zip(&backward).enumerate() {
        let good = |at: usize| forward[at].0 + backward[at] >= least;
        // Rounding may hide the very best way; a row without a node would cut it.
        let first = (0..forward.len()).find(|at| good(*at)).unwrap_or(0);
        let last = (0..forward.len()).rfind(|at| good(*at)).unwrap_or(forward.len() - 1);
        let from = band.rows[i].0;
        rows.push((from + first, from + last));
        open.push((first..=last).map(good).collect());
    }
    (beads, Band { rows, open })
}

fn trace(n: usize, m: usize, step: impl Fn(usize, usize) -> (u8, u8)) -> Vec<Bead> {
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::new();
    while i + j > 0 {
        let (a, b) = step(i, j);
        let (a, b) = (usize::from(a), usize::from(b));
        assert!(a + b > 0, "a band leads from corner to corner");
        beads.push(Bead { source: i - a..i, target: j - b..j });
        i -= a;
        j -= b;
    }
    beads.reverse();
    beads
}
