//! Findings that an author has waived, and the waivers themselves.

mod reach;
pub(super) mod unexplained_waiver;
pub(super) mod unknown_waiver;
pub(super) mod unused_waiver;

use super::Waived;
use crate::diagnostic::Diagnostic;
use crate::model::{Book, Waiver};
use reach::Reach;

/// How much is known of what the checks find in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// What all checks find in all languages.
    All,
    /// Not all of it: a waiver may be for what was not looked at.
    Part,
}

/// Takes the waived findings out of `found`, and adds a finding for each waiver that waived nothing, where that is known.
pub(super) fn apply(book: &Book, found: &mut Vec<Diagnostic>, known: Known) -> Vec<Waived> {
    let waivers: Vec<&Waiver> = book.waivers().collect();
    let mut reach = Reach::of(&waivers);
    let mut waived = Vec::new();
    found.retain(|finding| {
        let Some(waiver) = reach.take(finding) else { return true };
        let reason = waivers[waiver].reason.clone().unwrap_or_default();
        waived.push(Waived { finding: finding.clone(), reason });
        false
    });
    if known == Known::All {
        let names = waivers.iter().map(|waiver| waiver.checks.len()).sum();
        unused_waiver::find(book, &waivers, &reach.used(names), found);
    }
    waived
}
