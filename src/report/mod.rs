//! Forms of report: diagnostics in, text out.

pub mod alignment;
mod diff;
mod excerpt;
mod explain;
mod github;
mod health;
mod html;
mod human;
mod json;
pub mod preflight;
#[cfg(test)]
mod sample;
mod sarif;
mod schema;
mod short;
pub mod stats;
mod summary;
pub mod terms;

pub use diff::diff;
pub use explain::{list, page};
pub use github::github;
pub use health::{Item, State, health_json, health_table};
pub use html::html;
pub use human::human;
pub use json::{Hidden, json};
pub use sarif::sarif;
pub use schema::{book_schema, diagnostics_schema, glossary_schema};
pub use short::short;
pub use summary::summary;

use crate::checks::Waived;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Book;
use crate::source::{FileId, Sources};
use crate::words::Tongue;

/// Everything that a form of report may tell of a run of the checks.
pub struct Report<'a> {
    /// Findings to be mended, sorted.
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
    pub tongue: Tongue,
}

impl Report<'_> {
    /// The path of a file, for programs that start in the folder in which this one runs.
    fn path(&self, file: FileId) -> String {
        format!("{}{}", self.prefix, self.sources.get(file).path())
    }

    /// The chapter that a finding concerns: its name, or the path of a file that is no chapter.
    fn chapter(&self, finding: &Diagnostic) -> String {
        let Some(file) = finding.primary.as_ref().map(|label| label.span.file) else {
            return self.tongue.say("the book").into_owned();
        };
        let chapters = self.book.into_iter().flat_map(|book| book.chapters.values().flatten());
        let stem = chapters.filter(|chapter| chapter.file == file).map(|chapter| chapter.stem.as_str()).next();
        match stem {
            // Two files outside a book are one chapter without a name.
            Some("") => self.tongue.say("the text").into_owned(),
            Some(stem) => stem.to_owned(),
            None => self.sources.get(file).path().to_owned(),
        }
    }

    /// The language of a file, if it is a chapter.
    fn lang(&self, file: FileId) -> Option<&str> {
        let mut chapters = self.book.into_iter().flat_map(|book| book.chapters.values().flatten());
        chapters.find(|chapter| chapter.file == file).map(|chapter| chapter.lang.tag())
    }

    /// How many findings are not shown.
    pub fn hidden(&self) -> Hidden {
        Hidden { waived: self.waived.len(), held_back: self.held.map_or(0, <[Diagnostic]>::len) }
    }
}

/// A text with spaces behind it up to a width. A Chinese character takes two columns, which `{:<9}` does not know.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(textwrap::core::display_width(text))))
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
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        write!(f, "{} error{}, {} warning{}", self.errors, plural(self.errors), self.warnings, plural(self.warnings))?;
        if self.infos > 0 {
            write!(f, ", {} note{}", self.infos, plural(self.infos))?;
        }
        Ok(())
    }
}
