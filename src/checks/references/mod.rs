//! What a text refers to, and what must be the same, letter for letter, in both languages.

mod address;
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
mod listing;
mod listing_text;
mod listings;
mod notation;
pub(super) mod placeholder;
pub(super) mod settings_differ;

use std::collections::BTreeMap;

use super::compare::{Change, Item, inlines};
use crate::align::{Alignment, Unit};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::{Argument, Message};
use crate::model::{BlockKind, Book, Inline, Lang, text};
use crate::outline::{self, Entry, Outline};
use crate::source::{FileId, Span};

/// What links and references of both languages lead to.
pub(super) struct Places<'a> {
    /// The outlines of the languages.
    outlines: Vec<Outline<'a>>,
    /// Of each chapter's file the index of its outline.
    of_files: BTreeMap<FileId, usize>,
    /// Of headings of both languages that are paired the place that both are: the slug of the source's, with its chapter.
    headings: BTreeMap<Span, String>,
}

impl<'a> Places<'a> {
    pub(super) fn of(book: &'a Book, alignment: &'a Alignment<'a>) -> Self {
        let langs = [&alignment.source, &alignment.target];
        let chapters = |lang| book.chapters(lang).iter().map(|chapter| chapter.file);
        let of_files = langs.into_iter().enumerate().flat_map(|(at, lang)| chapters(lang).map(move |file| (file, at)));
        let of_files = of_files.collect();
        let outlines = langs.into_iter().map(|lang| Outline::single(book, lang)).collect();
        Self { outlines, of_files, headings: paired_headings(alignment) }
    }

    /// A target as it is the same in both languages: the name of a chapter, or an id with its chapter where it needs one. Of a
    /// heading without an id, which has a slug in each language, its place by the pairs of headings, else the chapter.
    fn key(&self, target: &str, file: FileId) -> String {
        let Some((outline, place)) = self.named(target, file) else { return format!("#{target}") };
        if let Some(heading) = self.headings.get(&place.span) {
            return heading.clone();
        }
        let stem = outline.parts()[place.part].chapter.stem.as_str();
        match place.id {
            Some(id) if place.span.file == file || place.label.as_deref() == Some(id) => format!("#{id}"),
            Some(id) => format!("{stem}#{id}"),
            None => format!("{stem}#"),
        }
    }

    /// The item of a link or reference to a target.
    fn item(&self, target: &str, span: Span) -> Item {
        let item = Item::of(span, self.key(target, span.file));
        let slug = self.heading(target, span.file).map(|_| Message::data(format!("#{}", target.trim_end_matches('#'))));
        Item { shown: slug.unwrap_or(item.shown), ..item }
    }

    /// The place that a target is in both languages where it is a paired heading, whose ids or slugs differ.
    fn heading(&self, target: &str, file: FileId) -> Option<String> {
        let (_, place) = self.named(target, file)?;
        self.headings.get(&place.span).cloned()
    }

    fn named(&self, target: &str, file: FileId) -> Option<(&Outline<'a>, &Entry<'a>)> {
        let outline = &self.outlines[*self.of_files.get(&file)?];
        Some((outline, outline.named(target, file)?))
    }
}

/// The places of paired headings; those with one id in both languages are the same by it.
fn paired_headings(alignment: &Alignment<'_>) -> BTreeMap<Span, String> {
    let mut places = BTreeMap::new();
    for (chapter, pair) in
        alignment.chapters.iter().flat_map(|chapter| chapter.pairs.iter().map(move |pair| (chapter, pair)))
    {
        let ([source], [target], Some(part)) = (&pair.sources[..], &pair.targets[..], chapter.source) else { continue };
        let (Some(theirs), Some(ours)) = (heading(source), heading(target)) else { continue };
        if source.id.is_some() && source.id == target.id {
            continue;
        }
        let name = source.id.map_or_else(|| outline::slug(&text::plain(theirs.1)), str::to_owned);
        // Two headings may have the same words.
        let key = format!("#{}/{name}@{}", part.stem, source.span.start);
        places.extend([theirs.0, ours.0].map(|span| (span, key.clone())));
    }
    places
}

/// The place and the text of a heading.
fn heading<'a>(unit: &Unit<'a>) -> Option<(Span, &'a [Inline])> {
    match unit.block.map(|block| (block.span, &block.kind)) {
        Some((span, BlockKind::Heading { body, .. })) => Some((span, &body[..])),
        _ => None,
    }
}

/// The items that a unit's inlines give, named by what must be equal.
fn items<'a>(unit: &'a Unit<'a>, mut key: impl FnMut(&'a Inline) -> Option<String>) -> Vec<Item> {
    items_of(unit, |inline| Some(Item::of(inline.span, key(inline)?)))
}

/// The items that a unit's inlines give.
fn items_of<'a>(unit: &'a Unit<'a>, mut item: impl FnMut(&'a Inline) -> Option<Item>) -> Vec<Item> {
    let mut found = Vec::new();
    inlines(unit, &mut |inline| found.extend(item(inline)));
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
        (Some(lost), Some(extra)) => differs(kind, &extra.shown, &lost.shown, source),
        (Some(lost), None) => missing(kind, &lost.shown, target),
        (None, Some(extra)) => added(kind, &extra.shown, source),
        (None, None) => unreachable!("invariant: a change has an item"),
    };
    at_change(Diagnostic::new(severity, check, message), change, source).hint(msg!("write the same in both languages"))
}

/// What to say of something that is otherwise in the source.
fn differs(kind: Message, ours: impl Argument, theirs: impl Argument, source: &Lang) -> Message {
    msg!("the {kind} is ‘{ours}’ here, but ‘{theirs}’ in {language}", kind, ours, theirs, language = source.name())
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
