//! From the book to pages and PDF, through embedded Typst.
//!
//! The layout's `layout.typ` is the main file. It takes the manuscript through the functions of the
//! module `dama` (`native`), which lower chapters to Typst's content (`lower`) with spans that
//! point into the Markdown files.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use dama_pub::model::{EditionKind, Profile};
//! use dama_pub::source::Sources;
//! use dama_pub::typeset::{self, BuildDate, Job};
//! use dama_pub::{epub, pdf};
//!
//! let mut files = BTreeMap::new();
//! let mut write = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
//! write("manuscript/book.yaml", "title: Lamps\nlanguages: [en]\ndate: 2026-01-01\nlayout: book\n");
//! write("manuscript/en/01.md", "# Lamps\n\nThere are 12 lamps in the city.\n");
//!
//! let mut sources = Sources::default();
//! let mut found = Vec::new();
//! let (book, layouts) = dama_pub::load(&files, &mut sources).take(&mut found).expect("the book can be read");
//!
//! let edition = EditionKind::Single(book.source_language().clone());
//! let date = BuildDate::midnight(book.meta.date);
//! let job = Job {
//!     book: &book,
//!     edition: &edition,
//!     layout: &layouts[&edition],
//!     files: &files,
//!     sources: &sources,
//!     date,
//!     alignments: &[],
//! };
//! let set = typeset::set(job).take(&mut found).expect("it can be set");
//! let pages = pdf::export(job, &set, Profile::Screen).take(&mut found).expect("a PDF");
//! let e_book = epub::epub(job, Some(&set)).take(&mut found).expect("an EPUB");
//! assert!(found.is_empty() && pages.starts_with(b"%PDF-") && e_book.starts_with(b"PK"));
//! ```

mod addresses;
mod anchors;
mod boxes;
mod breaks;
mod broken;
mod builtin;
pub(crate) mod cmyk;
mod code;
mod collisions;
mod convert;
mod counted;
mod culprits;
mod diagnostics;
mod divisions;
mod dollars;
mod drawing;
mod equations;
mod export;
mod faces;
mod fonts;
mod formula;
mod frame;
mod front;
mod function;
mod galley;
mod glossary;
mod halves;
mod highlight;
mod holds;
mod index;
mod lettering;
mod letters;
mod lone;
mod lower;
mod mathml;
mod mend;
mod native;
mod notation;
mod numbers;
mod once;
mod options;
mod origins;
mod pages;
mod pairs;
mod pictures;
mod printed;
mod proof;
mod qr;
mod reading;
mod references;
mod relay;
mod remarks;
mod room;
mod rounds;
mod rows;
mod ruled;
mod sayings;
mod scripts;
mod sections;
mod sheets;
mod sides;
mod staging;
mod standards;
mod standin;
mod terms;
#[cfg(test)]
mod tests;
mod timings;
mod titles;
mod unread;
mod values;
mod world;

pub use faces::Face;
pub(crate) use highlight::{Token, tokens};
pub use lettering::Lettering;
pub(crate) use mathml::mathml_in_line;
pub use mathml::{Formula, mathml};
pub use proof::{Annotations, Note};
pub use sheets::Sheet;
pub(crate) use titles::word_breaks;
use typst_layout::PagedDocument;

use crate::align::Alignment;
use crate::diagnostic::{Diagnostic, Reported, any_error};
use crate::layout::Layout;
use crate::message::{Locale, Message};
use crate::model::{Book, EditionKind, Profile};
use crate::printed::Printed;
use crate::source::{Files, Sources};

/// What artifacts name as their maker.
pub const GENERATOR: &str = concat!("dama-pub ", env!("CARGO_PKG_VERSION"));

/// The version of Typst that sets the pages.
pub fn typst_version() -> &'static str {
    typst::utils::version().raw()
}

/// How many compilations a cached result may stay unused.
const CACHE_AGE: usize = 10;

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
    /// What says what in the languages of the edition, for one in several of them; see [`align_for`](crate::align::align_for).
    pub alignments: &'a [Alignment<'a>],
}

/// Whether a character would show if a font had it, and no built-in font has it.
pub fn is_wanting(character: char) -> bool {
    fonts::is_wanting(character)
}

/// Names of the families that pages can be set in, in order of name.
pub fn families(files: &dyn Files, sources: &Sources) -> Reported<Vec<String>> {
    fonts::families(files, sources)
}

/// The faces of some families, for an e-book that carries them: of each family the regular, the bold and the italic.
/// An unknown family is a warning.
pub fn faces(job: Job<'_>, families: &[&str]) -> Reported<Vec<Face>> {
    faces::faces(&job, families)
}

/// An edition set: its pages, fit to be exported.
pub struct Set {
    document: PagedDocument,
    /// Where the manuscript stands on them.
    pub printed: Printed,
    /// Where a sheet is folded, in points from its trimmed left edge: at both sides of a cover's spine.
    pub folds: Vec<f64>,
}

/// A PDF and what is known of its pages.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub printed: Printed,
}

/// Fonts for what stands on a sheet beside its page: a sans for Latin letters, and one for all others. Whole files.
pub fn label_fonts() -> [&'static [u8]; 2] {
    fonts::labels()
}

/// Sets an edition. A formula, picture or reference that cannot be set costs its place, where a mark stands; the value is
/// absent only when the layout itself cannot be set. So pages that come with errors are for whoever looks at them, or
/// needs to know where they begin, and not for readers.
pub fn set(job: Job<'_>) -> Reported<Option<Set>> {
    export::set(&job, &[])
}

