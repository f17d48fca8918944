//! Pages and checks of one state of a book are made of one alignment, and only what has changed is aligned again.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::align::{self, Alignment, Beads};
use crate::model::Book;

/// What the last alignment found.
#[derive(Default)]
pub(super) struct Aligner(Mutex<Beads>);

impl Aligner {
    fn beads(&self) -> MutexGuard<'_, Beads> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Aligns a book. Nobody waits meanwhile: pages and checks may both ask.
    pub(super) fn align<'a>(&self, book: &'a Book) -> Vec<Alignment<'a>> {
        let before = self.beads().clone();
        let alignments = align::realign_book(book, &before);
        *self.beads() = Beads::of(&alignments);
        alignments
    }
}
