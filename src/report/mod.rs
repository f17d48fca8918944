//! Forms of report: diagnostics in, text out.

pub mod alignment;
pub mod catalogue;
#[cfg(test)]
mod anywhere;
mod columns;
mod diff;
mod digest;
mod excerpt;
mod explain;
mod github;
mod health;
mod html;
mod human;
mod json;
mod policy;
pub mod preflight;
mod programs;
pub mod review;
#[cfg(test)]
mod sample;
mod sarif;
mod schema;
mod short;
pub mod stats;
mod summary;
pub mod terms;

pub use diff::{changes, diff};
pub use digest::{Whole, digest};
pub use explain::{list, page};
pub use github::github;
pub use health::{Health, Item, health_json, health_table};
pub use html::html;
pub use human::{Page, human};
pub use json::{Hidden, json};
pub use sarif::sarif;
pub use schema::{book_schema, diagnostics_schema, glossary_schema, release_schema, verification_schema};
pub use short::short;
pub use summary::summary;

use crate::checks::Waived;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::{List, Locale, Message, visible_in_line};
use crate::model::{Book, Lang};
use crate::source::{FileId, Sources};

/// Everything that a form of report may show of a run of the checks.
pub struct Report<'a> {
    /// Findings to fix, sorted.
    pub open: &'a [Diagnostic],
    /// Findings that comments in the manuscript waive.
    pub waived: &'a [Waived],
    /// Findings that the baseline accepts; `None` where there is no baseline.
    pub held: Option<&'a [Diagnostic]>,
    /// The book, if it could be read.
    pub book: Option<&'a Book>,
    /// The files.
    pub sources: &'a Sources,
    /// What leads from the folder in which the program runs to that of the book: empty, or ending in a slash.
    pub prefix: &'a str,
    /// The language of the messages.
    pub locale: Locale,
}

/// A path below a folder; of one that leads out of it, without the detour.
fn below(prefix: &str, path: &str) -> String {
    let (mut prefix, mut path) = (prefix, path);
    while let Some(rest) = path.strip_prefix("../") {
        let parent = prefix.strip_suffix('/').filter(|folder| !folder.is_empty() && !folder.ends_with(".."));
        let Some(folder) = parent else { break };
        prefix = &prefix[..folder.rfind('/').map_or(0, |slash| slash + 1)];
        path = rest;
    }
    format!("{prefix}{path}")
}

impl Report<'_> {
    /// The path of a file, for programs that start in the folder in which this one runs.
    fn path(&self, file: FileId) -> String {
        below(self.prefix, self.sources.get(file).path())
    }

    /// The chapter that a finding concerns: its name, or the path of a file that is not a chapter.
    fn chapter(&self, finding: &Diagnostic) -> String {
        let Some(file) = finding.primary.as_ref().map(|label| label.span.file) else {
            return self.locale.say(&msg!("the book"));
        };
        let chapters = self.book.into_iter().flat_map(|book| book.chapters.values().flatten());
        let stem = chapters.filter(|chapter| chapter.file == file).map(|chapter| chapter.stem.as_str()).next();
        match stem {
            // Two files outside a book are one chapter without a name.
            Some("") => self.locale.say(&msg!("the text")),
            Some(stem) => visible_in_line(stem).into_owned(),
            None => visible_in_line(self.sources.get(file).path()).into_owned(),
        }
    }

    /// The language of a file, if it is a chapter.
    fn lang(&self, file: FileId) -> Option<&str> {
        let mut chapters = self.book.into_iter().flat_map(|book| book.chapters.values().flatten());
        chapters.find(|chapter| chapter.file == file).map(|chapter| chapter.lang.tag())
    }

    /// How many findings are shown and how many are not.
    pub fn totals(&self) -> Message {
        Message::list(List::Clauses, [Tally::of(self.open).message(), self.hidden().message()])
    }

    /// How many findings are not shown.
    pub fn hidden(&self) -> Hidden {
        Hidden { waived: self.waived.len(), held_back: self.held.map_or(0, <[Diagnostic]>::len) }
    }
}

/// The name of a language that is known by its tag.
fn language(tag: &str) -> Message {
    Lang::new(tag).map_or_else(|| Message::data(tag), |lang| lang.name())
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }

    /// Both counts together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            infos: self.infos + other.infos,
        }
    }

    /// By how much some findings come before others.
    pub(super) fn gravity(self) -> (usize, usize, usize) {
        (self.errors, self.warnings, self.infos)
    }

    /// The counts in words.
    pub fn message(self) -> Message {
        let notes = (self.infos > 0).then(|| plural!(notes = self.infos, "{notes} note", "{notes} notes"));
        let counts = [
            plural!(errors = self.errors, "{errors} error", "{errors} errors"),
            plural!(warnings = self.warnings, "{warnings} warning", "{warnings} warnings"),
        ];
        Message::list(List::Phrases, counts.into_iter().chain(notes))
    }
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn a_path_that_leads_out_of_the_book_is_written_without_the_detour() {
        for (prefix, path, written) in [
            ("", "manuscript/a.md", "manuscript/a.md"),
            ("books/a/", "manuscript/a.md", "books/a/manuscript/a.md"),
            ("books/a/", "../glossary.yaml", "books/glossary.yaml"),
            ("a/", "../../glossary.yaml", "../glossary.yaml"),
            ("", "../glossary.yaml", "../glossary.yaml"),
            ("../", "../glossary.yaml", "../../glossary.yaml"),
            ("/house/a/", "../glossary.yaml", "/house/glossary.yaml"),
        ] {
            assert_eq!(below(prefix, path), written);
        }
    }
}
