//! What can be checked only after the whole book is read: references, citations, themes and pictures.

mod astray;
mod blind;

use std::collections::{BTreeMap, BTreeSet};

use super::picture::{self, PictureError};
use super::typed;
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, Slips, nearest};
use crate::message::{Argument, List, Message};
use crate::model::{Book, Chapter, Image, Inline, InlineKind, Lang, Shows, Work, formula, walk};
use crate::outline::{Kind, Outline};
use crate::source::{Files, Sources, Span};
use astray::Astray;

/// Reports whatever refers to something that does not exist.
pub(super) fn resolve(book: &Book, files: &dyn Files, sources: &Sources, sink: &mut Vec<Diagnostic>) {
    let mut resolver = Resolver {
        book,
        files,
        references: references_file(book, sources),
        sink,
        pictures: BTreeMap::new(),
        astray: Astray::default(),
        slips: Slips::default(),
        refused: book.bibliography.refused.iter().map(String::as_str).collect(),
        near_works: BTreeMap::new(),
        folders: BTreeMap::new(),
    };
    for lang in &book.languages {
        resolver.language(lang);
    }
    if let Some(logo) = &book.meta.logo {
        let image = Image { path: logo.path.clone(), decorative: true, ..Image::default() };
        resolver.image(&image, logo.span);
    }
    if book.bibliography.wishes.listed.is_none() {
        let cited = resolver.cited();
        uncited(book, &cited, sink);
    }
}

