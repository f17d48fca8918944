//! The part of the lattice of two texts that is searched.

use super::bead::{Bead, BeadKind};

/// Nodes of the lattice: how many items of either text have been gone through.
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

    /// The same, but of each row only the open nodes.
    pub(super) fn with_open(rows: Vec<(usize, usize)>, open: Vec<Vec<bool>>) -> Self {
        Self { rows, open }
    }

    /// All nodes of two texts of so many items.
    pub(super) fn full(n: usize, m: usize) -> Self {
        Self::between(vec![(0, m); n + 1])
    }

    /// The nodes of every row that another band of the same texts has too. Each must have some in every row.
    pub(super) fn within(self, other: &Band) -> Self {
        let both = |(mine, theirs): (&(usize, usize), &(usize, usize))| (mine.0.max(theirs.0), mine.1.min(theirs.1));
        Self::between(self.rows.iter().zip(&other.rows).map(both).collect())
    }

    /// The part between two nodes, counted from the first.
    pub(super) fn part(&self, (i, j): (usize, usize), (k, l): (usize, usize)) -> Self {
        let (mut rows, mut open) = (Vec::with_capacity(k - i + 1), Vec::with_capacity(k - i + 1));
        for row in i..=k {
            let (from, to) = self.rows[row];
            let (from, to) = (from.max(j), to.min(l));
            rows.push((from - j, to - j));
            open.push((from..=to).map(|node| self.has(row, node)).collect());
        }
        Self { rows, open }
    }

    pub(super) fn has(&self, i: usize, j: usize) -> bool {
        let (from, to) = self.rows[i];
        (from..=to).contains(&j) && self.open.get(i).is_none_or(|open| open[j - from])
    }

    /// The nodes of a row.
    pub(super) fn row(&self, i: usize) -> impl Iterator<Item = usize> {
        let (from, to) = self.rows[i];
        (from..=to).filter(move |j| self.has(i, *j))
    }

    /// The last node: the numbers of items of both texts.
    pub(super) fn end(&self) -> (usize, usize) {
        let n = self.rows.len() - 1;
        (n, self.rows[n].1)
    }

    /// Whether a bead of some kind leads from a node to another one of the band.
    pub(super) fn has_edge(&self, i: usize, j: usize, kind: &BeadKind) -> bool {
        let (n, m) = self.end();
        i + kind.source <= n && j + kind.target <= m && self.has(i + kind.source, j + kind.target)
    }

    /// Calls `take` with every pair of some kinds from node to node.
    pub(super) fn for_each_pair(&self, kinds: &[BeadKind], mut take: impl FnMut(Bead)) {
        for i in 0..self.rows.len() {
            for j in self.row(i) {
                for kind in kinds {
                    if kind.is_pair() && self.has_edge(i, j, kind) {
                        take(kind.bead_from(i, j));
                    }
                }
            }
        }
    }

    /// The same from the other side: for every number of target items the first and the last number of source items.
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
