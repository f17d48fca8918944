//! What a text refers to, and what must be equal letter for letter in both languages.

pub(super) mod citation;
pub(super) mod code_block;
pub(super) mod code_span;
pub(super) mod cross_reference;
pub(super) mod emphasis_lost;
pub(super) mod footnote;
pub(super) mod formula;
pub(super) mod image;
pub(super) mod label;
pub(super) mod link_target;

use super::compare::{Change, Item, inlines};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Inline, Lang};

/// The items that a unit's inlines give.
fn items<'a>(unit: &'a Unit<'a>, mut key: impl FnMut(&'a Inline) -> Option<String>) -> Vec<Item> {
    let mut found = Vec::new();
    inlines(unit, &mut |inline| {
        if let Some(key) = key(inline) {
            found.push(Item { span: inline.span, key });
        }
    });
    found
}

/// The usual words for a change of something that is called `what`.
fn finding(
    check: &'static str,
    severity: Severity,
    what: &str,
    change: &Change<'_>,
    source: &Lang,
    target: &Lang,
) -> Diagnostic {
    let message = match (&change.lost, &change.odd) {
        (Some(lost), Some(odd)) => format!("{what} ‘{}’ here, ‘{}’ in {source}", odd.key, lost.key),
        (Some(lost), None) => format!("{what} ‘{}’ is missing in {target}", lost.key),
        (None, odd) => format!("{what} ‘{}’ is not in {source}", odd.as_ref().map_or("", |odd| &odd.key)),
    };
    let finding =
        Diagnostic::new(severity, check, message).at(change.place()).label(change.other(), format!("in {source}"));
    finding.hint("write the same in both languages")
}
