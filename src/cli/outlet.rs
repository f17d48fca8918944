//! The way out of a run: to the terminal and the disk, or from a worker to the process that watches over it.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::git::{self, Inquiry, Told};
use super::pipe::{Link, View};
use crate::error::Error;
use crate::message::visible_styled;
use crate::project::{Deliveries, try_folder, write_now};

/// Where what a run gives goes.
#[derive(Debug, Clone)]
pub(super) enum Outlet {
    /// To the terminal and the disk.
    Here(Arc<Mutex<Deliveries>>),
    /// To the process that watches over this one.
    Supervisor(Arc<Link>),
}

impl Outlet {
    pub(super) fn new(link: Option<Arc<Link>>) -> Self {
        link.map_or_else(|| Self::Here(Arc::default()), Self::Supervisor)
    }

    pub(super) fn view(&self) -> View {
        match self {
            Self::Here(_) => View::here(),
            Self::Supervisor(link) => link.view(),
        }
    }

    /// The process that watches over this one, if there is one.
    pub(super) fn supervisor(&self) -> Option<&Arc<Link>> {
        match self {
            Self::Here(_) => None,
            Self::Supervisor(link) => Some(link),
        }
    }

    /// Gives a result to whoever reads stdout.
    pub(super) fn result(&self, text: &[u8]) -> io::Result<()> {
        match self {
            Self::Here(_) => {
                let mut out = io::stdout().lock();
                out.write_all(&harmless(text)).and_then(|()| out.flush())
            }
            Self::Supervisor(link) => link.result(text),
        }
    }

    /// Says something to the person at the terminal. A closed pipe is not a reason to fail: the reader has seen enough.
    pub(super) fn said(&self, text: &[u8]) {
        let _ = match self {
            Self::Here(_) => io::stderr().write_all(&harmless(text)),
            Self::Supervisor(link) => link.said(text),
        };
    }

    /// Makes a file that takes its place with the others of the run, at [`Self::commit`].
    ///
    /// # Errors
    /// The system's; an older file of that name is unchanged.
    pub(super) fn stage(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Here(made) => locked(made).add(path, bytes),
            Self::Supervisor(link) => link.write(path, bytes, true),
        }
    }

    /// Writes a file at once, whole or not at all.
    ///
    /// # Errors
    /// The system's; an older file of that name is unchanged.
    pub(super) fn put(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Here(_) => write_now(path, bytes),
            Self::Supervisor(link) => link.write(path, bytes, false),
        }
    }

    /// Tries whether files can be written in a folder, or where it is not there yet in the nearest one above.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn try_folder(&self, folder: &Path) -> io::Result<()> {
        match self {
            Self::Here(_) => try_folder(folder),
            Self::Supervisor(link) => link.try_folder(folder),
        }
    }

    /// Asks version control. What a worker asks is what the command line asks, whatever it says.
    pub(super) fn inquire(&self, inquiry: &Inquiry) -> Told {
        match self {
            Self::Here(_) => git::answer(inquiry),
            Self::Supervisor(link) => link.inquire(&inquiry.about),
        }
    }

    /// Puts what was made into its place: all of it, or where the run is cut off, the rest by the next run.
    ///
    /// # Errors
    /// [`Error::Busy`] when another run does not end doing so there, [`Error::Write`] when one of them cannot take its place.
    pub(super) fn commit(&self) -> Result<(), Error> {
        match self {
            Self::Here(made) => std::mem::take(&mut *locked(made)).commit(),
            Self::Supervisor(_) => Ok(()),
        }
    }
}

/// A text that commands no terminal, whoever gave it: a worker may have been taken over by what it read.
fn harmless(text: &[u8]) -> Vec<u8> {
    visible_styled(&String::from_utf8_lossy(text)).into_owned().into_bytes()
}

fn locked(made: &Mutex<Deliveries>) -> MutexGuard<'_, Deliveries> {
    made.lock().unwrap_or_else(PoisonError::into_inner)
}
