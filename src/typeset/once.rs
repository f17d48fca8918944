//! What is remembered in setting editions of which none is set again.
//!
//! Typst remembers what every function gave, in one place for the whole process, so that what changes little is soon set again. Where
//! nothing is, that is several times as much as the pages.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many editions are being set.
static BEING_SET: AtomicUsize = AtomicUsize::new(0);

/// An edition that is being set, until this is dropped.
pub(super) struct Turn;

/// Notes that an edition begins to be set.
pub(super) fn begin() -> Turn {
    BEING_SET.fetch_add(1, Ordering::Relaxed);
    Turn
}

impl Drop for Turn {
    fn drop(&mut self) {
        BEING_SET.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lets go of all that is remembered, unless another edition is being set beside the one of whoever calls this: it would have to begin
/// anew, and bytes are the same either way.
pub(super) fn forget() {
    if BEING_SET.load(Ordering::Relaxed) <= 1 {
        comemo::evict(0);
    }
}
