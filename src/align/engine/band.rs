//! The part of the table of two texts that is looked at.

use std::ops::Range;

use super::path::Kind;
use super::{Bead, behind};

/// Nodes of the table: how many items of either text have been gone through.
pub(super) struct Band {
    /// First and last node for every number of source items gone through; both rise.
    pub(super) rows: Vec<(usize, usize)>,
    /// Which nodes of each row may be gone through; all where there is no list.
    open: Vec<Vec<bool>>,
}

/// For every item of two texts the items of the other one with which it may stand in a bead, and those between.
pub(super) struct Windows([Vec<Range<usize>>; 2]);

impl Windows {
    /// None yet, of texts with so many items.
    pub(super) fn none(items: [usize; 2]) -> Self {
        Self(items.map(|count| vec![0..0; count]))
    }

    /// Opens those of the items of a room to all that a band leaves them.
    pub(super) fn open(&mut self, room: &Bead, band: &Band) {
        let (n, m) = band.ends();
        let [first, second] = &mut self.0;
        for (window, i) in first[room.source.clone()].iter_mut().zip(0..n) {
            *window = behind(band.rows[i].0..band.rows[i + 1].1, room.target.start);
        }
        let columns = band.columns(m);
        for (window, j) in second[room.target.clone()].iter_mut().zip(0..m) {
            *window = behind(columns[j].0..columns[j + 1].1, room.source.start);
        }
    }

    /// Widens them by a bead.
    pub(super) fn widen(&mut self, bead: &Bead) {
        for side in [0, 1] {
            for window in &mut self.0[side][bead.side(side)] {
                let by = bead.side(1 - side);
                let both = window.start.min(by.start)..window.end.max(by.end);
                *window = if window.start == window.end { by } else { both };
            }
        }
    }

    /// The window of an item of a side.
    pub(super) fn of(&self, side: usize, item: usize) -> Range<usize> {
        self.0[side][item].clone()
    }
}

/// A part of a band that every way enters at one node and leaves at another.
pub(super) struct Stretch {
    /// The items of the source and of the target.
    pub(super) source: Range<usize>,
    /// The items of the target.
    pub(super) target: Range<usize>,
    /// The nodes, counted from where the stretch begins; none where there is one way, of one bead.
    pub(super) band: Option<Band>,
}

impl Stretch {
    /// A bead of the whole from one that is counted from where the stretch begins.
    pub(super) fn bead(&self, bead: Bead) -> Bead {
        bead.behind(self.source.start, self.target.start)
    }
}

impl Band {
    /// Every node between a first and a last one in each row.
    pub(super) fn between(rows: Vec<(usize, usize)>) -> Self {
        Self { rows, open: Vec::new() }
    }

    /// The same, but of each row only some nodes.
    pub(super) fn of(rows: Vec<(usize, usize)>, open: Vec<Vec<bool>>) -> Self {
        Self { rows, open }
    }

    /// The whole table.
    pub(super) fn whole(n: usize, m: usize) -> Self {
        Self::between(vec![(0, m); n + 1])
    }

    pub(super) fn has(&self, i: usize, j: usize) -> bool {
        let (from, to) = self.rows[i];
        (from..=to).contains(&j) && self.open.get(i).is_none_or(|open| open[j - from])
    }

    /// The nodes of a row.
    fn row(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> {
        let (from, to) = self.rows[i];
        (from..=to).filter(move |j| self.has(i, *j))
    }

    /// Numbers of items of both texts.
    pub(super) fn ends(&self) -> (usize, usize) {
        let n = self.rows.len() - 1;
        (n, self.rows[n].1)
    }

    /// Calls `take` with every pair of some kinds from node to node.
    pub(super) fn pairs(&self, kinds: &[Kind], mut take: impl FnMut(Bead)) {
        let (n, m) = self.ends();
        for i in 0..=n {
            for j in self.row(i) {
                for &(a, b, _) in kinds {
                    if a > 0 && b > 0 && i + a <= n && j + b <= m && self.has(i + a, j + b) {
                        take(Bead { source: i..i + a, target: j..j + b });
                    }
                }
            }
        }
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

    /// The band in parts, each between two nodes that every way goes through, in order. All its nodes must lie on some
    /// way.
    pub(super) fn stretches(&self, kinds: &[Kind]) -> Vec<Stretch> {
        let (n, m) = self.ends();
        let mut gates = Gates { alone: vec![0u8; n + m + 1], crossed: vec![0i32; n + m + 2] };
        let mut nodes = vec![(0, 0); n + m + 1];
        for i in 0..=n {
            for j in self.row(i) {
                gates.alone[i + j] = gates.alone[i + j].saturating_add(1);
                nodes[i + j] = (i, j);
                for &(a, b, _) in kinds {
                    if i + a <= n && j + b <= m && self.has(i + a, j + b) {
                        gates.cross(i + j, i + j + a + b);
                    }
                }
            }
        }
        let through: Vec<(usize, usize)> = gates.open().map(|sum| nodes[sum]).collect();
        through.windows(2).map(|pair| self.stretch(pair[0], pair[1])).collect()
    }

    fn stretch(&self, (i, j): (usize, usize), (k, l): (usize, usize)) -> Stretch {
        let cut = |row: usize| {
            let (from, to) = self.rows[row];
            (from.max(j), to.min(l))
        };
        let inside = |row: usize| {
            let (from, to) = cut(row);
            (from..=to).map(move |node| self.has(row, node))
        };
        let nodes: usize = (i..=k).map(|row| inside(row).filter(|open| *open).count()).sum();
        let band = || {
            let shifted = |row: usize| (cut(row).0 - j, cut(row).1 - j);
            Self::of((i..=k).map(shifted).collect(), (i..=k).map(|row| inside(row).collect()).collect())
        };
        Stretch { source: i..k, target: j..l, band: (nodes > 2).then(band) }
    }
}

/// Which sums of items gone through every way has at one node.
struct Gates {
    /// How many nodes have a sum.
    alone: Vec<u8>,
    /// How many more beads go over a sum than over the one before.
    crossed: Vec<i32>,
}

impl Gates {
    /// Takes a bead from one sum to another.
    fn cross(&mut self, from: usize, to: usize) {
        self.crossed[from + 1] += 1;
        self.crossed[to] -= 1;
    }

    /// The sums that one node has and no bead goes over.
    fn open(self) -> impl Iterator<Item = usize> {
        let mut over = 0;
        let crossed = self.crossed.into_iter().map(move |more| {
            over += more;
            over
        });
        let sums = self.alone.into_iter().zip(crossed).enumerate();
        sums.filter(|(_, (alone, over))| (*alone, *over) == (1, 0)).map(|(sum, _)| sum)
    }
}
