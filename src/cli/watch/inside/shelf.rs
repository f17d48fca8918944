//! The e-books of the book as it was last set, made when somebody opens one.

use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zip::ZipArchive;

use super::alignment::Aligner;
use crate::cli::date::build_date;
use crate::epub;
use crate::layout::Layouts;
use crate::model::EditionKind;
use crate::preview::Reading;
use crate::project::Project;
use crate::typeset::{Job, Set};

/// Where the files of an e-book stand in its archive.
const ROOT: &str = "OEBPS/";

/// The e-books of a book.
pub(super) struct Shelf {
    project: Project,
    aligner: Arc<Aligner>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    book: Option<(Arc<Reading>, Arc<Layouts>)>,
    /// The e-book that was made last: its edition, and its bytes, if there are any.
    made: Option<(String, Option<Arc<[u8]>>)>,
}

impl Shelf {
    pub(super) fn new(project: Project, aligner: Arc<Aligner>) -> Self {
        Self { project, aligner, kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The book was read again: its e-books are no longer those of now.
    pub(super) fn put(&self, reading: &Arc<Reading>, layouts: &Arc<Layouts>) {
        *self.kept() = Kept { book: Some((Arc::clone(reading), Arc::clone(layouts))), made: None };
    }

    /// A file of an edition's e-book; `None` while there is no book, and for a file that it does not have.
    pub(super) fn leaf(&self, edition: &str, path: &str, set: Option<&Set>) -> Option<Vec<u8>> {
        let bytes = self.bytes(edition, set)?;
        let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).ok()?;
        let mut file = archive.by_name(&format!("{ROOT}{path}")).ok()?;
        let mut leaf = Vec::new();
        file.read_to_end(&mut leaf).ok()?;
        Some(leaf)
    }

    /// Several files are asked for at once: the e-book is made once, and the others wait for it.
    fn bytes(&self, edition: &str, set: Option<&Set>) -> Option<Arc<[u8]>> {
        let mut kept = self.kept();
        if let Some((_, bytes)) = kept.made.as_ref().filter(|(made, _)| made == edition) {
            return bytes.clone();
        }
        let (reading, layouts) = kept.book.clone()?;
        let kind = reading.book.editions.iter().find(|kind| kind.name() == edition)?;
        let bytes = self.make(&reading, &layouts, kind, set).map(Arc::from);
        kept.made = Some((edition.to_owned(), bytes.clone()));
        bytes
    }

    fn make(&self, reading: &Reading, layouts: &Layouts, edition: &EditionKind, set: Option<&Set>) -> Option<Vec<u8>> {
        let alignments = match edition {
            EditionKind::Single(_) => Vec::new(),
            EditionKind::Bilingual => self.aligner.align(&reading.book),
        };
        let Reading { book, sources } = reading;
        let (date, layout) = (build_date(book).ok()?, &layouts[edition]);
        let job = Job { book, edition, layout, files: &self.project, sources, date, alignments: &alignments };
        // What is wrong with it, the pages and the checks say too.
        epub::epub(job, set).value
    }
}
