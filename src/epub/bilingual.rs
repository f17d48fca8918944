//! The bilingual edition: the blocks of both languages in one reading order, each beside its translation.
//!
//! The chapters of both languages are merged into one book in the source language. A block and its translation stand
//! in a `pair`; the file that a block comes from tells its language ([`Sides`]).

use std::collections::BTreeMap;

use super::page::Writer;
use super::plan::key;
use crate::align::{Row, rows};
use crate::model::{Block, BlockKind, Book, Chapter, Lang, Meta};
use crate::source::{FileId, Span};

/// The class of an element that holds a block and its translation.
pub(super) const PAIR: &str = "pair";

/// What a merged book must know of its translation. Empty for an edition in one language.
#[derive(Default)]
pub(super) struct Sides<'a> {
    /// The translated chapters by the file of the chapter that they translate.
    translations: BTreeMap<FileId, &'a Chapter>,
    /// The language of every file that is not in the leading language.
    languages: BTreeMap<FileId, &'a Lang>,
}

impl<'a> Sides<'a> {
    /// The sides of a book in several languages.
    pub(super) fn of(book: &'a Book) -> Self {
        let mut sides = Self::default();
        let source = book.source_language();
        let Some(target) = book.languages.get(1) else { return sides };
        for chapter in book.chapters(source) {
            if let Some(other) = book.chapters(target).iter().find(|other| other.stem == chapter.stem) {
                sides.translations.insert(chapter.file, other);
                sides.languages.insert(other.file, target);
            }
        }
        for chapter in only_in(book, target) {
            sides.languages.insert(chapter.file, target);
        }
        sides
    }

    /// The language that the book is translated into.
    pub(super) fn target(&self) -> Option<&'a Lang> {
        self.languages.values().next().copied()
    }

    /// The translation of the chapter in a file.
    pub(super) fn translation(&self, source: FileId) -> Option<&'a Chapter> {
        self.translations.get(&source).copied()
    }

    /// The language of what stands in a file, if it is not the leading one.
    pub(super) fn language(&self, file: FileId) -> Option<&'a Lang> {
        self.languages.get(&file).copied()
    }

    /// What ids of a file end in, so that those of both languages stay apart.
    pub(super) fn suffix(&self, file: FileId) -> String {
        self.language(file).map_or(String::new(), |lang| format!(".{}", lang.tag()))
    }
}

/// The book as it is read in both languages.
pub(super) fn merged(book: &Book) -> Book {
    let source = book.source_language().clone();
    let sides = Sides::of(book);
    let mut chapters: Vec<Chapter> =
        book.chapters(&source).iter().map(|chapter| merged_chapter(chapter, sides.translation(chapter.file))).collect();
    if let Some(target) = book.languages.get(1) {
        for chapter in only_in(book, target) {
            // After what stands before it in its own language.
            let before = book.chapters(target).iter().take_while(|other| other.file != chapter.file).last();
            let at = chapters.iter().position(|other| before.is_some_and(|before| before.stem == other.stem));
            chapters.insert(at.map_or(0, |at| at + 1), chapter.clone());
        }
    }
    Book {
        meta: joined(&book.meta, &book.languages),
        chapters: BTreeMap::from([(source.clone(), chapters)]),
        languages: vec![source],
        ..book.clone()
    }
}

/// The chapters that a translation has and the source has not.
fn only_in<'a>(book: &'a Book, target: &Lang) -> impl Iterator<Item = &'a Chapter> {
    let source = book.chapters(book.source_language());
    book.chapters(target).iter().filter(|chapter| source.iter().all(|other| other.stem != chapter.stem))
}

fn merged_chapter(source: &Chapter, target: Option<&Chapter>) -> Chapter {
    let blocks = rows(source, target).iter().flat_map(merged_row).collect();
    let notes = source.notes.iter().chain(target.iter().flat_map(|target| &target.notes)).cloned().collect();
    Chapter { blocks, notes, ..source.clone() }
}

fn merged_row(row: &Row<'_>) -> Vec<Block> {
    let (Some(&a), Some(&b)) = (row.sources.first(), row.targets.first()) else {
        return row.sources.iter().chain(&row.targets).map(|block| (*block).clone()).collect();
    };
    if let (BlockKind::Container { name, attrs, .. }, BlockKind::Container { attrs: others, .. }) = (&a.kind, &b.kind)
        && attrs == others
    {
        let body = row.inner.iter().flat_map(merged_row).collect();
        let kind = BlockKind::Container { name: name.clone(), attrs: attrs.clone(), body };
        return vec![Block { kind, ..a.clone() }];
    }
    let body = match (row.shared(), &b.kind) {
        (true, BlockKind::Figure(figure)) if !figure.caption.is_empty() => {
            let caption = BlockKind::Paragraph(figure.caption.clone());
            vec![a.clone(), Block { kind: caption, span: b.span, id: None }]
        }
        (true, _) => return vec![a.clone()],
        (false, _) => row.sources.iter().chain(&row.targets).map(|block| (*block).clone()).collect(),
    };
    // No text of its own: an empty place, which no other block has.
    let span = Span::new(a.span.file, a.span.start..a.span.start);
    vec![Block { kind: BlockKind::Container { name: PAIR.to_owned(), attrs: Vec::new(), body }, span, id: None }]
}

/// What is said of the book, in both languages at once.
fn joined(meta: &Meta, languages: &[Lang]) -> Meta {
    let Some(source) = languages.first() else { return meta.clone() };
    let join = |texts: &BTreeMap<Lang, String>, between: &str| {
        let mut parts: Vec<&str> = languages.iter().filter_map(|lang| texts.get(lang)).map(String::as_str).collect();
        parts.dedup();
        if parts.is_empty() { BTreeMap::new() } else { BTreeMap::from([(source.clone(), parts.join(between))]) }
    };
    let mut keywords: Vec<String> =
        languages.iter().filter_map(|lang| meta.keywords.get(lang)).flatten().cloned().collect();
    keywords.dedup();
    let mut joined = Meta {
        title: join(&meta.title, " / "),
        subtitle: join(&meta.subtitle, " / "),
        description: join(&meta.description, "\n"),
        publisher: join(&meta.publisher, " / "),
        rights: join(&meta.rights, "\n"),
        keywords: BTreeMap::from([(source.clone(), keywords)]),
        ..meta.clone()
    };
    if let Some(series) = &mut joined.series {
        series.name = join(&series.name, " / ");
    }
    for theme in &mut joined.themes {
        theme.title = join(&theme.title, " / ");
    }
    joined
}

impl Writer<'_, '_> {
    /// Writes the link from a paragraph to the one beside it in the other language.
    pub(super) fn counterpart(&mut self, block: &Block) {
        let Some(id) = self.content.plan.counterparts.get(&key(block)).filter(|_| self.content.counterpart_links)
        else {
            return;
        };
        let words = self.content.plan.words_of(block.span.file);
        let translated = self.content.plan.sides.language(block.span.file).is_some();
        let (arrow, label) = if translated { ("↑", words.to_source) } else { ("↓", words.to_translation) };
        let href = format!("#{id}");
        // The arrow never begins a line.
        self.xml.text("\u{a0}");
        self.xml.open("a", &[("class", "counterpart"), ("href", &href), ("aria-label", label)]);
        self.xml.text(arrow);
        self.xml.close();
    }
}

/// A text and its translation as one line, the second left out when it says the same.
pub(super) fn line(source: &str, target: Option<&str>) -> String {
    match target.filter(|target| *target != source) {
        Some(target) => format!("{source} / {target}"),
        None => source.to_owned(),
    }
}
