//! From the book to pages and PDF, through embedded Typst.
//!
//! The layout's `layout.typ` is the main file. It takes the manuscript through the functions of the
//! module `dama` ([`native`]), which lower chapters to Typst's content ([`lower`]) with spans that
//! point into the Markdown files.

mod anchors;
mod builtin;
mod collisions;
mod convert;
mod diagnostics;
mod export;
mod fonts;
mod formula;
mod glossary;
mod index_order;
mod layouts;
mod lower;
mod mathml;
mod native;
mod options;
mod pages;
mod pairs;
mod printed;
mod proof;
mod qr;
mod sides;
mod terms;
#[cfg(test)]
mod tests;
mod values;
mod world;

use std::collections::BTreeMap;

pub use mathml::mathml;
pub use options::OptionValue;
pub use printed::{Picture, Printed, Run};
pub use proof::Note;
use typst_layout::PagedDocument;

use crate::diagnostic::{Reported, any_error};
use crate::model::{Book, EditionKind, LayoutChoice};
use crate::source::{Files, Sources};

/// What artifacts name as their maker.
pub const GENERATOR: &str = concat!("dama-pub ", env!("CARGO_PKG_VERSION"));

/// How many compilations a cached result may stay unused.
const CACHE_AGE: usize = 10;

/// A layout folder, read and checked.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Folder name.
    pub name: String,
    /// Names of the only editions that it can set; empty for one that sets any single language.
    pub editions: Vec<String>,
    /// Building blocks that it styles beyond the general ones.
    pub blocks: Vec<String>,
    /// Its `epub.css`.
    pub css: String,
    /// Its name for people.
    pub title: String,
    /// Tags of the languages that it was designed for; others work too.
    pub languages: Vec<String>,
    /// PDF standards that it keeps, such as `ua-1`.
    pub standards: Vec<String>,
    /// Every option with the value from `book.yaml` or its default.
    pub options: BTreeMap<String, OptionValue>,
    /// Project-relative path of its `layout.typ`.
    pub main: String,
}

impl Layout {
    /// Whether it can set an edition.
    pub fn sets(&self, edition: &EditionKind) -> bool {
        match (self.editions.is_empty(), edition) {
            (true, EditionKind::Single(_)) => true,
            (true, EditionKind::Bilingual) => false,
            (false, _) => self.editions.iter().any(|name| name == edition.name()),
        }
    }
}

/// When a build says it was made: seconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuildDate(pub i64);

impl BuildDate {
    /// The first second of a day (year, month, day); of 1970-01-01 if there is no such day.
    pub fn midnight((year, month, day): (i32, u8, u8)) -> Self {
        let date = chrono::NaiveDate::from_ymd_opt(year, month.into(), day.into()).unwrap_or_default();
        Self(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
    }
}

/// What an edition is made from.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The book.
    pub book: &'a Book,
    /// Which edition.
    pub edition: &'a EditionKind,
    /// The layout.
    pub layout: &'a Layout,
    /// The project's files.
    pub files: &'a dyn Files,
    /// Texts read so far; every chapter is among them.
    pub sources: &'a Sources,
    /// The date written into artifacts.
    pub date: BuildDate,
}

/// Loads a layout: the project's own `layouts/NAME/` if there is one, else the built-in one of that name.
/// Its Typst files are added to `sources`, so that errors in them can be shown.
pub fn load_layout(files: &dyn Files, sources: &mut Sources, choice: &LayoutChoice) -> Reported<Option<Layout>> {
    layouts::load(files, sources, choice)
}

/// An edition set: its pages, fit to be exported.
pub struct Set {
    document: PagedDocument,
    /// Where the manuscript stands on them.
    pub printed: Printed,
}

/// A PDF and what is known of its pages.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub printed: Printed,
}

/// Sets an edition. The value is absent when it cannot be set. What is wrong on a finished page (`missing-glyph`,
/// `overflow`) is an error too, but leaves the pages to whoever only needs to know where they begin.
pub fn set(job: Job<'_>) -> Reported<Option<Set>> {
    export::set(&job)
}

/// Exports what was set as PDF.
pub fn export(job: Job<'_>, set: &Set) -> Reported<Option<Vec<u8>>> {
    export::export(&job, set)
}

/// Exports what was set with notes drawn over its pages and listed behind them, for people to look at.
pub fn proof(job: Job<'_>, set: &Set, title: &str, summary: &str, notes: &[Note]) -> Reported<Option<Vec<u8>>> {
    proof::proof(&job, set, title, summary, notes)
}

/// Sets an edition and exports it as PDF. The value is absent when there is an error.
pub fn pdf(job: Job<'_>) -> Reported<Option<Pdf>> {
    let mut found = Vec::new();
    let set = set(job).take(&mut found).filter(|_| !any_error(&found));
    let pdf = set.and_then(|set| Some(Pdf { bytes: export(job, &set).take(&mut found)?, printed: set.printed }));
    Reported::new(pdf, found)
}

/// Sets an edition and gives its pages, for whoever wants to look at them rather than print them. Findings as in [`pdf`].
pub fn document(job: Job<'_>) -> Reported<Option<PagedDocument>> {
    export::document(&job)
}
