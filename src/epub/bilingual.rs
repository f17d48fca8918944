//! The bilingual edition: the blocks of both languages in one reading order, each beside its translation.
//!
//! The chapters of both languages are merged into one book in the source language. A block and its translation stand
//! in a `pair`; the file that a block comes from tells its language.

use std::collections::BTreeMap;

use super::page::Writer;
use super::plan::{CAPTION, CREDIT, PAIR};
use crate::align::{Alignment, rows_of};
use crate::model::{Attr, Block, BlockKind, Book, Chapter, Figure, Inline, InlineKind, Lang, ListItem, Meta, Row};
use crate::outline::{Outline, Part, key};
use crate::source::Span;

/// The book as it is read in both languages, as they are aligned: one chapter for each part of its outline.
pub(super) fn merged<'a>(book: &'a Book, outline: &Outline<'a>, alignments: &[Alignment<'a>]) -> Book {
    let source = book.source_language().clone();
    let chapters = outline.parts().iter().map(|part| merged_part(part, alignments)).collect();
    Book {
        meta: joined(&book.meta, &book.languages),
        chapters: BTreeMap::from([(source.clone(), chapters)]),
        languages: vec![source],
        ..book.clone()
    }
}

fn merged_part<'a>(part: &Part<'a>, alignments: &[Alignment<'a>]) -> Chapter {
    let blocks = rows_of(part.chapter, part.translation, alignments).iter().flat_map(merged_row).collect();
    let mut chapter = Chapter { blocks, notes: part.notes().cloned().collect(), ..part.chapter.clone() };
    chapter.meta.image = opening(part);
    chapter
}

/// The pictures at the opening of a chapter: one that both languages share stands there once.
fn opening(part: &Part<'_>) -> Option<Block> {
    let of = |chapter: Option<&'_ Chapter>| chapter.and_then(|chapter| chapter.meta.image.clone());
    let (source, target) = (of(Some(part.chapter)), of(part.translation));
    let row = Row { sources: source.iter().collect(), targets: target.iter().collect(), inner: Vec::new() };
    if source.is_none() && target.is_none() { None } else { merged_row(&row).into_iter().next() }
}

fn merged_row(row: &Row<'_>) -> Vec<Block> {
    let (Some(&a), Some(&b)) = (row.sources.first(), row.targets.first()) else {
        return row.sources.iter().chain(&row.targets).map(|block| (*block).clone()).collect();
    };
    if let BlockKind::Container { name, attrs, .. } = &a.kind
        && row.joint()
    {
        let names = joint_names(name, attrs, (a, b));
        let body = names.unwrap_or_else(|| row.inner.iter().flat_map(merged_row).collect());
        let kind = BlockKind::Container { name: name.clone(), attrs: attrs.clone(), body };
        return vec![Block { kind, ..a.clone() }];
    }
    let body: Vec<Block> = match row.shared() {
        true => [a.clone()].into_iter().chain(said_beneath(row, (a, b))).collect(),
        false => row.sources.iter().chain(&row.targets).map(|block| (*block).clone()).collect(),
    };
    if let [_] = body[..] {
        return body;
    }
    // No text of its own: an empty place, which no other block has.
    let span = Span::new(a.span.file, a.span.start..a.span.start);
    vec![Block { kind: BlockKind::Container { name: PAIR.to_owned(), attrs: Vec::new(), body }, span, id: None }]
}

/// What the translation says of a figure or a chart that both languages share: its caption and its credit line.
fn said_beneath(row: &Row<'_>, (source, target): (&Block, &Block)) -> Vec<Block> {
    let title = |title: &Option<String>| -> Vec<Inline> {
        let text = title.iter().map(|text| InlineKind::Text(text.clone()));
        text.map(|kind| Inline { kind, span: target.span }).collect()
    };
    let caption = match (&source.kind, &target.kind) {
        (_, BlockKind::Figure(figure)) => figure.caption.clone(),
        (BlockKind::Chart(own), BlockKind::Chart(other)) if own.title != other.title => title(&other.title),
        _ => Vec::new(),
    };
    let caption = (!caption.is_empty()).then_some((CAPTION, BlockKind::Paragraph(caption)));
    // Of the figure nothing is left but whose it is.
    let credit = row.other_credit().map(|figure| {
        let Figure { credit, source, licence, .. } = figure.clone();
        (CREDIT, BlockKind::Figure(Figure { credit, source, licence, ..Figure::default() }))
    });
    let block = |kind| Block { kind, span: target.span, id: None };
    let said = caption.into_iter().chain(credit);
    said.map(|(name, kind)| {
        block(BlockKind::Container { name: name.to_owned(), attrs: Vec::new(), body: vec![block(kind)] })
    })
    .collect()
}

/// A grid of names in both languages: one list, each name with its translation under it. None where the lists differ
/// in length, or the names run on in lines.
fn joint_names(name: &str, attrs: &[Attr], (source, target): (&Block, &Block)) -> Option<Vec<Block>> {
    let inline = attrs.iter().any(|attr| attr.key == "form" && attr.value == "inline");
    if name != "names" || inline {
        return None;
    }
    let list = |block: &Block| match &block.kind {
        BlockKind::Container { body, .. } => match &body[..] {
            [list @ Block { kind: BlockKind::List { items, .. }, .. }] => Some((list.clone(), items.clone())),
            _ => None,
        },
        _ => None,
    };
    let ((block, ours), (_, theirs)) = (list(source)?, list(target)?);
    if ours.len() != theirs.len() {
        return None;
    }
    let both = |(own, other): (ListItem, ListItem)| {
        let mut own = own;
        own.blocks.extend(other.blocks);
        own
    };
    let items = ours.into_iter().zip(theirs).map(both).collect();
    Some(vec![Block { kind: BlockKind::List { start: None, tight: false, items }, ..block }])
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
        let translated = self.content.plan.outline.is_translation(block.span.file);
        let (arrow, label) = if translated { ("↑", words.to_source) } else { ("↓", words.to_translation) };
        let href = format!("#{id}");
        // The arrow never begins a line.
        self.xml.text("\u{a0}");
        self.xml.open("a", &[("class", "counterpart"), ("href", &href), ("aria-label", label)]);
        self.xml.text(arrow);
        self.xml.close();
    }
}
