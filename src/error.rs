//! Trouble of the environment: what no edit of the manuscript can mend.

use std::io;
use std::path::PathBuf;

/// Why a run could not be carried out. Trouble in the manuscript is a
/// [`Diagnostic`](crate::diagnostic::Diagnostic) instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No `manuscript/book.yaml` in the folder or any folder above it.
    #[error("no book here: {} has no manuscript/book.yaml, nor has any folder above it", .0.display())]
    NoProject(PathBuf),
    /// A file or folder cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// An artifact cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The path.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A command-line value that the book does not know, such as an edition.
    #[error("{0}")]
    Usage(String),
}
