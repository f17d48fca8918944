//! Beam pruning: what of a lattice is not so much worse than the best path that nothing closer need be known of it.

use super::band::Band;
use super::bead::Bead;
use super::lattice::Lattice;
use super::viterbi;

/// Removes every pair that no path at most `beam` worse than the best goes through.
pub(super) fn prune_pairs(lattice: &mut Lattice<'_>, beam: f32) {
    let (to, _) = viterbi::best_to(lattice);
    let from = viterbi::best_from(lattice);
    let least = from.get(0, 0) - beam;
    lattice.for_each_edge(|bead, kind, slot| {
        let before = to.get(bead.source.start, bead.target.start);
        let after = from.get(bead.source.end, bead.target.end);
        // The best path itself stays: rounding is less than any beam. Unaligned items cost nothing to score.
        if before + *slot + after < least && kind.is_pair() {
            *slot = f32::NEG_INFINITY;
        }
    });
}

/// The beads of the best path, and the nodes through which a path leads that is at most `beam` worse.
pub(super) fn plausible(lattice: &Lattice<'_>, beam: f32) -> (Vec<Bead>, Band) {
    let (to, backpointers) = viterbi::best_to(lattice);
    let from = viterbi::best_from(lattice);
    let (n, m) = lattice.band.end();
    let beads = viterbi::trace_back((n, m), &backpointers);
    let mut best = beads.iter().map(|bead| (bead.source.end, bead.target.end)).peekable();
    let mut column = 0;
    let least = from.get(0, 0) - beam;
    let (mut rows, mut open) = (Vec::with_capacity(n + 1), Vec::with_capacity(n + 1));
    for i in 0..=n {
        let scores = to.row(i).iter().zip(from.row(i));
        let mut plausible: Vec<bool> = scores.map(|(to, from)| to + from >= least).collect();
        let start = lattice.band.rows[i].0;
        plausible[0] |= i == 0;
        // Rounding may hide the best path itself.
        while let Some((_, j)) = best.next_if(|node| node.0 == i) {
            plausible[j - start] = true;
            column = j;
        }
        // A bead may pass over a row; that has a node all the same, a closed one, near the best path.
        let first = plausible.iter().position(|open| *open).unwrap_or(column.saturating_sub(start));
        let last = plausible.iter().rposition(|open| *open).unwrap_or(first);
        rows.push((start + first, start + last));
        open.push(plausible[first..=last].to_vec());
    }
    (beads, Band::with_open(rows, open))
}
