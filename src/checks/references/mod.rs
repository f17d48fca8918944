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
pub(super) mod placeholder;

use std::collections::BTreeMap;

use super::Context;
use super::compare::{Change, Item, inlines};
use crate::align::Unit;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::{Argument, Message};
use crate::model::{Inline, Lang};
use crate::outline::Outline;
use crate::source::FileId;

/// What links and references of both languages lead to.
struct Places<'a> {
    /// The outlines of the languages.
    outlines: Vec<Outline<'a>>,
    /// Of each chapter's file the index of its outline.
    of_files: BTreeMap<FileId, usize>,
}

impl<'a> Places<'a> {
    fn of(context: &Context<'a>) -> Self {
        let langs = [&context.alignment.source, &context.alignment.target];
        let chapters = |lang| context.book.chapters(lang).iter().map(|chapter| chapter.file);
        let of_files = langs.into_iter().enumerate().flat_map(|(at, lang)| chapters(lang).map(move |file| (file, at)));
        let of_files = of_files.collect();
        Self { outlines: langs.into_iter().map(|lang| Outline::single(context.book, lang)).collect(), of_files }
    }

    /// A target as it is the same in both languages: the name of a chapter, or an id with its chapter where it needs one. Of a
    /// heading without an id, which has a slug in each language, the chapter.
    fn key(&self, target: &str, file: FileId) -> String {
        let outline = self.of_files.get(&file).map(|at| &self.outlines[*at]);
        let Some((outline, place)) = outline.and_then(|outline| Some((outline, outline.named(target, file)?))) else {
            return format!("#{target}");
        };
        let stem = outline.parts()[place.part].chapter.stem.as_str();
        match place.id {
            Some(id) if place.span.file == file || place.label.as_deref() == Some(id) => format!("#{id}"),
            Some(id) => format!("{stem}#{id}"),
            None => format!("{stem}#"),
        }
    }
}

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
