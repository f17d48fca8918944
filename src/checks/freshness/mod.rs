//! Freshness: whether a translation was signed off since its source last changed.
//!
//! Nothing is guessed from dates. `dama-pub accept` records what source and translation said ([`sign_off()`]); later each
//! pair of units is compared with that record ([`states`]).

pub(super) mod changed_translation;
mod diff;
mod judge;
pub(super) mod review_comment;
mod rewording;
mod sign_off;
pub(super) mod stale;
#[cfg(test)]
mod tests;
pub(super) mod unreviewed_change;
mod wording;
mod words;

pub use diff::Rewording;
pub(crate) use diff::likeness;
pub use judge::{ReviewState, judged, states};
pub use review_comment::commented;
pub use rewording::rewording;
pub use sign_off::{Held, Refused, SignedOff, sign_off, sign_off_but, sign_off_one, take_back, untranslated};

use crate::align::Unit;
use crate::model::Fingerprint;

/// What a unit itself says in one line, without markup and without the units inside it; `None` when it has no text.
pub fn says(unit: &Unit<'_>) -> Option<String> {
    wording::Wording::of(unit).map(|wording| wording.line())
}

/// What stands for the wording of a unit in the record; `None` when it has no text.
pub(crate) fn fingerprint_of(unit: &Unit<'_>) -> Option<Fingerprint> {
    wording::Wording::of(unit).map(|wording| wording.fingerprint())
}
