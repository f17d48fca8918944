//! From the book to pages and PDF, through embedded Typst.

use crate::diagnostic::Reported;
use crate::model::{Book, EditionKind, LayoutChoice};
use crate::source::{Files, Sources};

/// A layout folder, read and checked.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Folder name.
    pub name: String,
    /// Building blocks that it styles beyond the general ones.
    pub blocks: Vec<String>,
    /// Its `epub.css`.
    pub css: String,
}

/// When a build says it was made: seconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuildDate(pub i64);

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
pub fn load_layout(files: &dyn Files, sources: &mut Sources, choice: &LayoutChoice) -> Reported<Option<Layout>> {
    let _ = (files, sources, choice);
    todo!()
}

/// A PDF and how many pages it has.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
}

/// Sets an edition and exports it as PDF. The value is absent when an error prevents it.
pub fn pdf(job: Job<'_>) -> Reported<Option<Pdf>> {
    let _ = job.edition;
    todo!()
}
