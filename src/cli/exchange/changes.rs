//! Files of the manuscript that are about to change: all of them or none.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Desk;
use crate::cli::terminal::Terminal;
use crate::error::Error;

/// New texts of files, by their paths in the book, and where each lies.
#[derive(Debug, Default)]
pub(super) struct Changes {
    texts: BTreeMap<String, String>,
    places: BTreeMap<String, PathBuf>,
}

impl Changes {
    /// The texts.
    pub(super) fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// Adds changes that were made from what a desk had read.
    ///
    /// # Errors
    /// [`Error::Changed`] when a file is not as it was read.
    pub(super) fn add(&mut self, desk: &Desk, changed: BTreeMap<String, String>) -> Result<(), Error> {
        for (path, text) in changed {
            // A file that changes for the second time was read as the first change left it.
            if !self.texts.contains_key(&path) && !desk.is_as_read(&path) {
                return Err(Error::Changed(path.into()));
            }
            self.places.insert(path.clone(), desk.place(&path));
            self.texts.insert(path, text);
        }
        Ok(())
    }

    /// Writes all of them when the run ends.
    ///
    /// # Errors
    /// [`Error::Write`]; no file has changed then.
    pub(super) fn write(&self, terminal: &Terminal) -> Result<(), Error> {
        self.texts.iter().try_for_each(|(path, text)| terminal.deliver(&self.places[path], text.as_bytes()))
    }
}
