//! The lattice of two texts: the nodes of a band, and as edges the beads that lead from one node to another.

use rayon::prelude::*;

use super::band::Band;
use super::bead::{Bead, BeadKind};

/// Rows of a band from which on its edges are scored in parallel.
const PARALLEL_ROWS: usize = 1000;
/// Rows that are scored together then.
const ROWS_TOGETHER: usize = 125;

/// The scores of the edges of a band. They stand by the row and the node where the bead ends, then by kind; minus infinity
/// where there is no edge.
pub(super) struct Lattice<'b> {
    pub(super) band: &'b Band,
    pub(super) kinds: &'b [BeadKind],
    /// Where the scores of each row begin.
    starts: Vec<usize>,
    scores: Vec<f32>,
}

impl<'b> Lattice<'b> {
    /// `score` judges a bead of a kind.
    pub(super) fn new(band: &'b Band, kinds: &'b [BeadKind], score: impl Fn(&Bead, &BeadKind) -> f32 + Sync) -> Self {
        let mut starts = Vec::with_capacity(band.rows.len());
        let mut size = 0;
        for (from, to) in &band.rows {
            starts.push(size);
            size += (to - from + 1) * kinds.len();
        }
        let mut scores = vec![f32::NEG_INFINITY; size];
        if band.rows.len() < PARALLEL_ROWS {
            score_rows(band, kinds, 0, &score, &mut scores);
        } else {
            let mut parts = Vec::new();
            let mut rest = &mut scores[..];
            for first in (0..band.rows.len()).step_by(ROWS_TOGETHER) {
                let end = starts.get(first + ROWS_TOGETHER).copied().unwrap_or(size);
                let (part, after) = rest.split_at_mut(end - starts[first]);
                parts.push((first, part));
                rest = after;
            }
            parts.into_par_iter().for_each(|(first, part)| score_rows(band, kinds, first, &score, part));
        }
        Self { band, kinds, starts, scores }
    }

    /// Scores every pair that is left again.
    pub(super) fn rescore_pairs(&mut self, score: impl Fn(&Bead, &BeadKind) -> f32) {
        self.for_each_edge(|bead, kind, slot| {
            if kind.is_pair() {
                *slot = score(bead, kind);
            }
        });
    }

    /// Calls `take` with every pair that is left.
    pub(super) fn for_each_pair(&mut self, mut take: impl FnMut(&Bead)) {
        self.for_each_edge(|bead, kind, _| {
            if kind.is_pair() {
                take(bead);
            }
        });
    }

    /// Calls `take` with the bead of every edge that is left, in the order of [`for_each_edge`](Self::for_each_edge).
    pub(super) fn for_each_bead(&self, mut take: impl FnMut(&Bead)) {
        let mut slots = self.scores.iter();
        for (i, &(from, to)) in self.band.rows.iter().enumerate() {
            for j in from..=to {
                for (kind, slot) in self.kinds.iter().zip(&mut slots) {
                    if *slot > f32::NEG_INFINITY {
                        take(&kind.bead_from(i - kind.source, j - kind.target));
                    }
                }
            }
        }
    }

    /// Calls `with` for every edge that is left: its bead, the kind of that, and its score.
    pub(super) fn for_each_edge(&mut self, mut with: impl FnMut(&Bead, &BeadKind, &mut f32)) {
        let mut slots = self.scores.iter_mut();
        for (i, &(from, to)) in self.band.rows.iter().enumerate() {
            for j in from..=to {
                for (kind, slot) in self.kinds.iter().zip(&mut slots) {
                    if *slot > f32::NEG_INFINITY {
                        with(&kind.bead_from(i - kind.source, j - kind.target), kind, slot);
                    }
                }
            }
        }
    }

    /// The score of a bead.
    pub(super) fn score(&self, bead: &Bead) -> f32 {
        let is_its = |kind: &BeadKind| (kind.source, kind.target) == (bead.source.len(), bead.target.len());
        let kind = self.kinds.iter().position(is_its).expect("a bead is of a kind");
        self.incoming(bead.source.end, bead.target.end)[kind]
    }

    /// The scores of the edges that end at a node, by kind.
    pub(super) fn incoming(&self, i: usize, j: usize) -> &[f32] {
        let at = self.starts[i] + (j - self.band.rows[i].0) * self.kinds.len();
        &self.scores[at..at + self.kinds.len()]
    }

    /// The score of the edge of the kind at `kind` that begins at a node; minus infinity if it leaves the band.
    pub(super) fn outgoing(&self, i: usize, j: usize, kind: usize) -> f32 {
        let (i, j) = (i + self.kinds[kind].source, j + self.kinds[kind].target);
        let inside = self.band.rows.get(i).is_some_and(|&(from, to)| (from..=to).contains(&j));
        if inside { self.incoming(i, j)[kind] } else { f32::NEG_INFINITY }
    }
}

/// Scores the edges that end in rows, from the first one on and as far as there is room.
fn score_rows(
    band: &Band,
    kinds: &[BeadKind],
    first: usize,
    score: &impl Fn(&Bead, &BeadKind) -> f32,
    mut scores: &mut [f32],
) {
    for (i, &(from, to)) in band.rows.iter().enumerate().skip(first) {
        if scores.is_empty() {
            return;
        }
        let (row, rest) = scores.split_at_mut((to - from + 1) * kinds.len());
        scores = rest;
        for (j, slots) in (from..=to).zip(row.chunks_exact_mut(kinds.len())).filter(|(j, _)| band.has(i, *j)) {
            for (kind, slot) in kinds.iter().zip(slots) {
                let &BeadKind { source: a, target: b, .. } = kind;
                if i >= a && j >= b && band.has(i - a, j - b) {
                    *slot = score(&kind.bead_from(i - a, j - b), kind);
                }
            }
        }
    }
}
