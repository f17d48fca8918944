//! What can be checked only after the whole book is read: references, citations, themes and pictures.

use std::collections::BTreeMap;

use super::picture;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::{Argument, Message};
use crate::model::{Book, Chapter, Image, Inline, InlineKind, Lang, LinkTarget, walk};
use crate::outline::{Kind, Outline};
use crate::source::{Files, Span};

/// Reports whatever refers to something that does not exist.
pub(super) fn resolve(book: &Book, files: &dyn Files, sink: &mut Vec<Diagnostic>) {
    let mut resolver = Resolver { book, files, sink, pictures: BTreeMap::new() };
    for lang in &book.languages {
        resolver.language(lang);
    }
}

struct Resolver<'a> {
    book: &'a Book,
    files: &'a dyn Files,
    sink: &'a mut Vec<Diagnostic>,
    /// Why each picture is refused, if it is.
    pictures: BTreeMap<String, Option<Message>>,
}

impl Resolver<'_> {
    fn language(&mut self, lang: &Lang) {
        let book = self.book;
        let chapters = book.chapters(lang);
        let outline = Outline::single(book, lang);
        self.repeated(&outline);
        for chapter in chapters {
            self.theme(chapter);
            walk::chapter_inlines(chapter, &mut |inline| self.inline(inline, &outline));
        }
    }

    /// Ids used twice.
    fn repeated(&mut self, outline: &Outline<'_>) {
        for (entry, first) in outline.repeated() {
            let id = entry.id.unwrap_or_default();
            self.sink.push(
                Diagnostic::error(codes::DUPLICATE_ID, msg!("the id `{id}` is used twice", id))
                    .at(entry.span)
                    .label(first.span, msg!("first used here"))
                    .hint(msg!("give each block its own id; a chapter's file name is an id too")),
            );
        }
    }

    fn theme(&mut self, chapter: &Chapter) {
        let Some(theme) = &chapter.meta.theme else { return };
        let themes = || self.book.meta.themes.iter().map(|t| t.id.as_str());
        if themes().any(|id| id == theme.value) {
            return;
        }
        let hint = match nearest(&theme.value, themes()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("add it to `themes` in book.yaml"),
        };
        let message = msg!("book.yaml has no theme `{theme}`", theme = &theme.value);
        self.sink.push(Diagnostic::error(codes::UNKNOWN_THEME, message).at(theme.span).hint(hint));
    }

    fn inline(&mut self, inline: &Inline, outline: &Outline<'_>) {
        match &inline.kind {
            InlineKind::Cite(items) => {
                for item in items {
                    self.citation(&item.key, item.span);
                }
            }
            InlineKind::Ref { target } | InlineKind::Link { target: LinkTarget::Id(target), .. }
                if outline.labelled(target).is_none() =>
            {
                let hint = match nearest(target, outline.labels().map(|(id, _)| id)) {
                    Some(near) => msg!("did you mean `{near}`?", near),
                    None => msg!("mark the block that you mean with `{{#{target}}}`", target),
                };
                let message = msg!("nothing in this language has the id `{target}`", target);
                self.sink.push(Diagnostic::error(codes::UNKNOWN_ID, message).at(inline.span).hint(hint));
            }
            InlineKind::Ref { target } => self.numbered(target, inline.span, outline),
            InlineKind::Image(image) => self.image(image, inline.span),
            _ => {}
        }
    }

    /// A reference gives a number; what has no caption has none.
    fn numbered(&mut self, target: &str, span: Span, outline: &Outline<'_>) {
        let Some(figure) = outline.labelled(target).filter(|entry| entry.kind == Kind::Uncaptioned) else { return };
        let hint = msg!(
            "give it a caption, as in `![…](… \"caption\"){{#{target}}}`: what has no caption bears no number",
            target
        );
        let message = msg!("this reference leads to a figure without a number");
        let found = Diagnostic::error(codes::MISSING_CAPTION, message).at(span);
        self.sink.push(found.label(figure.span, msg!("the figure")).hint(hint));
    }

    fn citation(&mut self, key: &str, span: Span) {
        let keys = &self.book.reference_keys;
        if keys.iter().any(|k| k == key) {
            return;
        }
        let hint = match nearest(key, keys.iter().map(String::as_str)) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("add it to manuscript/references.yaml"),
        };
        let message = msg!("references.yaml has no entry `{key}`", key);
        self.sink.push(Diagnostic::error(codes::UNKNOWN_CITATION, message).at(span).hint(hint));
    }

    fn image(&mut self, image: &Image, span: Span) {
        if image.alt.is_empty() && !image.decorative {
            self.sink.push(
                Diagnostic::error(codes::MISSING_ALT, msg!("this picture has no alternative text"))
                    .at(span)
                    .hint(msg!("describe in the brackets what it shows, or mark it `{{.decorative}}`")),
            );
        }
        if image.path.is_empty() {
            return;
        }
        let trouble = match self.pictures.get(&image.path) {
            Some(known) => known.clone(),
            None => {
                let found = self.inspect(&image.path);
                self.pictures.insert(image.path.clone(), found.clone());
                found
            }
        };
        if let Some(reason) = trouble {
            let message = msg!("the picture `{path}` cannot be used: {reason}", path = &image.path, reason);
            let hint = match self.near_file(&image.path) {
                Some(near) => msg!("did you mean `{near}`?", near),
                None => msg!("put a PNG, JPEG, GIF, WebP or SVG file of at most 100 megapixels there"),
            };
            self.sink.push(Diagnostic::error(codes::MISSING_IMAGE, message).at(span).hint(hint));
        }
    }

    fn inspect(&self, path: &str) -> Option<Message> {
        match self.files.read(path) {
            Err(error) => Some(error.into_message()),
            Ok(bytes) => picture::inspect(&bytes).err().map(Argument::into_message),
        }
    }

    /// Another file in the same folder with nearly the same name, if this one does not exist.
    fn near_file(&self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/')?;
        let names = self.files.list(folder);
        if names.iter().any(|n| n == name) {
            return None;
        }
        nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
    }
}
