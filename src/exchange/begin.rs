//! Begins a translation, and brings what is new in the source into one that has begun.

use std::collections::BTreeMap;

use super::entries::{self, Entry};
use super::gather;
use super::settle::{self, Change, Meant, Wish};
use super::skeleton::{self, Fill, Grown, Origin};
use super::slots::{Place, Slot};
use super::translation_path;
use super::unit::State;
use crate::align::{Alignment, ChapterPair};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang;
use crate::manuscript::{DRAFT, Reading};
use crate::model::{Book, Chapter, Role};
use crate::source::{Sources, Span};

/// How translations are begun.
pub struct Begin<'a> {
    /// The book.
    pub book: &'a Book,
    /// The files that it was read from.
    pub sources: &'a Sources,
    /// What stands where words are to come.
    pub fill: Fill,
    /// Whether translations that are there get what is new in the source.
    pub update: bool,
}

/// What was begun.
#[derive(Debug, Default)]
pub struct Begun {
    /// What there is no place for.
    pub findings: Vec<Diagnostic>,
    /// The files that change, with all of their new text.
    pub changed: BTreeMap<String, String>,
    /// New chapters.
    pub new: usize,
    /// Blocks put into chapters that are there.
    pub added: usize,
    /// Blocks whose source has changed, marked as unfinished.
    pub renewed: usize,
    /// Chapters that are there already.
    pub there: usize,
}

impl Begin<'_> {
    /// Begins the translation of the chapters that are wanted.
    pub fn chapters(&self, alignment: &Alignment<'_>, wants: &dyn Fn(&Chapter) -> bool) -> Begun {
        let mut begun = Begun::default();
        for pair in &alignment.chapters {
            let Some(source) = pair.source.filter(|source| wants(source)) else { continue };
            match pair.target {
                None => {
                    let text = skeleton::chapter(source, self.sources.get(source.file).text(), self.fill);
                    begun.changed.insert(translation_path(self.book, source, &alignment.target), text);
                    begun.new += 1;
                }
                Some(target) => {
                    begun.there += 1;
                    if self.update {
                        self.update(pair, [source, target], &mut begun);
                    }
                }
            }
        }
        begun
    }

    fn update(&self, pair: &ChapterPair<'_>, [source, target]: [&Chapter; 2], begun: &mut Begun) {
        let texts = [source, target].map(|chapter| self.sources.get(chapter.file).text());
        let reading = Reading { chapter: target, compared: false };
        let entries = entries::of_chapter(pair, self.book.reviewed.chapter(&target.lang, &source.stem));
        let wants = |_| !is_made(source.meta.role);
        let grown = skeleton::grow(pair, texts, &reading, self.fill, &wants);
        let homeless = |place: &Span| {
            let message = msg!("the translation has no place for this block of the source");
            Diagnostic::warning(codes::IMPORT_REFUSED, message)
                .at(*place)
                .hint(msg!("add it to the translation by hand"))
        };
        begun.findings.extend(grown.homeless.iter().map(homeless));
        begun.added += grown.added;
        let wishes: Vec<Wish> = entries.iter().filter_map(|entry| renewal(entry, &grown, texts[0])).collect();
        let made: Vec<Change> = settle::settle(&grown.text, &reading, &wishes).into_iter().flatten().collect();
        begun.renewed += made.len();
        let edits = made.iter().map(|change| (&change.range, change.text.as_str())).collect();
        let text = settle::edited(&grown.text, edits).unwrap_or(grown.text);
        if text != texts[1] {
            begun.changed.insert(self.sources.get(target.file).path().to_owned(), text);
        }
    }
}

/// Whether a part of the book is made from others, so that it has no blocks of its own to bring over.
fn is_made(role: Role) -> bool {
    matches!(
        role,
        Role::Contents | Role::References | Role::Glossary | Role::Index | Role::Figures | Role::Tables | Role::Credits
    )
}

/// What becomes of a translation whose source has changed: a mark before it says what the source now says. One that was
/// not begun gets the words of the source as they now are.
fn renewal(entry: &Entry, grown: &Grown, source: &str) -> Option<Wish> {
    let ([from], [to]) = (&entry.source[..], &entry.target[..]) else { return None };
    let (Place::Run(there), Place::Run(here)) = (&from.place, &to.place) else { return None };
    let origin = Origin::Target(here.range());
    let range = grown.slots.iter().find(|(_, other)| *other == origin)?.0.clone();
    match &entry.state {
        State::Stale { was: Some(_) } if !to.draft => {
            let text = format!(
                "<!-- dama: {DRAFT}: {} --> {}",
                gather::line(&entry.source_marked()),
                &grown.text[range.clone()]
            );
            Some(Wish { range, ways: vec![text], meant: Meant::Exactly(settle::essence(to)) })
        }
        State::Draft if to.draft && settle::essence(from) != settle::essence(to) && is_source_language(from, to) => {
            let ways = vec![source.get(there.range())?.to_owned()];
            Some(Wish { range, ways, meant: Meant::Exactly(settle::essence(from)) })
        }
        _ => None,
    }
}

/// Whether the words of a translation are in the language of its source.
fn is_source_language(source: &Slot, target: &Slot) -> bool {
    let language = |slot: &Slot| lang::of_text([gather::line(&slot.marked).as_str()].into_iter());
    language(source) == language(target)
}
