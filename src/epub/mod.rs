//! From the book to an EPUB 3 package.
//!
//! # Classes for a layout's `epub.css`
//!
//! Every page is one `section` whose class is the part's role (`cover`, `colophon`, `contents`, `frontmatter`, `preface`,
//! `figures`, `tables`, `chapter`, `appendix`, `references`, `glossary`, `index`, `acknowledgements`, `backmatter`, `back-cover`),
//! with `data-theme` when it has a theme, or `section.part`, which opens a part of the book.
//! It begins with `header.chapter-head` holding `.theme`, `.sign` (the number of a chapter whose title does not name it), `.chapter-title`
//! (in it `.ordinal`), `.subtitle` and `.byline`; `.number` is that of a heading. What has a `data-theme` has the theme's colour as `--theme`.
//!
//! A building block is an element of class `NAME`. Of the attributes that it may have, `value`, `unit`, `kicker`, `number`,
//! `label` and `title` come first as `p.NAME-value` and so on; `by`, `source`, `name`, `place`, `date` and `note` come last;
//! any other attribute `key` is `data-key` on the element.
//!
//! `figure.figure` with `.label` before the caption; `.chart` with `.chart-title`, `.chart-headline`, `.chart-source` and
//! `details.chart-table`; `.qr`; `pre.code`; `div.math`; `.left`, `.center`, `.right` in tables; `a.ref`; `.note-ref`;
//! `dl.glossary` with `.term` and `.term-elsewhere`; `ul.index-entries` under `h2.index-letter`, with `.index-term` and `.index-see`;
//! `.footnotes` with `.note-number`; `ol.references` with `.ref-number`; `ol.contents` with `.contents-theme` and `.contents-part`, `.sign`, `.contents-title` and `.byline`; `ol.list-of-figures`;
//! `.edition-statement` at the end of the colophon;
//! `section.cover` on the cover page. In the bilingual edition a block and its translation stand in `div.pair`, the
//! translation with its `lang`, and `a.counterpart` leads from one to the other; `.translation` is the second line of a
//! title or of a caption. A table is `.stacks` if its rows can stand below each other where there is no room for its columns, each cell with
//! what stands above it as `data-label`, and `.wide` if they cannot; `.short` is a cell that must not be broken, `.words` one that breaks between words.

mod access;
mod bilingual;
mod blocks;
mod both;
mod breaks;
mod callouts;
mod chart;
mod citations;
mod columns;
mod content;
mod contents;
mod credits;
mod cover;
mod cover_picture;
mod divisions;
mod ems;
mod figures;
mod fonts;
mod foreign;
mod gif;
mod glossary;
mod images;
mod index;
mod index_list;
mod inlines;
mod jpeg;
mod listing;
mod math;
mod nav;
mod package;
mod page;
mod pagelist;
mod plan;
mod png;
mod qr;
mod references;
mod resource;
mod style;
mod svg;
mod themes;
mod titles;
#[cfg(test)]
mod tests;
mod url;
mod window;
mod xml;
mod zip;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use crate::align;
use crate::bibliography::{self, Worded};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, any_error};
use crate::index::Heading;
use crate::layout::OptionValue;
use crate::model::{EditionKind, Lang, Role};
use crate::outline::Outline;
use crate::printed::Printed;
use crate::source::Files;
use crate::typeset::{self, Job, Set};
use both::Both;
use content::Content;
pub use cover_picture::{SHOP_WIDTH, cover_picture, shop_size};
use package::Package;
use page::Page;
use resource::{Resource, XHTML};

/// The option of a layout by which Chinese names and titles of works bear marks.
const NAME_MARKS: &str = "name-marks";

/// The stylesheet's file name.
const STYLE: &str = "style.css";

/// What is known of the pages of the printed edition when its e-book is made.
#[derive(Clone, Copy)]
pub enum Pages<'a> {
    /// They are set.
    Set(&'a Set),
    /// Others have set them and told where each begins: what [`page_starts`] gives.
    Listed(&'a Printed),
    /// Nothing.
    Unknown,
}

impl<'a> From<Option<&'a Set>> for Pages<'a> {
    fn from(set: Option<&'a Set>) -> Self {
        set.map_or(Self::Unknown, Self::Set)
    }
}

impl<'a> Pages<'a> {
    fn printed(self) -> Option<&'a Printed> {
        match self {
            Self::Set(set) => Some(&set.printed),
            Self::Listed(starts) => Some(starts),
            Self::Unknown => None,
        }
    }
}

/// What of the pages of an edition the e-book needs for the list of them: with this its list is the same as with all that is printed.
pub fn page_starts(job: Job<'_>, printed: &Printed) -> Printed {
    let outline = align::outline(job.book, job.edition, job.alignments);
    match job.edition {
        EditionKind::Single(lang) => starts_of(job, lang, &outline, printed),
        EditionKind::Bilingual => {
            let merged = bilingual::merged(job.book, &outline, job.alignments);
            starts_of(Job { book: &merged, ..job }, job.book.source_language(), &outline, printed)
        }
    }
}

