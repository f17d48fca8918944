//! Beads: the items of one text and those of the other that translate each other.

use std::ops::Range;

/// Most items on a side of a bead.
pub(super) const MAX_SIDE: usize = 6;

/// Items that translate each other; either side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bead {
    /// Items of the source.
    pub source: Range<usize>,
    /// Items of the target.
    pub target: Range<usize>,
}

impl Bead {
    /// Whether both sides have something.
    pub fn is_pair(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }

    /// The items of the source (0) or of the target (1).
    pub(super) fn side(&self, side: usize) -> Range<usize> {
        if side == 0 { self.source.clone() } else { self.target.clone() }
    }

    pub(super) fn mirrored(self) -> Self {
        Self { source: self.target, target: self.source }
    }

    /// The same bead, so many items of the source and of the target later.
    pub(super) fn shifted(self, source: usize, target: usize) -> Self {
        Self { source: shifted(self.source, source), target: shifted(self.target, target) }
    }
}

/// Items, so many later.
pub(super) fn shifted(items: Range<usize>, by: usize) -> Range<usize> {
    items.start + by..items.end + by
}

/// A bead and the posterior probability that it is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The bead.
    pub bead: Bead,
    /// From 0 to 1.
    pub score: f32,
}

impl Scored {
    /// Takes in a bead that follows.
    pub(super) fn join(&mut self, next: &Bead) {
        self.bead.source.end = next.source.end;
        self.bead.target.end = next.target.end;
    }
}

/// A kind of bead.
#[derive(Debug, Clone, Copy)]
pub(in crate::align) struct BeadKind {
    /// How many items of the source it has.
    pub(in crate::align) source: usize,
    /// How many of the target.
    pub(in crate::align) target: usize,
    /// The logarithm of its prior probability.
    pub(in crate::align) prior: f32,
}

impl BeadKind {
    /// A kind with so many items on either side.
    pub(in crate::align) fn new(source: usize, target: usize, prior: f32) -> Self {
        Self { source, target, prior }
    }

    /// Whether both sides have something.
    pub(super) fn is_pair(&self) -> bool {
        self.source > 0 && self.target > 0
    }

    /// Whether it is of one item and one.
    pub(super) fn is_single(&self) -> bool {
        (self.source, self.target) == (1, 1)
    }

    /// The bead of this kind that begins at a node.
    pub(super) fn bead_from(&self, i: usize, j: usize) -> Bead {
        Bead { source: i..i + self.source, target: j..j + self.target }
    }
}

/// Every item by itself, without a counterpart.
pub(super) fn all_unaligned(n: usize, m: usize) -> Vec<Scored> {
    let source = (0..n).map(|i| Bead { source: i..i + 1, target: 0..0 });
    let target = (0..m).map(|j| Bead { source: n..n, target: j..j + 1 });
    source.chain(target).map(|bead| Scored { bead, score: 1.0 }).collect()
}
