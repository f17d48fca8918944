//! The best way through two texts: a row of beads, by dynamic programming within a band.

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

    /// What lies in rooms that follow one another from corner to corner.
    pub(super) fn of_rooms(rooms: &[Bead], (n, m): (usize, usize)) -> Self {
        let mut rows = vec![(usize::MAX, 0); n + 1];
        for room in rooms {
            for row in &mut rows[room.source.start..=room.source.end] {
                *row = (row.0.min(room.target.start), row.1.max(room.target.end));
            }
        }
        if rooms.is_empty() {
            rows[0] = (0, m);
        }
        Self::between(rows)
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
    fn ends(&self) -> (usize, usize) {
        let n = self.rows.len() - 1;
        (n, self.rows[n].1)
    }

    /// A value for every node.
    fn table<T: Clone>(&self, value: T) -> Vec<Vec<T>> {
        self.rows.iter().map(|(from, to)| vec![value.clone(); to - from + 1]).collect()
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

/// Finds the row of beads with the highest score. `score(i, j, kind)` judges a bead that begins at item `i` of the source
/// and `j` of the target. Each bead comes with the probability that it is right if scores, divided by `temperature`, are
/// logarithms of odds.
pub(super) fn best(
    band: &Band,
    kinds: &[Kind],
    temperature: f32,
    score: impl Fn(usize, usize, &Kind) -> f32 + Sync,
) -> Vec<Scored> {
    let judge = |i: usize| {
        let ends = (band.rows[i].0..=band.rows[i].1).flat_map(|j| kinds.iter().map(move |kind| (j, kind)));
        let judge = |(j, kind): (usize, &Kind)| {
            let &(a, b, _) = kind;
            let leads = i >= a && j >= b && band.has(i, j) && band.has(i - a, j - b);
            if leads { score(i - a, j - b, kind) } else { f32::NEG_INFINITY }
        };
        ends.map(judge).collect::<Vec<f32>>()
    };
    let judged: Vec<Vec<f32>> = (0..band.rows.len()).into_par_iter().map(judge).collect();
    let place = |kind: &Kind| kinds.iter().position(|other| (other.0, other.1) == (kind.0, kind.1)).unwrap_or(0);
    let judged = |i: usize, j: usize, kind: &Kind| {
        let (i, j) = (i + kind.0, j + kind.1);
        judged[i][(j - band.rows[i].0) * kinds.len() + place(kind)]
    };
    let forward = forward(band, kinds, &mut |i, j, kind| judged(i, j, kind));
    let (n, m) = band.ends();
    let beads = trace(n, m, |i, j| forward[i][j - band.rows[i].0].1);
    let odds = |i: usize, j: usize, kind: &Kind| judged(i, j, kind) / temperature;
    let (before, behind) = (sums(band, kinds, false, odds), sums(band, kinds, true, odds));
    let at = |table: &[Vec<f32>], i: usize, j: usize| table[i][j - band.rows[i].0];
    let all = at(&before, n, m);
    let scored = beads.into_iter().map(|bead| {
        let kind = (bead.source.len(), bead.target.len(), 0.0);
        let here = odds(bead.source.start, bead.target.start, &kind);
        let around = at(&before, bead.source.start, bead.target.start) + at(&behind, bead.source.end, bead.target.end);
        Scored { score: (around + here - all).exp().clamp(0.0, 1.0), bead }
    });
    scored.collect()
}

/// The logarithm of the summed odds of all rows of beads from the beginning to each node, or from each node to the end.
fn sums(band: &Band, kinds: &[Kind], back: bool, odds: impl Fn(usize, usize, &Kind) -> f32) -> Vec<Vec<f32>> {
    let (n, m) = band.ends();
    let mut sums = band.table(f32::NEG_INFINITY);
    let mut terms: Vec<f32> = Vec::with_capacity(kinds.len());
    for step in 0..=n {
        let i = if back { n - step } else { step };
        let (from, to) = band.rows[i];
        for step in from..=to {
            let j = if back { to + from - step } else { step };
            if (i, j) == if back { (n, m) } else { (0, 0) } {
                sums[i][j - from] = 0.0;
                continue;
            }
            if !band.has(i, j) {
                continue;
            }
            terms.clear();
            for kind in kinds {
                let &(a, b, _) = kind;
                let (x, y) = if back { (i + a, j + b) } else { (i.wrapping_sub(a), j.wrapping_sub(b)) };
                if x <= n && y <= m && band.has(x, y) {
                    let (i, j) = if back { (i, j) } else { (x, y) };
                    terms.push(sums[x][y - band.rows[x].0] + odds(i, j, kind));
                }
            }
            let top = terms.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            if top > f32::NEG_INFINITY {
                sums[i][j - from] = top + terms.iter().map(|term| (term - top).exp()).sum::<f32>().ln();
            }
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
