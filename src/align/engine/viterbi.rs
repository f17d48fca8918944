//! The best path through a lattice (Viterbi).

use super::bead::Bead;
use super::grid::Grid;
use super::lattice::Lattice;

/// The size of the last bead of the best path to each node.
pub(super) type Backpointers = Grid<(u8, u8)>;

/// The score of the best path from the first node to each, and its last bead.
pub(super) fn best_to(lattice: &Lattice<'_>) -> (Grid<f32>, Backpointers) {
    let band = lattice.band;
    let mut best = Grid::filled(&band.rows, f32::NEG_INFINITY);
    let mut backpointers = Grid::filled(&band.rows, (0, 0));
    *best.get_mut(0, 0) = 0.0;
    for (i, &(from, to)) in band.rows.iter().enumerate() {
        for j in from..=to {
            let (mut top, mut backpointer) = (*best.get(i, j), (0, 0));
            for (kind, &score) in lattice.kinds.iter().zip(lattice.incoming(i, j)) {
                if score > f32::NEG_INFINITY {
                    let here = best.get(i - kind.source, j - kind.target) + score;
                    if here > top {
                        (top, backpointer) = (here, (kind.source as u8, kind.target as u8));
                    }
                }
            }
            *best.get_mut(i, j) = top;
            *backpointers.get_mut(i, j) = backpointer;
        }
    }
    (best, backpointers)
}

/// How many items of the target have been gone through at the best node of the last row, wherever the text ends.
pub(super) fn best_end(lattice: &Lattice<'_>) -> usize {
    let (best, _) = best_to(lattice);
    let (n, _) = lattice.band.end();
    let (mut end, mut top) = (lattice.band.rows[n].0, f32::NEG_INFINITY);
    for (j, &score) in (end..).zip(best.row(n)) {
        if score > top {
            (end, top) = (j, score);
        }
    }
    end
}

/// The score of the best path from each node to the last.
pub(super) fn best_from(lattice: &Lattice<'_>) -> Grid<f32> {
    let band = lattice.band;
    let (n, m) = band.end();
    let mut best = Grid::filled(&band.rows, f32::NEG_INFINITY);
    *best.get_mut(n, m) = 0.0;
    for (i, &(from, to)) in band.rows.iter().enumerate().rev() {
        for j in (from..=to).rev() {
            let rest = *best.get(i, j);
            if rest == f32::NEG_INFINITY {
                continue;
            }
            for (kind, &score) in lattice.kinds.iter().zip(lattice.incoming(i, j)) {
                if score > f32::NEG_INFINITY {
                    let best = best.get_mut(i - kind.source, j - kind.target);
                    *best = best.max(rest + score);
                }
            }
        }
    }
    best
}

/// The beads of the best path to the last node.
pub(super) fn trace_back((n, m): (usize, usize), backpointers: &Backpointers) -> Vec<Bead> {
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::new();
    while i + j > 0 {
        let &(a, b) = backpointers.get(i, j);
        let (a, b) = (usize::from(a), usize::from(b));
        assert!(a + b > 0, "a band leads from corner to corner");
        beads.push(Bead { source: i - a..i, target: j - b..j });
        i -= a;
        j -= b;
    }
    beads.reverse();
    beads
}
