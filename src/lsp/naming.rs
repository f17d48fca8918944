//! What has a name in a book, and every place where it is named: ids, notes, works, chapters.

use std::ops::Range;

use lsp_types::{Location, Position, Uri};

use super::Reading;
use crate::manuscript::{is_id, is_key};
use crate::model::{Block, BlockKind, Book, Chapter, Inline, InlineKind, formula, walk};
use crate::outline::{Kind, Meaning, Outline};
use crate::source::{FileId, Span};

/// Something that has a name. Ids and notes of a chapter and of its translation are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// A place with an id, in a group of chapters.
    Id(usize, String),
    /// A heading without an id, by where it stands.
    Heading(Span),
    /// A group of chapters.
    Chapter(usize),
    /// A note, in a group of chapters, by its name as it is compared.
    Note(usize, String),
    /// A work of the references.
    Work(String),
}

/// A place where something is named.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) what: Named,
    /// The whole: a block, a reference, a citation.
    pub(super) whole: Span,
    /// The name alone, where the text has it as it is.
    pub(super) name: Option<Span>,
    /// Whether the thing itself stands there.
    pub(super) defines: bool,
}

impl Reading {
    /// The mentions of a chapter.
    pub(super) fn mentions(&self, chapter: &Chapter, outline: &Outline<'_>) -> Vec<Mention> {
        let Some(group) = self.groups.group(chapter.file) else { return Vec::new() };
        let mut found =
            vec![Mention { what: Named::Chapter(group), whole: chapter.meta.title.span, name: None, defines: true }];
        walk::chapter_blocks(chapter, &mut |block| found.extend(self.of_block(block, group)));
        for note in &chapter.notes {
            let name = self.within(note.span, |text| {
                let start = text.find("[^")? + "[^".len();
                Some(start..start + text[start..].find(']')?)
            });
            found.push(Mention { what: Named::Note(group, note.name.clone()), whole: note.span, name, defines: true });
        }
        walk::chapter_inlines(chapter, &mut |inline| self.of_inline(inline, group, outline, &mut found));
        walk::formulas(chapter, &mut |written, set, span| {
            for name in formula::named(set.unwrap_or_default()) {
                let at = |text: &str| text.find(&format!("{{{name}}}")).map(|at| at + 1..at + 1 + name.len());
                let place = self.within(span, |text| at(text).filter(|_| text.len() == written.len()));
                found.extend(self.reference(name, span, place, outline));
            }
        });
        found
    }

    fn of_block(&self, block: &Block, group: usize) -> Option<Mention> {
        let Some(id) = &block.id else {
            let heading = matches!(block.kind, BlockKind::Heading { .. });
            let what = Named::Heading(block.span);
            return heading.then_some(Mention { what, whole: block.span, name: None, defines: true });
        };
        let name = self.within(block.span, |text| id_in(text, id));
        Some(Mention { what: Named::Id(group, id.clone()), whole: block.span, name, defines: true })
    }

    fn of_inline(&self, inline: &Inline, group: usize, outline: &Outline<'_>, found: &mut Vec<Mention>) {
        match &inline.kind {
            InlineKind::Note { name } => {
                let place = self.within(inline.span, |text| Some("[^".len()..text.strip_suffix(']')?.len()));
                let what = Named::Note(group, name.clone());
                found.push(Mention { what, whole: inline.span, name: place, defines: false });
            }
            InlineKind::Cite(items) => found.extend(items.iter().map(|item| Mention {
                what: Named::Work(item.key.clone()),
                whole: item.span,
                name: self.within(item.span, |text| (text == item.key).then_some(0..text.len())),
                defines: false,
            })),
            InlineKind::Ref { target, .. } => found.extend(self.linked(target, inline.span, outline)),
            InlineKind::Link { target, .. } => {
                found.extend(target.place().and_then(|target| self.linked(target, inline.span, outline)));
            }
            _ => {}
        }
    }

    /// A reference or a link to a place.
    fn linked(&self, target: &str, span: Span, outline: &Outline<'_>) -> Option<Mention> {
        let id = target.rsplit_once('#').map_or(target, |(_, id)| id);
        let place = self.within(span, |text| target_in(text, id));
        self.reference(target, span, place, outline)
    }

    fn reference(&self, target: &str, whole: Span, name: Option<Span>, outline: &Outline<'_>) -> Option<Mention> {
        let Meaning::Place(entry) = outline.meaning(target, whole.file) else { return None };
        let group = self.groups.group(entry.span.file)?;
        let what = match (entry.kind, entry.id) {
            (Kind::Chapter, _) => Named::Chapter(group),
            (_, Some(id)) => Named::Id(group, id.to_owned()),
            _ => Named::Heading(entry.span),
        };
        Some(Mention { what, whole, name, defines: false })
    }

    fn within(&self, span: Span, find: impl FnOnce(&str) -> Option<Range<usize>>) -> Option<Span> {
        let span = self.sources.clamp(span);
        let found = find(self.sources.snippet(span))?;
        Some(Span::new(span.file, span.start + found.start..span.start + found.end))
    }

