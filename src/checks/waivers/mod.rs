//! Findings that an author has waived, and the waivers themselves.

pub(super) mod unexplained_waiver;
pub(super) mod unknown_waiver;
pub(super) mod unused_waiver;

use super::Waived;
use crate::diagnostic::Diagnostic;
use crate::model::{Book, Waiver};

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
    let mut used = vec![false; waivers.iter().map(|waiver| waiver.checks.len()).sum()];
    let mut waived = Vec::new();
    found.retain(|finding| {
        let mut reason = None;
        let names = waivers.iter().flat_map(|waiver| waiver.checks.iter().map(move |name| (waiver, name)));
        for ((waiver, name), used) in names.zip(&mut used) {
            if finding.check == name.value.as_str() && waiver.applies_to(finding) {
                *used = true;
                reason = reason.or(Some(waiver.reason.clone().unwrap_or_default()));
            }
        }
        let open = reason.is_none();
        waived.extend(reason.map(|reason| Waived { finding: finding.clone(), reason }));
        open
    });
    if known == Known::All {
        unused_waiver::find(book, &waivers, &used, found);
    }
    waived
}