fn starts_of(job: Job<'_>, lang: &Lang, outline: &Outline<'_>, printed: &Printed) -> Printed {
    let (plan, _) = plan::Plan::new(job.book.chapters(lang), lang, outline);
    pagelist::beginnings(&plan, printed, job.sources)
}

/// Exports an edition as EPUB 3.3. With the pages of the printed edition it has their page list, and their front for a cover if
/// the project has no picture of one. Where the book wants no page list, only that front is set, and the same is made with pages
/// and without. The value is absent when an error prevents it.
pub fn epub(job: Job<'_>, pages: Option<&Set>) -> Reported<Option<Vec<u8>>> {
    let mut found = Vec::new();
    let package = e_book(job, pages.into()).take(&mut found).and_then(|e_book| {
        let mut bytes = Vec::new();
        let changed = e_book.pack(job.files, &mut bytes).expect("packing in memory does not fail");
        let whole = changed.is_empty();
        found.extend(changed);
        whole.then_some(bytes)
    });
    Reported::new(package, found)
}

/// An e-book that is to be packed.
pub struct EBook {
    resources: Vec<Resource>,
    documents: [(&'static str, Arc<Vec<u8>>); 3],
}

impl EBook {
    /// Writes the package, file by file: pictures that go in as they are, are read one after the other and let go. Gives which of them have
    /// changed since; then the package is not whole.
    ///
    /// # Errors
    /// The writer's.
    pub fn pack(&self, files: &dyn Files, to: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
        let changed = zip::pack(&self.resources, &self.documents, files, to)?;
        Ok(changed.iter().map(|path| typeset::changed(path)).collect())
    }
}

/// As [`epub`], but not packed yet.
pub fn e_book(job: Job<'_>, pages: Pages<'_>) -> Reported<Option<EBook>> {
    let outline = align::outline(job.book, job.edition, job.alignments);
    let worded = bibliography::worded(job.book, &job.book.languages_of(job.edition));
    let indexed = |lang: &&Lang| ((*lang).clone(), crate::index::headings(job.book, lang));
    let index = job.book.languages_of(job.edition).iter().map(indexed).collect();
    let front = || match (job.book.meta.ebook.page_list, pages) {
        (true, Pages::Unknown) => None,
        (true, _) => images::front(job, pages),
        (false, _) => images::front(job, Pages::Unknown),
    };
    let made = Made { worded, index, front: &front };
    match job.edition {
        EditionKind::Single(lang) => edition(job, lang, &outline, pages.printed(), made),
        EditionKind::Bilingual => {
            let merged = bilingual::merged(job.book, &outline, job.alignments);
            edition(Job { book: &merged, ..job }, job.book.source_language(), &outline, pages.printed(), made)
        }
    }
}

/// What is made of the book before its languages are merged.
struct Made<'a> {
    worded: Arc<Worded>,
    index: Vec<(Lang, Vec<Heading>)>,
    /// The front of the printed edition.
    front: &'a dyn Fn() -> Option<Resource>,
}

fn edition(
    job: Job<'_>,
    lang: &Lang,
    outline: &Outline<'_>,
    printed: Option<&Printed>,
    made: Made<'_>,
) -> Reported<Option<EBook>> {
    let mut diagnostics = Vec::new();
    let front = made.front;
    let cover = images::cover(job.files, lang.tag(), &mut diagnostics);
    let content = content(job, lang, outline, printed, made, &mut diagnostics);
    let chapters = job.book.chapters(lang);
    job.book.settle(&mut diagnostics);
    if any_error(&diagnostics) {
        return Reported::new(None, diagnostics);
    }
    let cover = cover.or_else(front);
    if cover.is_none() && !job.book.meta.ebook.page_list {
        diagnostics.push(without_front(job.edition));
    }
    let identifier = package::identifier(&job.book.meta, job.edition.name());
    let (resources, spine) = resources(job, lang, &content, cover, &mut diagnostics);
    let spine: Vec<&str> = spine.iter().map(String::as_str).collect();
    let access = access::access(&content, chapters);
    let package = package::package(&Package {
        meta: &job.book.meta,
        edition: job.edition.name(),
        lang,
        target: outline.second_language(),
        identifier: &identifier,
        pages_of: (!content.pages.entries.is_empty()).then(|| package::printed(&job.book.meta, job.edition.name())),
        date: job.date,
        access: &access,
        resources: &resources,
        spine: &spine,
    });
    let title = package::title(&job.book.meta, lang);
    let documents =
        [("content.opf", package), (nav::FILE, nav::nav(&content)), (nav::NCX, nav::ncx(&content, title, &identifier))]
            .map(|(name, bytes)| (name, Arc::new(bytes)));
    job.book.settle(&mut diagnostics);
    Reported::new(Some(EBook { resources, documents }), diagnostics)
}

/// What is said of an e-book that has to do without a picture for its cover.
fn without_front(edition: &EditionKind) -> Diagnostic {
    let edition = edition.name();
    let message =
        msg!("the e-book `{edition}` has no picture on its cover: the front of its pages cannot be set", edition);
    let hint = msg!("build the PDF too, to see why, or put a picture of the cover into manuscript/images/cover.jpg");
    Diagnostic::warning(codes::PAGE_LIST, message).hint(hint)
}

/// Gathers what pages are written from.
fn content<'a>(
    job: Job<'a>,
    lang: &'a Lang,
    outline: &'a Outline<'a>,
    printed: Option<&Printed>,
    made: Made<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content<'a> {
    let chapters = job.book.chapters(lang);
    let (plan, mut names) = plan::Plan::new(chapters, lang, outline);
    let list = plan.part_of(Role::References).map_or_else(|| citations::OWN_FILE.to_owned(), |p| p.href.clone());
    let themes = job.book.meta.themes.iter();
    let second = outline.second_language();
    let themes: BTreeMap<_, _> = themes
        .filter_map(|theme| {
            let own = theme.title.get(lang).filter(|title| !title.is_empty())?;
            let other = second.and_then(|second| Some((second, theme.title.get(second)?.clone())));
            Some((theme.id.clone(), Both::new(own.clone(), other)))
        })
        .collect();
    let langs: Vec<Lang> = job.book.folders.keys().cloned().collect();
    let listed = printed.filter(|_| job.book.meta.ebook.page_list);
    let pages = listed.map_or_else(Default::default, |p| pagelist::pages(&plan, p, job.sources, &mut names));
    let statement = |lang: &&'a Lang| Some((*lang, job.book.edition_statement(lang)?));
    Content {
        pages,
        edition: outline.languages().iter().filter_map(statement).collect(),
        citations: citations::Citations::new(made.worded, &list, &mut names),
        index: index::Index::new(&plan, made.index, &mut names),
        glossary: glossary::explained(&job.book.glossary, outline.languages(), &langs),
        pictures: images::pictures(chapters, job.files, printed, diagnostics),
        formulas: math::formulas(chapters, &plan, diagnostics),
        counterpart_links: job.book.meta.ebook.counterpart_links,
        attributes: &job.layout.attributes,
        name_marks: job.layout.options.get(NAME_MARKS) != Some(&OptionValue::Bool(false)),
        plan,
        themes,
    }
}