    /// The entries of the file of references.
    fn works(&self, book: &Book) -> Vec<Mention> {
        let works = book.bibliography.works.iter().map(|work| {
            let own = |text: &str| (text == work.key()).then_some(0..text.len());
            let what = Named::Work(work.key().to_owned());
            Mention { what, whole: work.span, name: self.within(work.span, own), defines: true }
        });
        works.collect()
    }

    /// Every mention of the book.
    pub(super) fn all_mentions(&self) -> Vec<Mention> {
        let Some(book) = &self.book else { return Vec::new() };
        let mut found = self.works(book);
        for lang in &book.languages {
            let outline = Outline::single(book, lang);
            book.chapters(lang).iter().for_each(|chapter| found.extend(self.mentions(chapter, &outline)));
        }
        found
    }

    /// The narrowest mention at a place. A block is mentioned by its id alone, a heading by all of it.
    pub(super) fn mention_at(&self, file: FileId, offset: usize) -> Option<Mention> {
        let book = self.book.as_ref()?;
        let mentions = match self.chapter(file) {
            Some(chapter) => self.mentions(chapter, &Outline::single(book, &chapter.lang)),
            None => self.works(book),
        };
        let place = |mention: &Mention| match (&mention.what, mention.defines) {
            (Named::Id(..) | Named::Note(..), true) => mention.name,
            (Named::Heading(_), true) => None,
            _ => Some(mention.whole),
        };
        let here = mentions.into_iter().filter_map(|mention| Some((place(&mention)?, mention)));
        let here = here.filter(|(span, _)| span.touches(file, offset));
        here.min_by_key(|(span, _)| span.range().len()).map(|(_, mention)| mention)
    }

    /// Every place that names what is named at a place, in both languages.
    pub(crate) fn references(&self, uri: &Uri, position: Position, with_definition: bool) -> Vec<Location> {
        let Some((file, offset)) = self.at(uri, position) else { return Vec::new() };
        let Some(here) = self.mention_at(file, offset) else { return Vec::new() };
        let all = self.all_mentions().into_iter();
        let wanted = all.filter(|mention| mention.what == here.what && (with_definition || !mention.defines));
        let mut spans: Vec<Span> = wanted.map(|mention| self.shown(&mention)).collect();
        spans.sort_unstable();
        spans.dedup();
        spans.into_iter().filter_map(|span| self.location(span)).collect()
    }

    /// What is shown of a mention: its name, or the first line of it.
    fn shown(&self, mention: &Mention) -> Span {
        let whole = self.sources.clamp(mention.whole);
        let line = self.sources.snippet(whole).lines().next().map_or(0, str::len);
        mention.name.unwrap_or(Span::new(whole.file, whole.start..whole.start + line))
    }

    /// Where the thing stands that is named at a place, the same language first.
    pub(super) fn defined(&self, file: FileId, offset: usize) -> Vec<Span> {
        let Some(here) = self.mention_at(file, offset) else { return Vec::new() };
        if here.defines {
            return Vec::new();
        }
        let Some(book) = &self.book else { return Vec::new() };
        let lang = self.chapter(file).map(|chapter| &chapter.lang);
        let found = match &here.what {
            Named::Work(_) => self.works(book),
            _ => {
                let Some(lang) = lang else { return Vec::new() };
                let outline = Outline::single(book, lang);
                book.chapters(lang).iter().flat_map(|chapter| self.mentions(chapter, &outline)).collect()
            }
        };
        let defines = |mention: &Mention| mention.defines && mention.what == here.what;
        found.into_iter().find(defines).map(|mention| mention.whole).into_iter().collect()
    }
}

/// Where a block gives itself an id.
fn id_in(text: &str, id: &str) -> Option<Range<usize>> {
    let label = format!("\\label{{{id}}}");
    let braces = text.match_indices(id).find(|(at, _)| {
        let before = text[..*at].strip_suffix('#').is_some_and(|before| before.ends_with(['{', ' ', '\t']));
        before && text[at + id.len()..].starts_with(|c: char| c == '}' || c.is_whitespace())
    });
    let label = || text.find(&label).map(|at| at + "\\label{".len());
    let at = braces.map(|(at, _)| at).or_else(label)?;
    Some(at..at + id.len())
}

/// Where a reference or a link says its target.
fn target_in(text: &str, id: &str) -> Option<Range<usize>> {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'));
    let found = text
        .rmatch_indices(id)
        .find(|(at, _)| text[..*at].ends_with(['#', '@', '(', '<']) && ends(&text[at + id.len()..]));
    found.map(|(at, _)| at..at + id.len())
}

impl Named {
    /// Whether it may have this name.
    pub(super) fn may_be(&self, name: &str) -> bool {
        match self {
            Self::Id(..) => is_id(name),
            Self::Note(..) => !name.trim().is_empty() && !name.contains(['[', ']', '^', '\n', '\r']),
            Self::Work(_) => is_key(name),
            Self::Heading(_) | Self::Chapter(_) => false,
        }
    }

    /// The same with another name.
    pub(super) fn named(&self, name: &str) -> Self {
        match self {
            Self::Id(group, _) => Self::Id(*group, name.to_owned()),
            Self::Note(group, _) => {
                Self::Note(*group, name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
            }
            Self::Work(_) => Self::Work(name.to_owned()),
            Self::Heading(_) | Self::Chapter(_) => self.clone(),
        }
    }
}
