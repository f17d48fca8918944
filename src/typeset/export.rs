//! One edition compiled and exported.

use chrono::{DateTime, Datelike, Timelike};
use typst::diag::Warned;
use typst::foundations::{Datetime, Smart};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_kit::files::FileStore;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::world::{Press, Shelf, file_id};
use super::{BuildDate, CACHE_AGE, GENERATOR, Job, Set, diagnostics, fonts, pages, printed, values};
use crate::diagnostic::{Diagnostic, Reported, any_error};
use crate::model::{EditionKind, Lang};

/// See [`super::set`].
pub(super) fn set(job: &Job<'_>) -> Reported<Option<Set>> {
    let mut found = Vec::new();
    let world = press(job, &job.layout.main, &mut found);
    let set = compile(job, &world, &mut found);
    comemo::evict(CACHE_AGE);
    Reported::new(set, found)
}

/// See [`super::export`].
pub(super) fn export(job: &Job<'_>, set: &Set) -> Reported<Option<Vec<u8>>> {
    let mut found = Vec::new();
    let bytes = write(job, &set.document, &mut found).filter(|_| !any_error(&found));
    Reported::new(bytes, found)
}

/// See [`super::document`].
pub(super) fn document(job: &Job<'_>) -> Reported<Option<PagedDocument>> {
    let mut found = Vec::new();
    let document = set(job).take(&mut found).map(|set| set.document).filter(|_| !any_error(&found));
    Reported::new(document, found)
}

/// The finished pages, be they good or not.
fn compile(job: &Job<'_>, world: &Press<'_>, found: &mut Vec<Diagnostic>) -> Option<Set> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    found.extend(diagnostics::convert(world, job.sources, &warnings));
    let document = match output {
        Ok(document) => document,
        Err(errors) => {
            found.extend(diagnostics::convert(world, job.sources, &errors));
            return None;
        }
    };
    let pages = pages::look(&document, job.sources);
    found.extend(pages.findings);
    let printed = printed::printed(job, &document, pages.runs, pages.pictures);
    Some(Set { document, printed })
}

/// The language whose chapters lead the edition.
fn language<'a>(job: &Job<'a>) -> &'a Lang {
    match job.edition {
        EditionKind::Single(lang) => lang,
        EditionKind::Bilingual => job.book.source_language(),
    }
}

/// The world in which a file of a layout is compiled.
pub(super) fn press<'a>(job: &Job<'a>, main: &str, found: &mut Vec<Diagnostic>) -> Press<'a> {
    let mut library = Library::default();
    values::install(&mut library, job, language(job));
    Press {
        library: LazyHash::new(library),
        fonts: fonts::for_project(job.files, job.sources).take(found),
        files: FileStore::new(Shelf { files: job.files, sources: job.sources }),
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

fn write(job: &Job<'_>, document: &PagedDocument, found: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    let options = PdfOptions {
        ident: Smart::Custom(job.book.artifact_stem(job.edition)),
        creator: Smart::Custom(Some(GENERATOR.to_owned())),
        timestamp: datetime(job.date).map(Timestamp::new_utc),
        standards: standards(job, found),
        tagged: true,
        page_ranges: None,
        pretty: false,
    };
    match typst_pdf::pdf(document, &options) {
        Ok(bytes) => Some(bytes),
        Err(errors) => {
            let world = press(job, &job.layout.main, &mut Vec::new());
            found.extend(diagnostics::convert(&world, job.sources, &errors));
            None
        }
    }
}

/// The PDF standards that the layout promises.
fn standards(job: &Job<'_>, found: &mut Vec<Diagnostic>) -> PdfStandards {
    let mut wanted = Vec::new();
    for name in &job.layout.standards {
        match standard(name) {
            Some(standard) => wanted.push(standard),
            None => found.push(
                Diagnostic::error("layout", format!("layout.yaml asks for an unknown PDF standard `{name}`"))
                    .hint("known are 1.7, 2.0, a-2b, a-2u, a-3b, a-3u, a-4 and ua-1"),
            ),
        }
    }
    PdfStandards::new(&wanted).unwrap_or_else(|why| {
        found.push(Diagnostic::error("layout", format!("layout.yaml: {}", why.message())));
        PdfStandards::default()
    })
}

fn standard(name: &str) -> Option<PdfStandard> {
    Some(match name {
        "1.7" => PdfStandard::V_1_7,
        "2.0" => PdfStandard::V_2_0,
        "a-2b" => PdfStandard::A_2b,
        "a-2u" => PdfStandard::A_2u,
        "a-3b" => PdfStandard::A_3b,
        "a-3u" => PdfStandard::A_3u,
        "a-4" => PdfStandard::A_4,
        "ua-1" => PdfStandard::Ua_1,
        _ => return None,
    })
}