/// Every file but the package documents, and the reading order.
fn resources(
    job: Job<'_>,
    lang: &Lang,
    content: &Content<'_>,
    cover: Option<Resource>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Resource>, Vec<String>) {
    let mut all = Vec::new();
    let mut spine = vec![cover::FILE.to_owned()];
    let bytes = cover::page(&job.book.meta, lang, content.plan.words, cover.as_ref());
    all.push(document(cover::FILE, Page { bytes, svg: cover.is_none(), math: false }));
    if content.plan.part_of(Role::Contents).is_none() {
        spine.push(nav::FILE.to_owned());
    }
    for part in &content.plan.parts {
        if let Some(opening) = &part.opening {
            all.push(document(&opening.href, divisions::page(content, opening)));
            spine.push(opening.href.clone());
        }
        all.push(document(&part.href, page::page(content, part)));
        spine.push(part.href.clone());
    }
    if content.citations.href == citations::OWN_FILE {
        all.push(document(citations::OWN_FILE, page::references(content)));
        spine.push(citations::OWN_FILE.to_owned());
    }
    if nav::own_index(content) {
        all.push(document(index::OWN_FILE, page::index(content)));
        spine.push(index::OWN_FILE.to_owned());
    }
    for picture in content.pictures.resources() {
        all.push(picture.clone());
    }
    all.extend(cover.map(|c| Resource { properties: "cover-image".to_owned(), ..c }));
    let fonts = fonts::carried(job, content.plan.outline.languages(), &all).take(diagnostics);
    let css = fonts.css + &style::stylesheet(job.book.chapters(lang), &job.book.meta.themes, &job.layout.css);
    all.extend(fonts.files);
    all.push(Resource::new(STYLE, "text/css", css.into_bytes()));
    (all, spine)
}

fn document(href: &str, page: Page) -> Resource {
    let properties: Vec<&str> = page.svg.then_some("svg").into_iter().chain(page.math.then_some("mathml")).collect();
    Resource { properties: properties.join(" "), ..Resource::new(href, XHTML, page.bytes) }
}
