//! With which items of the other text each item may stand in a bead.

use std::ops::Range;

use super::band::Band;
use super::bead::{Bead, shifted};

/// For every item of two texts the items of the other one with which it may stand in a bead, and those between.
pub(super) struct Windows([Vec<Range<usize>>; 2]);

impl Windows {
    /// Empty ones, of texts with so many items.
    pub(super) fn empty(items: [usize; 2]) -> Self {
        Self(items.map(|count| vec![0..0; count]))
    }

    /// Sets those of the items of a pair of blocks to all that a band, counted from where the blocks begin, leaves them.
    pub(super) fn set(&mut self, blocks: &Bead, band: &Band) {
        let (n, m) = band.end();
        let [first, second] = &mut self.0;
        for (window, i) in first[blocks.source.clone()].iter_mut().zip(0..n) {
            *window = shifted(band.rows[i].0..band.rows[i + 1].1, blocks.target.start);
        }
        let columns = band.columns(m);
        for (window, j) in second[blocks.target.clone()].iter_mut().zip(0..m) {
            *window = shifted(columns[j].0..columns[j + 1].1, blocks.source.start);
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
    pub(super) fn get(&self, side: usize, item: usize) -> Range<usize> {
        self.0[side][item].clone()
    }
}
