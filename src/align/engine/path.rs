//! The best way through two texts: a row of beads, by dynamic programming within a band.

use rayon::prelude::*;

use super::band::{Band, Stretch};
use super::grid::Grid;
use super::{Bead, Scored};
use crate::align::maths;

/// Most items on a side of a bead.
pub(super) const MOST: usize = 6;

/// A kind of bead: items of the source, items of the target, logarithm of its prior probability.
pub(super) type Kind = (usize, usize, f32);

/// Rows of a band from which on the work is shared among the cores.
const MANY: usize = 1000;

/// The ways through a band: rows of beads. What every bead is worth stands by the row and the node where it ends, then by
/// kind; minus infinity for one that no way uses.
pub(super) struct Ways<'b> {
    band: &'b Band,
    kinds: &'b [Kind],
    /// Where the scores of each row begin.
    starts: Vec<usize>,
    scores: Vec<f32>,
}

impl<'b> Ways<'b> {
    /// `score(i, j, kind)` judges a bead that begins at item `i` of the source and `j` of the target.
    pub(super) fn of(band: &'b Band, kinds: &'b [Kind], score: impl Fn(usize, usize, &Kind) -> f32 + Sync) -> Self {
        let row = |i: usize, scores: &mut Vec<f32>| {
            let (from, to) = band.rows[i];
            let start = scores.len();
            scores.resize(start + (to - from + 1) * kinds.len(), f32::NEG_INFINITY);
            for (j, here) in (from..=to).zip(scores[start..].chunks_exact_mut(kinds.len())) {
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
        };
        let count = band.rows.len();
        let mut all = 0;
        let starts = band.rows.iter().map(|(from, to)| {
            let here = all;
            all += (to - from + 1) * kinds.len();
            here
        });
        let starts = starts.collect();
        let mut scores = Vec::with_capacity(all);
        if count < MANY {
            (0..count).for_each(|i| row(i, &mut scores));
        } else {
            let part = |rows: &[usize]| {
                let mut scores = Vec::new();
                rows.iter().for_each(|&i| row(i, &mut scores));
                scores
            };
            let rows: Vec<usize> = (0..count).collect();
            let parts: Vec<Vec<f32>> = rows.par_chunks(MANY / 8).map(part).collect();
            parts.iter().for_each(|part| scores.extend(part));
        }
        Self { band, kinds, starts, scores }
    }

    /// Gives up every bead that stands in no way at most `slack` worse than the best.
    pub(super) fn within(mut self, slack: f32) -> Self {
        let (before, _) = forward(&self);
        let behind = backward(&self);
        let least = behind.at(0, 0) - slack;
        self.each(|i, j, kind, slot| {
            let &(a, b, _) = kind;
            // The best way itself stays: rounding is less than any slack. Beads alone cost nothing.
            if before.at(i, j) + *slot + behind.at(i + a, j + b) < least && a > 0 && b > 0 {
                *slot = f32::NEG_INFINITY;
            }
        });
        self
    }

    /// Judges anew every pair that is left.
    pub(super) fn judge(&mut self, score: impl Fn(usize, usize, &Kind) -> f32) {
        self.each(|i, j, kind, slot| {
            if kind.0 > 0 && kind.1 > 0 {
                *slot = score(i, j, kind);
            }
        });
    }

    /// Calls `take` with every pair that is left.
    pub(super) fn pairs(&mut self, mut take: impl FnMut(Bead)) {
        self.each(|i, j, &(a, b, _), _| {
            if a > 0 && b > 0 {
                take(Bead { source: i..i + a, target: j..j + b });
            }
        });
    }

    /// Calls `with` for every bead that is left: where it begins, its kind and its score.
    fn each(&mut self, mut with: impl FnMut(usize, usize, &Kind, &mut f32)) {
        let mut slots = self.scores.iter_mut();
        for (i, &(from, to)) in self.band.rows.iter().enumerate() {
            for j in from..=to {
                for (kind, slot) in self.kinds.iter().zip(&mut slots) {
                    if *slot > f32::NEG_INFINITY {
                        with(i - kind.0, j - kind.1, kind, slot);
                    }
                }
            }
        }
    }

    /// The best way, each bead with the probability that it is right if scores are logarithms of odds.
    pub(super) fn best(&self) -> Vec<Scored> {
        let (n, m) = self.band.ends();
        let (_, steps) = forward(self);
        let (before, behind) = (before(self), behind(self));
        let all = before.at(n, m);
        let scored = trace(n, m, |i, j| *steps.at(i, j)).into_iter().map(|bead| {
            let around = before.at(bead.source.start, bead.target.start) + behind.at(bead.source.end, bead.target.end);
            Scored { score: maths::exp(around + self.score(&bead) - all).clamp(0.0, 1.0), bead }
        });
        scored.collect()
    }

    /// The score of a bead.
    fn score(&self, bead: &Bead) -> f32 {
        let size = (bead.source.len(), bead.target.len());
        let kind = self.kinds.iter().position(|kind| (kind.0, kind.1) == size).expect("a bead is of a kind");
        self.ending(bead.source.end, bead.target.end)[kind]
    }

    /// The scores of the beads that end at a node, by kind.
    fn ending(&self, i: usize, j: usize) -> &[f32] {
        let at = self.starts[i] + (j - self.band.rows[i].0) * self.kinds.len();
        &self.scores[at..at + self.kinds.len()]
    }

    /// The score of the bead of the kind at `kind` that begins at a node; none if it leaves the band.
    fn beginning(&self, i: usize, j: usize, kind: usize) -> f32 {
        let (i, j) = (i + self.kinds[kind].0, j + self.kinds[kind].1);
        let inside = self.band.rows.get(i).is_some_and(|&(from, to)| (from..=to).contains(&j));
        if inside { self.ending(i, j)[kind] } else { f32::NEG_INFINITY }
    }
}

/// The best way through stretches, of which those with more than one are searched: `best` gives that of one of them, from
/// its place in the list and its band, counted from where it begins.
pub(super) fn best_of(
    stretches: &[Stretch],
    best: impl Fn(usize, &Stretch, &Band) -> Vec<Scored> + Sync,
) -> Vec<Scored> {
    let of = |(at, stretch): (usize, &Stretch)| match &stretch.band {
        Some(band) => {
            let best = best(at, stretch, band).into_iter();
            best.map(|Scored { bead, score }| Scored { bead: stretch.bead(bead), score }).collect()
        }
        None => {
            let bead = Bead { source: stretch.source.clone(), target: stretch.target.clone() };
            vec![Scored { bead, score: 1.0 }]
        }
    };
    if stretches.len() < MANY {
        return stretches.iter().enumerate().flat_map(of).collect();
    }
    let parts: Vec<Vec<Scored>> = stretches.par_iter().enumerate().map(of).collect();
    parts.concat()
}

/// The size of the last bead of the best row of beads up to each node.
type Steps = Grid<(u8, u8)>;

/// The highest score of a row of beads up to each node, and the size of its last bead.
fn forward(ways: &Ways<'_>) -> (Grid<f32>, Steps) {
    let band = ways.band;
    let mut best = Grid::of(&band.rows, f32::NEG_INFINITY);
    let mut steps = Grid::of(&band.rows, (0, 0));
    *best.slot(0, 0) = 0.0;
    for i in 0..band.rows.len() {
        let (from, to) = band.rows[i];
        for j in from..=to {
            let (mut top, mut step) = (*best.at(i, j), (0, 0));
            for (&(a, b, _), &score) in ways.kinds.iter().zip(ways.ending(i, j)) {
                if score > f32::NEG_INFINITY {
                    let here = best.at(i - a, j - b) + score;
                    if here > top {
                        (top, step) = (here, (a as u8, b as u8));
                    }
                }
            }
            (*best.slot(i, j), *steps.slot(i, j)) = (top, step);
        }
    }
    (best, steps)
}

/// The highest score of a row of beads from each node to the end.
fn backward(ways: &Ways<'_>) -> Grid<f32> {
    let band = ways.band;
    let (n, m) = band.ends();
    let mut best = Grid::of(&band.rows, f32::NEG_INFINITY);
    *best.slot(n, m) = 0.0;
    for i in (0..=n).rev() {
        let (from, to) = band.rows[i];
        for j in (from..=to).rev() {
            let behind = *best.at(i, j);
            if behind == f32::NEG_INFINITY {
                continue;
            }
            for (&(a, b, _), &score) in ways.kinds.iter().zip(ways.ending(i, j)) {
                if score > f32::NEG_INFINITY {
                    let before = best.slot(i - a, j - b);
                    *before = before.max(behind + score);
                }
            }
        }
    }
    best
}

/// The logarithm of the summed odds of all rows of beads from the beginning to each node.
fn before(ways: &Ways<'_>) -> Grid<f32> {
    let band = ways.band;
    let mut sums = Grid::of(&band.rows, f32::NEG_INFINITY);
    *sums.slot(0, 0) = 0.0;
    let mut terms: Vec<f32> = Vec::with_capacity(ways.kinds.len());
    for i in 0..band.rows.len() {
        let (from, to) = band.rows[i];
        for j in from..=to {
            if (i, j) == (0, 0) {
                continue;
            }
            terms.clear();
            for (&(a, b, _), &score) in ways.kinds.iter().zip(ways.ending(i, j)) {
                if score > f32::NEG_INFINITY {
                    terms.push(sums.at(i - a, j - b) + score);
                }
            }
            *sums.slot(i, j) = maths::log_sum_exp(&terms);
        }
    }
    sums
}

/// The same from each node to the end.
fn behind(ways: &Ways<'_>) -> Grid<f32> {
    let band = ways.band;
    let (n, m) = band.ends();
    let mut sums = Grid::of(&band.rows, f32::NEG_INFINITY);
    let mut terms: Vec<f32> = Vec::with_capacity(ways.kinds.len());
    for i in (0..=n).rev() {
        let (from, to) = band.rows[i];
        for j in (from..=to).rev() {
            if (i, j) == (n, m) {
                *sums.slot(i, j) = 0.0;
                continue;
            }
            terms.clear();
            for (at, &(a, b, _)) in ways.kinds.iter().enumerate() {
                let score = ways.beginning(i, j, at);
                if score > f32::NEG_INFINITY {
                    terms.push(sums.at(i + a, j + b) + score);
                }
            }
            *sums.slot(i, j) = maths::log_sum_exp(&terms);
        }
    }
    sums
}

/// The nodes through which a row of beads leads that is at most `slack` worse than the best one.
pub(super) fn plausible(
    band: &Band,
    kinds: &[Kind],
    slack: f32,
    score: impl Fn(usize, usize, &Kind) -> f32 + Sync,
) -> (Vec<Bead>, Band) {
    let ways = Ways::of(band, kinds, score);
    let (forward, steps) = forward(&ways);
    let backward = backward(&ways);
    let (n, m) = band.ends();
    let beads = trace(n, m, |i, j| *steps.at(i, j));
    let mut best = beads.iter().map(|bead| (bead.source.end, bead.target.end)).peekable();
    let mut node = 0;
    let least = backward.at(0, 0) - slack;
    let (mut rows, mut open) = (Vec::with_capacity(n + 1), Vec::with_capacity(n + 1));
    for i in 0..=n {
        let here = forward.row(i).iter().zip(backward.row(i));
        let mut good: Vec<bool> = here.map(|(forward, backward)| forward + backward >= least).collect();
        let from = band.rows[i].0;
        good[0] |= i == 0;
        // Rounding may hide the very best way.
        while let Some((_, j)) = best.next_if(|node| node.0 == i) {
            good[j - from] = true;
            node = j;
        }
        // A bead may go over a row; that has a node all the same, a closed one, near the best way.
        let first = good.iter().position(|good| *good).unwrap_or(node.saturating_sub(from));
        let last = good.iter().rposition(|good| *good).unwrap_or(first);
        rows.push((from + first, from + last));
        open.push(good[first..=last].to_vec());
    }
    (beads, Band::of(rows, open))
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
