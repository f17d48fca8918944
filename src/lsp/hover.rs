//! What is shown of a place under the pointer.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Uri};

use super::naming::{Mention, Named};
use super::{Counterpart, Reading, links};
use crate::align::Relation;
use crate::lang::zh;
use crate::message::{List, Message};
use crate::model::{Image, Inline, InlineKind, Term, Work, walk};
use crate::outline::{self, Outline, Reference};
use crate::source::{FileId, Span};
use crate::termbase::Matcher;

/// Below this probability a counterpart is said to be uncertain.
pub(super) const SURE: f32 = 0.8;

impl Reading {
    /// The entry of a citation, the text of a note, what a reference leads to, a picture, the page of a check; else what the other
    /// language says there, and the terms.
    pub(crate) fn hover(&self, uri: &Uri, position: Position) -> Option<Hover> {
        let (file, offset) = self.at(uri, position)?;
        let (value, span) = self
            .named_here(file, offset)
            .or_else(|| self.picture_here(file, offset))
            .or_else(|| self.check_here(file, offset))
            .or_else(|| self.said_here(file, offset))?;
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: span.map(|span| self.range(span)) })
    }

    fn named_here(&self, file: FileId, offset: usize) -> Option<(String, Option<Span>)> {
        let mention = self.mention_at(file, offset).filter(|mention| !mention.defines)?;
        Some((self.about(&mention, file)?, Some(mention.whole)))
    }

    /// What is known of something that has a name.
    fn about(&self, mention: &Mention, file: FileId) -> Option<String> {
        let book = self.book.as_ref()?;
        match &mention.what {
            Named::Work(key) => Some(cited(book.bibliography.work(key)?)),
            Named::Note(group, name) => {
                let own = self.groups.files(*group).iter().filter_map(|file| self.chapter(*file));
                let notes = own.filter_map(|chapter| chapter.notes.iter().find(|note| note.name == *name));
                // The note of this language first.
                let mut notes: Vec<_> = notes.collect();
                notes.sort_by_key(|note| note.span.file != file);
                let texts: Vec<&str> = notes.iter().map(|note| self.sources.snippet(note.span).trim()).collect();
                (!texts.is_empty()).then(|| texts.join("\n\n---\n\n"))
            }
            Named::Id(..) | Named::Heading(_) | Named::Chapter(_) => {
                let all: Vec<String> =
                    book.languages.iter().filter_map(|lang| self.place_in(lang, mention, file)).collect();
                (!all.is_empty()).then(|| all.join("\n\n"))
            }
        }
    }

    /// The number and the words of a place, in a language.
    fn place_in(&self, lang: &crate::model::Lang, mention: &Mention, file: FileId) -> Option<String> {
        let book = self.book.as_ref()?;
        let outline = Outline::single(book, lang);
        let entry = match &mention.what {
            Named::Id(group, id) => {
                let own = self
                    .groups
                    .files(*group)
                    .iter()
                    .find(|own| self.chapter(**own).is_some_and(|one| one.lang == *lang))?;
                outline.named(id, *own)?
            }
            Named::Chapter(group) => {
                let own = self
                    .groups
                    .files(*group)
                    .iter()
                    .find(|own| self.chapter(**own).is_some_and(|one| one.lang == *lang))?;
                outline.named("", *own)?
            }
            Named::Heading(span) if span.file == file || self.chapter(span.file)?.lang == *lang => {
                outline.entries().iter().find(|entry| entry.span == *span)?
            }
            _ => return None,
        };
        Some(match outline.reference(entry) {
            Reference::Title(title) => format!("**{title}**"),
            number => {
                let shown = number.text(outline::words(entry.lang));
                let title = if entry.title.is_empty() { String::new() } else { format!(": {}", entry.title) };
                format!("**{shown}**{title}")
            }
        })
    }

    /// The picture in a line or in a figure at a place.
    pub(super) fn image_at(&self, file: FileId, offset: usize) -> Option<(&Image, Span)> {
        let chapter = self.chapter(file)?;
        let mut found = None;
        walk::chapter_inlines(chapter, &mut |inline: &Inline| {
            if let InlineKind::Image(image) = &inline.kind
                && inline.span.touches(file, offset)
                && !image.path.is_empty()
            {
                found = Some((image, inline.span));
            }
        });
        found
    }

    fn picture_here(&self, file: FileId, offset: usize) -> Option<(String, Option<Span>)> {
        let (image, span) = self.image_at(file, offset)?;
        let uri = self.uri_at(&image.path)?;
        Some((format!("![]({}|width=320)\n\n`{}`", uri.as_str(), image.path), Some(span)))
    }

    /// The page of a check that is named in a waiver or in book.yaml.
    fn check_here(&self, file: FileId, offset: usize) -> Option<(String, Option<Span>)> {
        let (name, span) = self.checks_named(file).into_iter().find(|(_, span)| span.touches(file, offset))?;
        Some((links::page(&name, self.locale)?, Some(span)))
    }

    /// What the other language says there, and the term.
    fn said_here(&self, file: FileId, offset: usize) -> Option<(String, Option<Span>)> {
        let term = self.term_at(file, offset).map(|term| self.explained(term));
        let counterpart = self.counterpart(file, offset);
        let said = counterpart.map(|(pair, side)| self.said(pair, side));
        let span = counterpart.and_then(|(pair, side)| pair.sides[side].first().copied());
        let parts: Vec<String> = said.into_iter().chain(term).collect();
        (!parts.is_empty()).then(|| (parts.join("\n\n---\n\n"), span))
    }

    fn said(&self, pair: &Counterpart, side: usize) -> String {
        let shown: Vec<&str> = pair.sides[1 - side].iter().map(|span| self.sources.snippet(*span).trim()).collect();
        let mut value = shown.join("\n\n");
        match pair.relation {
            Relation::Missing | Relation::Extra => {
                value = self.emphasised(&msg!("nothing in the other language says this"));
            }
            Relation::Equal => {}
            relation => value += &format!("\n\n{}", self.emphasised(&relation.word())),
        }
        if pair.score < SURE {
            let percent = format!("{:.0}", pair.score * 100.0);
            value += &format!("\n\n{}", self.emphasised(&msg!("uncertain: {percent} %", percent)));
        }
        value
    }

    /// A remark, set off from the book's own words.
    fn emphasised(&self, remark: &Message) -> String {
        format!("*{}*", self.locale.say(remark))
    }

    /// The term of the termbase at a place.
    pub(super) fn term_at(&self, file: FileId, offset: usize) -> Option<&Term> {
        let (book, chapter) = (self.book.as_ref()?, self.chapter(file)?);
        let text = self.text(file);
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next()?;
        let hits = Matcher::strict(&book.glossary, &chapter.lang).hits(line);
        let hit = hits.into_iter().find(|hit| (hit.range.start..=hit.range.end).contains(&(offset - start)))?;
        book.glossary.terms.get(hit.term)
    }

    /// The words of a term in every language, what must not stand for it, and what it means.
    pub(super) fn explained(&self, term: &Term) -> String {
        let words: Vec<String> = term.words.values().map(|word| format!("**{}**", word.value)).collect();
        let mut value = words.join(" · ");
        let listed = |all: Vec<&str>| self.locale.say(&Message::list(List::And, all));
        let forbidden: Vec<&str> = term.forbidden.values().flatten().map(|word| word.value.as_str()).collect();
        if !forbidden.is_empty() {
            let words = listed(forbidden);
            value += &format!("\n\n{}", self.locale.say(&msg!("not: {words}", words)));
        }
        for text in term.definitions.values().map(|text| &text.value).chain(&term.note) {
            value += &format!("\n\n{text}");
        }
        value
    }
}

/// An entry of the references in one paragraph of Markdown.
pub(super) fn cited(work: &Work) -> String {
    if let Some(text) = &work.text {
        return text.clone();
    }
    let entry = &work.entry;
    let title = entry.title().map(|title| format!("**{}**", title.value)).unwrap_or_default();
    let around = entry.parents().first().and_then(|parent| parent.title()).map(|title| format!("*{}*", title.value));
    let parts = [Some(people(work)), Some(title), around, year(work), entry.url_any().map(|url| url.to_string())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(". ")
}

/// The authors of a work, in a row.
pub(super) fn people(work: &Work) -> String {
    let name = |person: &hayagriva::types::Person| match &person.given_name {
        Some(given) if person.name.contains(zh::is_han) => format!("{}{given}", person.name),
        Some(given) => format!("{given} {}", person.name),
        None => person.name.clone(),
    };
    work.entry.authors().unwrap_or_default().iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The year of a work.
pub(super) fn year(work: &Work) -> Option<String> {
    Some(work.entry.date()?.year.to_string())
}
