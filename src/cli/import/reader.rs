//! What a reader of another form is.

use std::path::Path;

use crate::cli::args::import::Import;
use crate::error::Error;
use crate::import::{Document, Imported, Report};

/// A reader of a form.
pub(super) struct Reader {
    /// Its name, as people know the form.
    pub(super) name: &'static str,
    /// Whether it takes what lies at a path.
    pub(super) takes: fn(&Path) -> bool,
    pub(super) read: Read,
}

/// How a form is read.
pub(super) enum Read {
    /// Each file is a text by itself, or a text and its translation in one.
    Texts(fn(&Path, &[u8], &Import) -> Result<Texts, Error>),
    /// All that was named, the translation too, makes a book at once. `date` is that of publication.
    Book(fn(&Import, &str) -> Result<Imported, Error>),
}

/// What one file says.
pub(super) struct Texts {
    /// The text, and its translation where the file has both.
    pub(super) documents: Vec<Document>,
    pub(super) report: Report,
    /// What its styles are taken for, as a file for `--style-map`; `None` for forms without styles.
    pub(super) styles: Option<String>,
}

/// Whether a path ends in one of some endings, in small letters or capitals.
pub(super) fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    endings.contains(&ending.as_str())
}
