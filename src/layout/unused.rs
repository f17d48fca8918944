//! What a chapter says to its layouts and none of them hears: attributes of building blocks, keys of front matter.

use std::collections::BTreeMap;

use super::Layout;
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::manuscript::choices;
use crate::message::Message;
use crate::model::{Attr, BlockKind, Book, ChapterMeta, WrittenOption, block_attributes, walk};
use crate::source::Span;

/// The keys of front matter that every layout is given.
const KEYS: [&str; 6] = ["title", "subtitle", "theme", "byline", "image", "role"];

/// Keys that other tools know: none of them is a slip for one of ours.
const OTHERS: [&str; 28] = [
    "aliases",
    "author",
    "authors",
    "categories",
    "category",
    "cover",
    "date",
    "description",
    "draft",
    "id",
    "image",
    "keywords",
    "lang",
    "language",
    "layout",
    "menu",
    "name",
    "order",
    "permalink",
    "published",
    "slug",
    "summary",
    "tags",
    "time",
    "toc",
    "type",
    "url",
    "weight",
];

/// The names that the layouts of a book know.
pub(super) struct Known {
    /// Building blocks that they add to [`crate::model::BUILDING_BLOCKS`].
    pub(super) blocks: Vec<String>,
    attributes: Vec<String>,
    keys: Vec<String>,
}

impl Known {
    pub(super) fn of(layouts: &[&Layout]) -> Self {
        let all = |names: fn(&Layout) -> &Vec<String>| {
            let mut all: Vec<String> = layouts.iter().flat_map(|layout| names(layout)).cloned().collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        Self {
            blocks: all(|layout| &layout.blocks),
            attributes: all(|layout| &layout.attributes),
            keys: all(|layout| &layout.front_matter),
        }
    }
}

/// Reports what none of the layouts uses.
pub(super) fn report(book: &Book, known: &Known, sink: &mut Vec<Diagnostic>) {
    let mut keys: BTreeMap<&str, (Span, usize)> = BTreeMap::new();
    for chapter in book.languages.iter().flat_map(|lang| book.chapters(lang)) {
        walk::chapter_blocks(chapter, &mut |block| {
            let (name, attrs) = match &block.kind {
                BlockKind::Container { name, attrs, .. } => (name.as_str(), attrs),
                BlockKind::Callout(callout) => (callout.word, &callout.attrs),
                _ => return,
            };
            sink.extend(attrs.iter().filter_map(|attr| attribute(name, attr, known)));
        });
        for (key, written) in chapter.meta.extra.iter().filter(|(key, _)| !known.keys.contains(key)) {
            let slip = held_back(key, written).or_else(|| picture(key, written));
            if let Some(found) = slip.or_else(|| misspelt(key, written, &chapter.meta, known)) {
                sink.push(found);
            } else {
                keys.entry(key).or_insert((written.key, 0)).1 += 1;
            }
        }
    }
    sink.extend(keys.into_iter().map(|(key, (span, chapters))| unused(key, span, chapters)));
}

/// An attribute of a building block that is not drawn, or has a value that means nothing.
fn attribute(block: &str, attr: &Attr, known: &Known) -> Option<Diagnostic> {
    let own = block_attributes(block)?;
    let key = attr.key.as_str();
    let warning = |message| Diagnostic::warning(codes::UNKNOWN_ATTRIBUTE, message).at(attr.whole);
    if key == "form" && own.contains(&key) {
        let forms = ["grid", "inline"];
        let message = || msg!("`{value}` is no form of `{block}`", value = attr.value.as_str(), block);
        return (!forms.contains(&attr.value.as_str()))
            .then(|| warning(message()).hint(msg!("use {choices}", choices = choices(forms))));
    }
    if own.contains(&key) || known.attributes.iter().any(|other| other == key) {
        return None;
    }
    let shown = if key == "class" { format!(".{}", attr.value) } else { key.to_owned() };
    let found = warning(msg!("the building block `{block}` has no attribute `{key}`", block, key = shown));
    let names = || own.iter().copied().chain(known.attributes.iter().map(String::as_str));
    Some(match nearest(key, names()) {
        Some(near) => found.hint(msg!("did you mean `{near}`?", near)),
        None if names().next().is_none() => found.hint(msg!("remove it: nothing is made of it")),
        None => found.hint(msg!(
            "remove it: nothing is made of it; `{block}` knows {choices}",
            block,
            choices = choices(names())
        )),
    })
}

/// A chapter that says that it is not to be published.
fn held_back(key: &str, written: &WrittenOption) -> Option<Diagnostic> {
    let wanted = match key.to_ascii_lowercase().as_str() {
        "draft" | "hidden" | "unlisted" => false,
        "publish" | "published" => true,
        _ => return None,
    };
    let value = written.value.value.as_bool().filter(|value| *value != wanted)?;
    let message =
        msg!("the chapter says `{key}: {value}`, and is printed all the same", key, value = value.to_string());
    let found = Diagnostic::warning(codes::UNUSED_KEY, message).at(written.key.to(written.value.span));
    Some(found.hint(msg!("leave it out of `parts` in book.yaml or move it out of the folder, or remove the key")))
}

/// A picture of the project that is not written as one; other programs have addresses here.
fn picture(key: &str, written: &WrittenOption) -> Option<Diagnostic> {
    let path = written.value.value.as_str().filter(|_| key == "image")?;
    if path.starts_with('/') || path.contains("://") {
        return None;
    }
    let found = Diagnostic::warning(codes::UNUSED_KEY, msg!("the picture `{path}` is not shown", path));
    Some(found.at(written.key.to(written.value.span)).hint(picture_form()))
}

fn picture_form() -> Message {
    msg!("to show a picture where the chapter opens, write `image: {{src: ../images/name.png, alt: …}}`")
}

/// A key that is a slip for one that is known and that the chapter does not have.
fn misspelt(key: &str, written: &WrittenOption, meta: &ChapterMeta, known: &Known) -> Option<Diagnostic> {
    if OTHERS.contains(&key) {
        return None;
    }
    let given = |name: &str| match name {
        "title" => meta.titled,
        "subtitle" => meta.subtitle.is_some(),
        "theme" => meta.theme.is_some(),
        "byline" => meta.byline.is_some(),
        "image" => meta.image.is_some(),
        _ => meta.extra.contains_key(name),
    };
    let names = KEYS.into_iter().chain(known.keys.iter().map(String::as_str)).filter(|name| !given(name));
    let near = nearest(key, names)?;
    let message = msg!("the front matter has no key `{key}`", key);
    Some(Diagnostic::warning(codes::UNUSED_KEY, message).at(written.key).hint(msg!("did you mean `{near}`?", near)))
}

/// A key of another tool, at its first place in the book.
fn unused(key: &str, span: Span, chapters: usize) -> Diagnostic {
    let message = match chapters {
        1 => msg!("no layout of the book uses the key `{key}`", key),
        chapters => msg!("no layout of the book uses the key `{key}`; {chapters} chapters have it", key, chapters),
    };
    let hint = match key {
        "author" | "authors" => msg!("write `byline` for the author line of a chapter"),
        "image" => picture_form(),
        _ => msg!(
            "remove it if nobody needs it; a layout lists the keys that it uses under `front-matter` in layout.yaml"
        ),
    };
    Diagnostic::new(Severity::Info, codes::UNUSED_KEY, message).at(span).hint(hint)
}
