//! One edition compiled and exported.

use chrono::{DateTime, Datelike, Timelike};
use typst::diag::Warned;
use typst::foundations::{Datetime, Smart};
use typst::layout::{Abs, Sides};
use typst::model::Document;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_kit::files::FileStore;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, Timestamp};

use super::world::{BookFiles, BookWorld, file_id};
use super::{
    BuildDate, CACHE_AGE, GENERATOR, Job, Set, diagnostics, fonts, pages, printed, references, remarks, rows, sides,
    standards, values,
};
use crate::bibliography;
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, any_error};
use crate::model::{EditionKind, Lang, Profile};

/// See [`super::set`].
pub(super) fn set(job: &Job<'_>) -> Reported<Option<Set>> {
    let mut found = Vec::new();
    let world = book_world(job, &job.layout.main, None, &mut found);
    let set = compile(job, &world, &mut found);
    comemo::evict(CACHE_AGE);
    Reported::new(set, found)
}

/// See [`super::cover`].
pub(super) fn cover(job: &Job<'_>, pages: usize) -> Reported<Option<Set>> {
    let mut found = Vec::new();
    let Some(main) = &job.layout.cover else {
        let message = msg!("the layout `{name}` draws no cover", name = job.layout.name.as_str());
        let hint = msg!("add a cover.typ to the layout; see layouts/README.md");
        found.push(Diagnostic::error(codes::MISSING_COVER, message).hint(hint));
        return Reported::new(None, found);
    };
    let world = book_world(job, main, Some(pages), &mut found);
    let mut set = compile(job, &world, &mut found);
    if let Some(set) = &mut set {
        let made = job.book.meta.cover.clone().unwrap_or_default();
        set.folds = folds(&set.document, Abs::mm(made.spine_of(pages)));
    }
    Reported::new(set, found)
}

/// See [`super::export()`].
pub(super) fn export(job: &Job<'_>, set: &Set, profile: Profile) -> Reported<Option<Vec<u8>>> {
    let mut found = Vec::new();
    let trimmed = (profile == Profile::Screen).then(|| trimmed(&set.document)).flatten();
    let document = trimmed.as_ref().unwrap_or(&set.document);
    let bytes = write(job, document, profile, &mut found).filter(|_| !any_error(&found));
    Reported::new(bytes, found)
}

/// See [`super::document`].
pub(super) fn document(job: &Job<'_>) -> Reported<Option<PagedDocument>> {
    let mut found = Vec::new();
    let document = set(job).take(&mut found).map(|set| set.document).filter(|_| !any_error(&found));
    Reported::new(document, found)
}

/// A cover's sheet holds its spine in the middle.
fn folds(sheet: &PagedDocument, spine: Abs) -> Vec<f64> {
    let Some(page) = sheet.pages().first() else { return Vec::new() };
    let middle = page.frame.width() / 2.0;
    [middle - spine / 2.0, middle + spine / 2.0].map(Abs::to_pt).to_vec()
}

/// The finished pages, whether good or not.
pub(super) fn compile(job: &Job<'_>, world: &BookWorld<'_>, found: &mut Vec<Diagnostic>) -> Option<Set> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    found.extend(diagnostics::convert(world, job.sources, &warnings));
    let document = match output {
        Ok(document) => document,
        Err(errors) => {
            found.extend(diagnostics::convert(world, job.sources, &errors));
            return None;
        }
    };
    let mut pages = pages::look(job, &document);
    found.append(&mut pages.findings);
    found.extend(remarks::findings(job, &document));
    let printed = printed::printed(job, &document, pages);
    Some(Set { document, printed, folds: Vec::new() })
}

/// The language whose chapters lead the edition.
fn language<'a>(job: &Job<'a>) -> &'a Lang {
    match job.edition {
        EditionKind::Single(lang) => lang,
        EditionKind::Bilingual => job.book.source_language(),
    }
}

/// The World of a main file: the pages of the book, or the cover for that many of them.
pub(super) fn book_world<'a>(
    job: &Job<'a>,
    main: &str,
    covered: Option<usize>,
    found: &mut Vec<Diagnostic>,
) -> BookWorld<'a> {
    let mut library = Library::default();
    let worded = bibliography::worded(job.book, &sides::languages(job).iter().collect::<Vec<_>>());
    values::install(&mut library, job, language(job), covered, &worded);
    BookWorld {
        library: LazyHash::new(library),
        fonts: fonts::for_project(job.files, job.sources).take(found),
        files: FileStore::new(BookFiles {
            files: job.files,
            sources: job.sources,
            rows: rows::files(job.alignments),
            references: references::library(&worded),
        }),
        main: file_id(main).expect("a layout's name holds no path"),
        today: datetime(job.date),
    }
}

pub(super) fn datetime(date: BuildDate) -> Option<Datetime> {
    let date = DateTime::from_timestamp(date.0, 0)?;
    Datetime::from_ymd_hms(
        date.year(),
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
        u8::try_from(date.hour()).ok()?,
        u8::try_from(date.minute()).ok()?,
        u8::try_from(date.second()).ok()?,
    )
}

fn write(job: &Job<'_>, document: &PagedDocument, profile: Profile, found: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    let options = PdfOptions {
        ident: Smart::Custom(job.book.artifact_stem(job.edition) + profile.suffix()),
        creator: Smart::Custom(Some(GENERATOR.to_owned())),
        timestamp: datetime(job.date).map(Timestamp::new_utc),
        standards: standards::of(job, profile, found),
        tagged: true,
        page_ranges: None,
        pretty: false,
    };
    match typst_pdf::pdf(document, &options) {
        Ok(bytes) => Some(bytes),
        Err(errors) => {
            let world = book_world(job, &job.layout.main, None, &mut Vec::new());
            found.extend(diagnostics::convert(&world, job.sources, &errors));
            None
        }
    }
}

/// The document without bleed, as its readers see it; `None` if it has none anyway.
fn trimmed(document: &PagedDocument) -> Option<PagedDocument> {
    let bleeds = document.pages().iter().any(|page| !page.bleed.is_zero());
    let cut = |page: &Page| Page { bleed: Sides::default(), ..page.clone() };
    bleeds.then(|| PagedDocument::new(document.pages().iter().map(cut).collect(), document.info().clone()))
}