/// The name of the file of references: that of the one there is, else of the one to write.
fn references_file(book: &Book, sources: &Sources) -> String {
    let path = book.bibliography.file.map_or("references.yaml", |file| sources.get(file).path());
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// Most entries that are each told at their own place.
const FEW: usize = 3;
/// Most keys that one finding names.
const NAMED: usize = 12;

/// Entries that no chapter cites and that are therefore not printed, unless `book.yaml` says which are wanted.
fn uncited(book: &Book, cited: &BTreeSet<&str>, sink: &mut Vec<Diagnostic>) {
    let left: Vec<_> = book.bibliography.works.iter().filter(|work| !cited.contains(work.key())).collect();
    let hint = || {
        msg!(
            "cite it, or say in book.yaml what is wanted: `references: {{list: all}}` prints every entry, `{{list: cited}}` leaves the others out"
        )
    };
    if left.len() <= FEW {
        for work in left {
            let message = msg!("the entry `{key}` is cited nowhere and is not printed", key = work.key());
            sink.push(Diagnostic::warning(codes::UNCITED, message).at(work.span).hint(hint()));
        }
        return;
    }
    let mut keys: Vec<_> = left.iter().take(NAMED).map(|work| typed(work.key())).collect();
    if left.len() > NAMED {
        keys.push(msg!("{n} more", n = left.len() - NAMED));
    }
    let message = msg!(
        "{n} entries are cited nowhere and are not printed: {keys}",
        n = left.len(),
        keys = Message::list(List::And, keys)
    );
    sink.push(Diagnostic::warning(codes::UNCITED, message).at(left[0].span).hint(hint()));
}

/// Why a picture is refused, and what helps other than another file.
#[derive(Clone)]
struct PictureTrouble {
    reason: Message,
    hint: Option<Message>,
}

struct Resolver<'a, 's> {
    book: &'a Book,
    files: &'a dyn Files,
    /// The name of the file of references.
    references: String,
    sink: &'s mut Vec<Diagnostic>,
    /// Why each picture is refused, if it is.
    pictures: BTreeMap<String, Option<PictureTrouble>>,
    /// The links of the chapter that lead nowhere.
    astray: Astray,
    slips: Slips,
    /// The keys of entries that cannot be used.
    refused: BTreeSet<&'a str>,
    /// The entries that unknown keys may mean.
    near_works: BTreeMap<String, Option<&'a str>>,
    /// The names of the files in folders of pictures.
    folders: BTreeMap<String, Vec<String>>,
}

impl<'a> Resolver<'a, '_> {
    fn language(&mut self, lang: &Lang) {
        let book = self.book;
        let chapters = book.chapters(lang);
        let outline = Outline::single(book, lang);
        self.repeated(&outline);
        for chapter in chapters {
            self.theme(chapter);
            walk::chapter_inlines(chapter, &mut |inline| self.inline(inline, &outline));
            walk::formulas(chapter, &mut |written, set, span| self.formula(written, set, span, &outline));
            std::mem::take(&mut self.astray).report(self.sink);
        }
        blind::report(book, lang, &mut self.slips, self.sink);
    }

    /// Ids used twice in a chapter.
    fn repeated(&mut self, outline: &Outline<'_>) {
        for (entry, first) in outline.repeated() {
            let id = entry.id.unwrap_or_default();
            self.sink.push(
                Diagnostic::error(codes::DUPLICATE_ID, msg!("the id `{id}` is used twice in this chapter", id))
                    .at(entry.span)
                    .label(first.span, msg!("first used here"))
                    .hint(msg!("give each block of a chapter its own id")),
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
            InlineKind::Ref { target, shows } => {
                if *shows != Shows::PageInBrackets {
                    self.astray.look(target, inline.span, outline, &mut self.slips);
                }
                if *shows == Shows::Number {
                    self.numbered(target, inline.span, outline);
                }
            }
            InlineKind::Link { target, .. } => {
                if let Some(target) = target.place() {
                    self.astray.look(target, inline.span, outline, &mut self.slips);
                }
            }
            InlineKind::Image(image) => self.image(image, inline.span),
            _ => {}
        }
    }

    /// What a formula says the number of.
    fn formula(&mut self, written: &str, set: Option<&str>, span: Span, outline: &Outline<'_>) {
        for name in formula::named(set.unwrap_or_default()) {
            // In a quotation or a list the file has more than the formula.
            let at = written.find(&format!("{{{name}}}")).filter(|_| span.range().len() == written.len());
            let place = at.map_or(span, |at| {
                let start = span.start + at + 1;
                Span::new(span.file, start..start + name.len())
            });
            if outline.named(name, span.file).is_none() {
                self.astray.look(name, place, outline, &mut self.slips);
            } else if outline.number(name, span.file).is_none() {
                let message = msg!("`{name}` bears no number that the formula could say", name);
                let hint =
                    msg!("refer to a formula with an id, as in `$$ … $$ {{#eq:a}}`, or to another place with a number");
                self.sink.push(Diagnostic::error(codes::UNKNOWN_ID, message).at(place).hint(hint));
            }
        }
    }

    /// A reference gives a number; what has no caption has none.
    fn numbered(&mut self, target: &str, span: Span, outline: &Outline<'_>) {
        let place = outline.named(target, span.file);
        let Some(figure) = place.filter(|entry| entry.kind == Kind::Uncaptioned) else { return };
        let target = figure.id.unwrap_or_default();
        let hint = msg!(
            "give it a caption, as in `![…](… \"caption\"){{#{target}}}`: what has no caption bears no number",
            target
        );
        let message = msg!("this reference leads to a figure without a number");
        let found = Diagnostic::error(codes::MISSING_CAPTION, message).at(span);
        self.sink.push(found.label(figure.span, msg!("the figure")).hint(hint));
    }

    fn citation(&mut self, key: &str, span: Span) {
        let known = &self.book.bibliography;
        // What is wrong with the entry, or with the whole file, has been reported.
        if known.unread || known.work(key).is_some() || self.refused.contains(key) {
            return;
        }
        let near = self.near_work(key);
        let file = &self.references;
        let hint = match near {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("add it to manuscript/{file}", file),
        };
        let message = msg!("{file} has no entry `{key}`", file, key);
        self.sink.push(Diagnostic::error(codes::UNKNOWN_CITATION, message).at(span).hint(hint));
    }

    /// The key of the entry that an unknown key may mean.
    fn near_work(&mut self, key: &str) -> Option<&'a str> {
        if let Some(known) = self.near_works.get(key) {
            return *known;
        }
        let book = self.book;
        let near = self.slips.nearest(key, book.bibliography.works.iter().map(Work::key));
        self.near_works.insert(key.to_owned(), near);
        near
    }

    /// The keys of the works that citations mean: a slip of the pen is one finding, not one of the entry besides.
    fn cited(&mut self) -> BTreeSet<&'a str> {
        let book = self.book;
        let mut cited = BTreeSet::new();
        for chapter in book.chapters.values().flatten() {
            walk::chapter_inlines(chapter, &mut |inline| {
                if let InlineKind::Cite(items) = &inline.kind {
                    for item in items {
                        let known = book.bibliography.work(&item.key).map(Work::key);
                        cited.extend(known.or_else(|| self.near_work(&item.key)));
                    }
                }
            });
        }
        cited
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
                let found = self.inspect(&image.path, span);
                self.pictures.insert(image.path.clone(), found.clone());
                found
            }
        };
        if let Some(PictureTrouble { reason, hint }) = trouble {
            let message = msg!("the picture `{path}` cannot be used: {reason}", path = &image.path, reason);
            let hint = match (self.near_file(&image.path), hint) {
                (Some(near), _) => msg!("did you mean `{near}`?", near),
                (None, Some(hint)) => hint,
                (None, None) => msg!("put a PNG, JPEG, GIF, WebP or SVG file of at most 100 megapixels there"),
            };
            self.sink.push(Diagnostic::error(codes::MISSING_IMAGE, message).at(span).hint(hint));
        }
    }

    /// Looks at a picture where it is used first.
    fn inspect(&mut self, path: &str, span: Span) -> Option<PictureTrouble> {
        let bytes = match self.files.read(path) {
            Err(error) => return Some(PictureTrouble { reason: error.into_message(), hint: None }),
            Ok(bytes) => bytes,
        };
        let error = picture::inspect(&bytes).err();
        if error.is_none() && picture::cmyk(&bytes) == Some(false) {
            let message = msg!("the picture `{path}` is in CMYK without a colour profile", path);
            let hint = msg!("save it with its profile, or in RGB: on screens its colours are a guess");
            self.sink.push(Diagnostic::new(Severity::Info, codes::CMYK_PICTURE, message).at(span).hint(hint));
        }
        let hint = match &error {
            Some(PictureError::ForeignText) => Some(msg!(
                "save it with its text as SVG text, or as PNG; draw.io: without “Formatted Text”; Mermaid: `htmlLabels: false`"
            )),
            Some(PictureError::Unsafe(_)) => Some(msg!("save it as a plain SVG that is whole in itself, or as PNG")),
            Some(PictureError::Costly(_)) => {
                Some(msg!("save it as PNG, or draw it in a simpler way; shadows and blurs are allowed in moderation"))
            }
            _ => None,
        };
        error.map(|error| PictureTrouble { reason: error.into_message(), hint })
    }

    /// Another file in the same folder with nearly the same name, if this one does not exist.
    fn near_file(&mut self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/')?;
        let files = self.files;
        let names = self.folders.entry(folder.to_owned()).or_insert_with(|| files.list(folder));
        if names.iter().any(|n| n == name) {
            return None;
        }
        self.slips.nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
    }
}
