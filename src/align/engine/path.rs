//! The best way through two texts: a row of beads, by dynamic programming within a band.

use rayon::prelude::*;

use super::band::{Band, Stretch};
use super::grid::Grid;
use super::{Bead, Scored};

/// Most items on a side of a bead.
pub(super) const MOST: usize = 6;

/// A kind of bead: items of the source, items of the target, logarithm of its prior probability.
pub(super) type Kind = (usize, usize, f32);

/// Rows of a band from which on the work is shared among the cores.
const MANY: usize = 1000;

/// What every bead of a band is worth, by the row and the node where it ends, then by kind.
struct Judged<'b> {
    band: &'b Band,
    kinds: &'b [Kind],
    /// Where the scores of each row begin.
    starts: Vec<usize>,
    scores: Vec<f32>,
}

impl<'b> Judged<'b> {
    fn of(band: &'b Band, kinds: &'b [Kind], score: impl Fn(usize, usize, &Kind) -> f32 + Sync) -> Self {
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
        let mut scores = Vec::new();
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
            scores = parts.concat();
        }
        let mut start = 0;
        let starts = band.rows.iter().map(|(from, to)| {
            let here = start;
            start += (to - from + 1) * kinds.len();
            here
        });
        Self { band, kinds, starts: starts.collect(), scores }
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

/// Finds the row of beads with the highest score. `score(i, j, kind)` judges a bead that begins at item `i` of the source
/// and `j` of the target. Each bead comes with the probability that it is right if scores are logarithms of odds.
pub(super) fn best(band: &Band, kinds: &[Kind], score: impl Fn(usize, usize, &Kind) -> f32 + Sync) -> Vec<Scored> {
    let judged = Judged::of(band, kinds, score);
    let (n, m) = band.ends();
    let steps = steps(&judged);
    let beads = trace(n, m, |i, j| *steps.at(i, j));
    let (before, behind) = (before(&judged), behind(&judged));
    let all = before.at(n, m);
    let scored = beads.into_iter().map(|bead| {
        let size = (bead.source.len(), bead.target.len());
        let kind = kinds.iter().position(|kind| (kind.0, kind.1) == size).expect("a bead is of a kind");
        let here = judged.ending(bead.source.end, bead.target.end)[kind];
        let around = before.at(bead.source.start, bead.target.start) + behind.at(bead.source.end, bead.target.end);
        Scored { score: (around + here - all).exp().clamp(0.0, 1.0), bead }
    });
    scored.collect()
}

/// The same in stretches, of which those with more than one way are searched.
pub(super) fn best_of(
    stretches: &[Stretch],
    kinds: &[Kind],
    score: impl Fn(usize, usize, &Kind) -> f32 + Sync,
) -> Vec<Scored> {
    let of = |stretch: &Stretch| {
        let (i, j) = (stretch.source.start, stretch.target.start);
        match &stretch.band {
            Some(band) => {
                let best = best(band, kinds, |a, b, kind| score(i + a, j + b, kind));
                best.into_iter().map(|Scored { bead, score }| Scored { bead: bead.behind(i, j), score }).collect()
            }
            None => {
                let bead = Bead { source: stretch.source.clone(), target: stretch.target.clone() };
                vec![Scored { bead, score: 1.0 }]
            }
        }
    };
    if stretches.len() < MANY {
        return stretches.iter().flat_map(of).collect();
    }
    let parts: Vec<Vec<Scored>> = stretches.par_iter().map(of).collect();
    parts.concat()
}

/// The size of the last bead of the best row of beads up to each node.
fn steps(judged: &Judged<'_>) -> Grid<(u8, u8)> {
    let band = judged.band;
    let mut best = Grid::of(&band.rows, f32::NEG_INFINITY);
    let mut steps = Grid::of(&band.rows, (0, 0));
    *best.slot(0, 0) = 0.0;
    for i in 0..band.rows.len() {
        let (from, to) = band.rows[i];
        for j in from..=to {
            let (mut top, mut step) = (*best.at(i, j), (0, 0));
            for (&(a, b, _), &score) in judged.kinds.iter().zip(judged.ending(i, j)) {
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
fn before(judged: &Judged<'_>) -> Grid<f32> {
    let band = judged.band;
    let mut sums = Grid::of(&band.rows, f32::NEG_INFINITY);
    *sums.slot(0, 0) = 0.0;
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
                    terms.push(sums.at(i - a, j - b) + score);
                }
            }
            *sums.slot(i, j) = logarithm_of_sum(&terms);
        }
    }
    sums
}

/// The same from each node to the end.
fn behind(judged: &Judged<'_>) -> Grid<f32> {
    let band = judged.band;
    let (n, m) = band.ends();
    let mut sums = Grid::of(&band.rows, f32::NEG_INFINITY);
    let mut terms: Vec<f32> = Vec::with_capacity(judged.kinds.len());
    for i in (0..=n).rev() {
        let (from, to) = band.rows[i];
        for j in (from..=to).rev() {
            if (i, j) == (n, m) {
                *sums.slot(i, j) = 0.0;
                continue;
            }
            terms.clear();
            for (at, &(a, b, _)) in judged.kinds.iter().enumerate() {
                let score = judged.beginning(i, j, at);
                if score > f32::NEG_INFINITY {
                    terms.push(sums.at(i + a, j + b) + score);
                }
            }
            *sums.slot(i, j) = logarithm_of_sum(&terms);
        }
    }
    sums
}

/// The highest score of a row of beads up to each node, and the size of its last bead.
fn forward(band: &Band, kinds: &[Kind], score: &mut impl FnMut(usize, usize, &Kind) -> f32) -> Grid<(f32, (u8, u8))> {
    let mut best = Grid::of(&band.rows, (f32::NEG_INFINITY, (0, 0)));
    best.slot(0, 0).0 = 0.0;
    for i in 0..band.rows.len() {
        let (from, to) = band.rows[i];
        for j in from..=to {
            if !band.has(i, j) {
                continue;
            }
            let mut top = *best.at(i, j);
            for kind in kinds {
                let &(a, b, _) = kind;
                if i < a || j < b || !band.has(i - a, j - b) {
                    continue;
                }
                let before = best.at(i - a, j - b).0;
                if before > f32::NEG_INFINITY {
                    let here = before + score(i - a, j - b, kind);
                    if here > top.0 {
                        top = (here, (a as u8, b as u8));
                    }
                }
            }
            *best.slot(i, j) = top;
        }
    }
    best
}

/// The highest score of a row of beads from each node to the end.
fn backward(band: &Band, kinds: &[Kind], score: &mut impl FnMut(usize, usize, &Kind) -> f32) -> Grid<f32> {
    let (n, m) = band.ends();
    let mut best = Grid::of(&band.rows, f32::NEG_INFINITY);
    *best.slot(n, m) = 0.0;
    for i in (0..=n).rev() {
        let (from, to) = band.rows[i];
        for j in (from..=to).rev() {
            let mut top = *best.at(i, j);
            for kind in kinds {
                let &(a, b, _) = kind;
                if i + a > n || j + b > m || !band.has(i + a, j + b) {
                    continue;
                }
                let behind = *best.at(i + a, j + b);
                if behind > f32::NEG_INFINITY {
                    top = top.max(behind + score(i, j, kind));
                }
            }
            *best.slot(i, j) = top;
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
    let beads = trace(n, m, |i, j| forward.at(i, j).1);
    let mut best = beads.iter().map(|bead| (bead.source.end, bead.target.end)).peekable();
    let mut node = 0;
    let least = backward.at(0, 0) - slack;
    let (mut rows, mut open) = (Vec::with_capacity(n + 1), Vec::with_capacity(n + 1));
    for i in 0..=n {
        let here = forward.row(i).iter().zip(backward.row(i));
        let mut good: Vec<bool> = here.map(|(forward, backward)| forward.0 + backward >= least).collect();
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
