//! What a text refers to, and what must be the same, letter for letter, in both languages.

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
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::{Argument, Message};
use crate::model::{Inline, Lang};

/// The items that a unit's inlines give.
fn items<'a>(unit: &'a Unit<'a>, mut key: impl FnMut(&'a Inline) -> Option<String>) -> Vec<Item> {
    let mut found = Vec::new();
    inlines(unit, &mut |inline| {
        if let Some(key) = key(inline) {
            found.push(Item::of(inline.span, key));
        }
    });
    found
}

/// The usual finding for a change of something that is called `kind`.
fn finding(
    check: Code,
    severity: Severity,
    kind: Message,
    change: &Change<'_>,
    source: &Lang,
    target: &Lang,
) -> Diagnostic {
    let message = match (&change.lost, &change.extra) {
        (Some(lost), Some(extra)) => msg!(
            "the {kind} is ‘{ours}’ here, but ‘{theirs}’ in {language}",
            kind,
            ours = &extra.shown,
            theirs = &lost.shown,
            language = source.name()
        ),
        (Some(lost), None) => missing(kind, &lost.shown, target),
        (None, Some(extra)) => added(kind, &extra.shown, source),
        (None, None) => unreachable!("invariant: a change has an item"),
    };
    at_change(Diagnostic::new(severity, check, message), change, source).hint(msg!("write the same in both languages"))
}

/// What to say of something that only the source has.
pub(in crate::checks) fn missing(kind: Message, words: impl Argument, target: &Lang) -> Message {
    msg!("the {kind} ‘{words}’ is missing in {language}", kind, words, language = target.name())
}

/// What to say of something that only the translation has.
pub(in crate::checks) fn added(kind: Message, words: impl Argument, source: &Lang) -> Message {
    msg!("the {kind} ‘{words}’ has no counterpart in {language}", kind, words, language = source.name())
}

/// Puts a finding at the place of a change, with that of the source beside it.
fn at_change(finding: Diagnostic, change: &Change<'_>, source: &Lang) -> Diagnostic {
    finding.at(change.place()).label(change.other(), msg!("in {language}", language = source.name()))
}