/// As [`set`], for a run in which no edition is set twice: what was remembered in setting them is let go once none is being set.
pub fn set_once(job: Job<'_>) -> Reported<Option<Set>> {
    export::set_once(&job)
}

/// Sets an edition for those who look at its pages while they write: what only a file needs, which is to be read aloud and to have
/// bookmarks, is left out. `earlier` are pages of an earlier state, by whose numbers the layout begins: where they still hold it
/// is done in one round.
pub fn set_to_look_at(job: Job<'_>, earlier: Option<&Set>) -> Reported<Option<Set>> {
    export::set_to_look_at(&job, earlier)
}

/// Lets go of what was not needed in setting for some time. Whoever sets pages to look at calls it when they are shown; [`set`] does so by itself.
pub fn forget_unused() {
    comemo::evict(CACHE_AGE);
}

/// Sets an edition of a book in which errors are `known`: where a picture, a reference or a citation is wrong a mark stands
/// in its place, and nothing is said of it again.
pub fn set_in_spite_of(job: Job<'_>, known: &[Diagnostic]) -> Reported<Option<Set>> {
    export::set(&job, known)
}

/// Sets the cover of an edition in one piece (back, spine, front) for a book of so many pages. The value is absent when
/// it cannot be set, or the layout draws none.
pub fn cover(job: Job<'_>, pages: usize) -> Reported<Option<Set>> {
    export::cover(&job, pages)
}

/// The front of an edition as its readers see it on a screen: the pages' first one, where they open with a cover or the layout
/// draws none; else the front of the cover in one piece. As large as it can be in `width` and `height`, in pixels.
pub fn front(job: Job<'_>, set: &Set, width: u32, height: u32) -> Option<image::RgbImage> {
    front::front(&job, set, width, height)
}

/// The same where the pages are not set: as the layout sets it for a book whose chapters have their heads and no text. A cover in one
/// piece is as wide as so many pages need it, which shifts what is drawn on it by parts of a pixel.
pub fn front_alone(job: Job<'_>, pages: usize, width: u32, height: u32) -> Option<image::RgbImage> {
    front::front_alone(&job, pages, width, height)
}

/// Sets an edition with the lines of its margins and, if its layout can draw it, of its grid. The text stands where
/// [`set`] puts it.
pub fn set_with_lines(job: Job<'_>) -> Reported<Option<Set>> {
    proof::set(&job)
}

/// Exports what was set with notes drawn over its pages and listed after them, for people to look at.
pub fn proof(
    job: Job<'_>,
    set: &Set,
    title: &str,
    summary: &Message,
    notes: &[Note],
    locale: Locale,
) -> Reported<Option<Vec<u8>>> {
    proof::proof(&job, set, title, summary, notes, locale)
}

/// A PDF for people at work on a book, whatever is wrong with it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages the edition has.
    pub pages: usize,
}

/// Sets an edition of a book in which errors are `known`, and exports its pages with notes drawn over them and listed after
/// them. `annotate` is given the pages and what was found in setting them. The value is absent
/// only when the layout itself cannot be set.
pub fn draft(
    job: Job<'_>,
    known: &[Diagnostic],
    title: &str,
    annotate: &dyn Fn(&Set, &[Diagnostic]) -> Annotations,
    locale: Locale,
) -> Reported<Option<Draft>> {
    proof::draft(&job, known, title, annotate, locale)
}

/// Exports what was set as PDF: for the screen the trimmed pages with the standards that were asked for; for print
/// PDF 1.6 with the bleed, as Typst writes it.
pub fn export(job: Job<'_>, set: &Set, profile: Profile) -> Reported<Option<Vec<u8>>> {
    export::export(&job, set, profile)
}

/// Prepares what several of these editions share, so that those set at the same time do not do it again: their pictures. With
/// `forget`, lets go of what was remembered in setting earlier ones.
pub fn prepare(book: &Book, editions: &[EditionKind], files: &dyn Files, forget: bool) {
    if forget {
        comemo::evict(0);
    }
    pictures::decode(book, editions, files);
}

/// Says of a picture that it is not any more what it was when the pages were set.
pub(crate) fn changed(path: &str) -> Diagnostic {
    export::changed(path)
}

/// Begins to note how long each step of typesetting takes, in all threads of the process.
pub fn record_timings() {
    timings::record();
}

/// What was noted since [`record_timings`]: JSON for Chrome's trace viewer, with the lines of manuscript and layout.
pub fn timings(sources: &Sources) -> Vec<u8> {
    timings::trace(sources)
}

/// Sets an edition and exports it as PDF for the screen. The value is absent when there is an error.
pub fn pdf(job: Job<'_>) -> Reported<Option<Pdf>> {
    let mut found = Vec::new();
    let set = set(job).take(&mut found).filter(|_| !any_error(&found));
    let pdf = set.and_then(|set| {
        Some(Pdf { bytes: export(job, &set, Profile::Screen).take(&mut found)?, printed: set.printed })
    });
    Reported::new(pdf, found)
}

/// Sets an edition and gives its pages, for whoever wants to look at them rather than print them. Findings as in [`pdf`].
pub fn document(job: Job<'_>) -> Reported<Option<PagedDocument>> {
    export::document(&job)
}
