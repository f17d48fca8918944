//! What the program itself says of a unit.

use crate::exchange::{NoteKind, UnitNote};

/// A note about where a translation comes from.
pub(super) fn of(text: String) -> UnitNote {
    UnitNote { kind: NoteKind::Form, text }
}
