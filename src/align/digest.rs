//! A short value that stands for many.

use sha2::{Digest as _, Sha256};

/// Stands for all that the beads of a chapter depend on.
pub(super) type Key = [u8; 32];

/// Values on their way into a [`Key`], each with its end.
#[derive(Default)]
pub(super) struct Digest(Sha256);

impl Digest {
    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.update(text);
    }

    pub(super) fn number(&mut self, number: usize) {
        self.0.update((number as u64).to_le_bytes());
    }

    pub(super) fn optional(&mut self, text: Option<&str>) {
        self.number(usize::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    pub(super) fn key(self) -> Key {
        self.0.finalize().into()
    }
}
