//! Trouble of the environment: what no edit of the manuscript can fix.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::message::{Message, reason};

/// Why a run could not be carried out. Trouble in the manuscript is a
/// [`Diagnostic`](crate::diagnostic::Diagnostic) instead.
#[derive(Debug)]
pub enum Error {
    /// No `manuscript/book.yaml` in the folder or any folder above it.
    NoProject(PathBuf),
    /// A file or folder cannot be read.
    Read {
        /// The path.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file cannot be written.
    Write {
        /// The path.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The standard output takes no more.
    Output(io::Error),
    /// A file says something else than when the run read it.
    Changed(PathBuf),
    /// Another run writes in a folder and does not let go of it.
    Busy(PathBuf),
    /// The command needs the half of the program that sets pages, and this program was made without it.
    NoPages,
    /// A command-line value that the book does not know, such as an edition.
    Usage(Message),
    /// The program cannot do what was asked for here: a port is taken, a connection breaks, a file has no room.
    Environment(Message),
}

impl Error {
    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Error::NoProject(folder) => {
                msg!(
                    "no book here: neither {folder} nor a folder above it has manuscript/book.yaml",
                    folder = folder.as_path()
                )
            }
            Error::Read { path, source } => {
                msg!("cannot read {path}: {reason}", path = path.as_path(), reason = reason(source))
            }
            Error::Write { path, source } => {
                msg!("cannot write {path}: {reason}", path = path.as_path(), reason = reason(source))
            }
            Error::Changed(path) => {
                msg!("{path} was changed during the run; run the command again", path = path.as_path())
            }
            Error::Busy(folder) => {
                msg!("another run of dama-pub is writing in {folder} and does not end", folder = folder.as_path())
            }
            Error::NoPages => msg!("this dama-pub cannot set pages: it was compiled without the feature `pages`"),
            Error::Output(source) => msg!("cannot write to the standard output: {reason}", reason = reason(source)),
            Error::Usage(message) | Error::Environment(message) => message.clone(),
        }
    }

    /// A way out, where one is known.
    pub fn hint(&self) -> Option<Message> {
        match self {
            Error::NoProject(_) => {
                Some(msg!("go to the folder of a book, or name it: `dama-pub build my-book`; `dama-pub new` makes one"))
            }
            Error::Write { .. } => {
                Some(msg!("check that there is space and that you may write there; `--out` chooses another folder"))
            }
            Error::NoPages => Some(msg!("compile it with default features; `check`, `align` and `stats` work without")),
            Error::Busy(_) => Some(msg!("wait for it or stop it, then run the command again")),
            Error::Read { .. } | Error::Output(_) | Error::Changed(_) | Error::Usage(_) | Error::Environment(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read { source, .. } | Error::Write { source, .. } | Error::Output(source) => Some(source),
            Error::NoProject(_)
            | Error::Changed(_)
            | Error::Busy(_)
            | Error::NoPages
            | Error::Usage(_)
            | Error::Environment(_) => None,
        }
    }
}
