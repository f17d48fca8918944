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
        let mut scores = Vec::with_capacity(size);
        if band.rows.len() < PARALLEL_ROWS {
            for i in 0..band.rows.len() {
                score_row(band, kinds, i, &score, &mut scores);
            }
        } else {
            let rows: Vec<usize> = (0..band.rows.len()).collect();
            let scored = rows.par_chunks(ROWS_TOGETHER).map(|rows| {
                let mut scores = Vec::new();
                for &i in rows {
                    score_row(band, kinds, i, &score, &mut scores);
                }
                scores
            });
            let parts: Vec<Vec<f32>> = scored.collect();
            scores.extend(parts.iter().flatten());
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

/// Scores the edges that end in a row.
fn score_row(
    band: &Band,
    kinds: &[BeadKind],
    i: usize,
    score: &impl Fn(&Bead, &BeadKind) -> f32,
    scores: &mut Vec<f32>,
) {
    let (from, to) = band.rows[i];
    let start = scores.len();
    scores.resize(start + (to - from + 1) * kinds.len(), f32::NEG_INFINITY);
    for (j, slots) in (from..=to).zip(scores[start..].chunks_exact_mut(kinds.len())) {
        if !band.has(i, j) {
            continue;
        }
        for (kind, slot) in kinds.iter().zip(slots) {
            let &BeadKind { source: a, target: b, .. } = kind;
            if i >= a && j >= b && band.has(i - a, j - b) {
                *slot = score(&kind.bead_from(i - a, j - b), kind);
            }
        }
    }
}
