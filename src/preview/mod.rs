//! The live preview: what a browser is shown of a book while it is written.
//!
//! Pure: what was set and found goes in, answers to requests come out. Whoever watches files and serves pages keeps a
//! [`Preview`] and tells it what happened.

mod answer;
mod places;

use std::sync::Arc;

pub use answer::{Answer, Ask, ask, serves};
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::model::{Book, EditionKind};
use crate::source::Sources;
use crate::typeset::{Set, Sheet};

/// A book as it was read at one moment.
#[derive(Debug)]
pub struct Reading {
    /// The book.
    pub book: Book,
    /// Its texts.
    pub sources: Sources,
}

/// What is known of a book while it is watched.
pub struct Preview {
    /// Grows with every change that a browser should see.
    revision: u64,
    title: String,
    editions: Vec<Edition>,
    findings: Vec<Finding>,
    status: Status,
}

/// An edition, as last set without trouble.
struct Edition {
    name: String,
    title: String,
    shown: Option<Shown>,
    /// Whether its pages are older than the manuscript.
    stale: bool,
}

/// Pages with what they were set from.
struct Shown {
    set: Arc<Set>,
    reading: Arc<Reading>,
    sheets: Vec<Sheet>,
    anchors: Vec<places::Anchor>,
}

/// What is being done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Status {
    /// The pages are being set.
    Working,
    /// The pages are up to date.
    Ready {
        /// Seconds that it took.
        seconds: f64,
    },
    /// The book has errors; the pages are those of the last good time.
    Broken,
}

/// A finding as a browser shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Finding {
    severity: &'static str,
    check: &'static str,
    message: String,
    hints: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<places::At>,
}

impl Preview {
    /// A book of which nothing is known yet.
    pub fn new() -> Self {
        Self { revision: 1, title: String::new(), editions: Vec::new(), findings: Vec::new(), status: Status::Working }
    }

    /// How often something has changed that a browser should see.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The book was read anew: every edition's pages are out of date. Editions that are gone leave, new ones come.
    pub fn read(&mut self, book: &Book) {
        self.title = book.meta.title_in(book.source_language()).to_owned();
        let mut old = std::mem::take(&mut self.editions);
        for edition in &book.editions {
            let known = old.iter().position(|known| known.name == edition.name());
            let shown = known.and_then(|at| old.swap_remove(at).shown);
            let title = book.meta.title_in(language(book, edition)).to_owned();
            self.editions.push(Edition { name: edition.name().to_owned(), title, shown, stale: true });
        }
        self.revision += 1;
    }

    /// What is being done has changed.
    pub fn status(&mut self, status: Status) {
        if self.status != status {
            self.status = status;
            self.revision += 1;
        }
    }

    /// An edition was set; gives how many of its pages look different from before.
    pub fn set(&mut self, edition: &EditionKind, set: Arc<Set>, reading: Arc<Reading>) -> usize {
        let Some(known) = self.editions.iter_mut().find(|known| known.name == edition.name()) else { return 0 };
        let sheets = set.sheets();
        let changed = {
            let before: std::collections::HashSet<u128> =
                known.shown.iter().flat_map(|shown| &shown.sheets).map(|sheet| sheet.look).collect();
            sheets.iter().filter(|sheet| !before.contains(&sheet.look)).count()
        };
        let anchors = places::anchors(&set.printed, &reading.sources);
        known.shown = Some(Shown { set, reading, sheets, anchors });
        known.stale = false;
        self.revision += 1;
        changed
    }

    /// Everything that is wrong with the book now.
    pub fn findings(&mut self, found: &[Diagnostic], sources: &Sources) {
        let findings: Vec<Finding> = found.iter().map(|one| self.finding(one, sources)).collect();
        if findings != self.findings {
            self.findings = findings;
            self.revision += 1;
        }
    }

    fn finding(&self, found: &Diagnostic, sources: &Sources) -> Finding {
        let at = found.primary.as_ref().map(|label| {
            let path = sources.get(label.span.file).path();
            let shown =
                self.editions.iter().filter_map(|edition| Some((edition.name.as_str(), edition.shown.as_ref()?)));
            let mut pages = shown.filter_map(|(name, shown)| places::page_of(name, shown, path, label.span.start));
            places::At::new(sources, label.span, pages.next())
        });
        Finding {
            severity: found.severity.name(),
            check: found.check,
            message: found.message.clone(),
            hints: found.hints.clone(),
            at,
        }
    }

    /// The editions, in the book's order, whose pages are out of date or have never been set.
    pub fn stale(&self) -> Vec<String> {
        self.editions.iter().filter(|edition| edition.stale).map(|edition| edition.name.clone()).collect()
    }

    fn shown(&self, edition: &str) -> Option<&Shown> {
        self.editions.iter().find(|known| known.name == edition)?.shown.as_ref()
    }
}

impl Default for Preview {
    fn default() -> Self {
        Self::new()
    }
}

fn language<'b>(book: &'b Book, edition: &'b EditionKind) -> &'b crate::model::Lang {
    match edition {
        EditionKind::Single(lang) => lang,
        EditionKind::Bilingual => book.source_language(),
    }
}
