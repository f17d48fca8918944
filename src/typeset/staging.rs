//! What Typst is given to set an edition: a main file, and the World around it.

use chrono::{DateTime, Datelike, Timelike};
use typst::foundations::{Datetime, Dict, IntoValue};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_kit::files::FileStore;

use super::broken::Broken;
use super::world::{BookFiles, BookWorld, file_id};
use super::{BuildDate, Job, dollars, fonts, references, rows, sides, values};
use crate::bibliography;
use crate::diagnostic::Diagnostic;
use crate::model::{EditionKind, Lang};

/// What is set: a layout's main file, and for a cover the number of pages that it covers.
pub(super) struct Main<'a> {
    pub(super) path: &'a str,
    pub(super) covered: Option<usize>,
}

impl<'a> Main<'a> {
    /// The pages of an edition.
    pub(super) fn pages(job: &Job<'a>) -> Self {
        Self { path: &job.layout.main, covered: None }
    }
}

/// The language whose chapters lead the edition.
fn language<'a>(job: &Job<'a>) -> &'a Lang {
    match job.edition {
        EditionKind::Single(lang) => lang,
        EditionKind::Bilingual => job.book.source_language(),
    }
}

/// The World of a main file.
pub(super) fn world<'a>(job: &Job<'a>, main: &Main<'_>, broken: &Broken, found: &mut Vec<Diagnostic>) -> BookWorld<'a> {
    // By which `layouts/dama.typ` knows that the true module is there.
    let mut inputs = Dict::new();
    inputs.insert("dama-pub".into(), env!("CARGO_PKG_VERSION").into_value());
    let mut library = Library::builder().with_inputs(inputs).build();
    let worded = bibliography::worded(job.book, &sides::languages(job).iter().collect::<Vec<_>>());
    found.extend(dollars::faults(job, &worded));
    values::install(&mut library, job, language(job), main.covered, &worded);
    let mut notes = rows::files(job.alignments);
    notes.extend(broken.files(job.book));
    BookWorld {
        library: LazyHash::new(library),
        fonts: fonts::for_project(job.files, job.sources).take(found),
        files: FileStore::new(BookFiles {
            files: job.files,
            sources: job.sources,
            notes,
            references: references::library(&worded),
        }),
        main: file_id(main.path).expect("a layout's name holds no path"),
        today: datetime(job.date),
    }
}

/// The time of a build as Typst has it.
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
