//! The project folder: the only reader and writer of files.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::source::{Files, ReadError};

/// A folder that holds `manuscript/book.yaml`.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the project that holds `start`: the folder itself or the nearest one above it.
    ///
    /// # Errors
    /// [`Error::NoProject`] when there is none.
    pub fn find(start: &Path) -> Result<Self, Error> {
        todo!("{start:?}")
    }

    /// The project's folder, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

impl Files for Project {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        todo!("{path}")
    }

    fn list(&self, dir: &str) -> Vec<String> {
        todo!("{dir}")
    }
}

/// Writes an artifact whole or not at all: a temporary file in the same folder, synced and renamed (mode 0644 less the umask).
///
/// # Errors
/// [`Error::Write`]; an older file of that name is then still there.
pub fn write_artifact(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    todo!("{path:?} {}", bytes.len())
}
