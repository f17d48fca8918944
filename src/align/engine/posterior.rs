//! How probable a bead is: the forward–backward algorithm, over scores that are logarithms of odds.

use super::bead::Bead;
use super::grid::Grid;
use super::lattice::Lattice;
use crate::maths;

/// The summed odds of all paths, as logarithms.
pub(super) struct Posterior<'l> {
    lattice: &'l Lattice<'l>,
    /// Of those from the first node to each.
    forward: Grid<f32>,
    /// Of those from each node to the last.
    backward: Grid<f32>,
    /// Of those from the first node to the last.
    total: f32,
}

impl<'l> Posterior<'l> {
    pub(super) fn new(lattice: &'l Lattice<'l>) -> Self {
        let (n, m) = lattice.band.end();
        let forward = forward(lattice);
        let total = *forward.get(n, m);
        Self { lattice, forward, backward: backward(lattice), total }
    }

    /// The probability that a path goes through a bead.
    pub(super) fn of(&self, bead: &Bead) -> f32 {
        let before = self.forward.get(bead.source.start, bead.target.start);
        let after = self.backward.get(bead.source.end, bead.target.end);
        maths::exp(before + after + self.lattice.score(bead) - self.total).clamp(0.0, 1.0)
    }
}

fn forward(lattice: &Lattice<'_>) -> Grid<f32> {
    let band = lattice.band;
    let mut sums = Grid::filled(&band.rows, f32::NEG_INFINITY);
    *sums.get_mut(0, 0) = 0.0;
    let mut terms: Vec<f32> = Vec::with_capacity(lattice.kinds.len());
    for (i, &(from, to)) in band.rows.iter().enumerate() {
        for j in from..=to {
            if (i, j) == (0, 0) {
                continue;
            }
            terms.clear();
            for (kind, &score) in lattice.kinds.iter().zip(lattice.incoming(i, j)) {
                if score > f32::NEG_INFINITY {
                    terms.push(sums.get(i - kind.source, j - kind.target) + score);
                }
            }
            *sums.get_mut(i, j) = maths::log_sum_exp(&terms);
        }
    }
    sums
}

fn backward(lattice: &Lattice<'_>) -> Grid<f32> {
    let band = lattice.band;
    let (n, m) = band.end();
    let mut sums = Grid::filled(&band.rows, f32::NEG_INFINITY);
    *sums.get_mut(n, m) = 0.0;
    let mut terms: Vec<f32> = Vec::with_capacity(lattice.kinds.len());
    for (i, &(from, to)) in band.rows.iter().enumerate().rev() {
        for j in (from..=to).rev() {
            if (i, j) == (n, m) {
                continue;
            }
            terms.clear();
            for (at, kind) in lattice.kinds.iter().enumerate() {
                let score = lattice.outgoing(i, j, at);
                if score > f32::NEG_INFINITY {
                    terms.push(sums.get(i + kind.source, j + kind.target) + score);
                }
            }
            *sums.get_mut(i, j) = maths::log_sum_exp(&terms);
        }
    }
    sums
}
