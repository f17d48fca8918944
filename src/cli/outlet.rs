//! The way out of a run: to the terminal and the disk, or from a worker to the process that watches over it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::git::{self, Inquiry, Told};
use super::pipe::wire::{Keep, Share, When};
use super::pipe::{Link, View};
use super::shelf::Shelf;
use crate::error::Error;
use crate::inputs::Digest;
use crate::message::visible_styled;
use crate::project::{Begun, Deliveries, try_folder, write_now};

/// Where what a run gives goes.
#[derive(Debug, Clone)]
pub(super) enum Outlet {
    /// To the terminal and the disk.
    Here(Arc<Mutex<Here>>),
    /// To the process that watches over this one.
    Supervisor(Arc<Link>),
}

/// What is about to be written.
#[derive(Debug, Default)]
pub(super) struct Here {
    made: Deliveries,
    /// Files of which a share has come, by their places.
    begun: BTreeMap<PathBuf, Begun>,
    /// The cache, if there is one.
    shelf: Option<Shelf>,
}

/// Why nothing could be kept in a cache, which stands at this path.
pub(super) type Unkept = (PathBuf, io::Error);

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
        self.stage_share(path, bytes, Share::All)
    }

    /// As [`stage`](Self::stage), with a share of the bytes.
    ///
    /// # Errors
    /// As [`stage`](Self::stage); also for what follows where nothing was begun.
    pub(super) fn stage_share(&self, path: &Path, bytes: &[u8], share: Share) -> io::Result<()> {
        match self {
            Self::Here(here) => locked(here).stage(path, bytes, share),
            Self::Supervisor(link) => link.write(path, bytes, When::WithOthers(share)),
        }
    }

    /// Has a cache serve this run.
    pub(super) fn use_shelf(&self, shelf: Shelf) {
        if let Self::Here(here) = self {
            locked(here).shelf = Some(shelf);
        }
    }

    /// Says that a file stays as it is: only then do the others of the run take their places.
    pub(super) fn stays(&self, path: &Path, content: Digest) {
        match self {
            Self::Here(here) => locked(here).made.keep(path, content),
            Self::Supervisor(link) => link.stays(path, content),
        }
    }

    /// Whether there is a cache that lacks some of what has these digests.
    pub(super) fn lacks(&self, digests: &[Digest]) -> bool {
        match self {
            Self::Here(here) => locked(here).shelf.as_ref().is_some_and(|shelf| shelf.lacks(digests)),
            Self::Supervisor(link) => link.lacks(digests),
        }
    }

    /// Lists of further files that were read where so much was known.
    pub(super) fn plans(&self, base: Digest) -> Vec<Vec<String>> {
        match self {
            Self::Here(here) => locked(here).shelf.as_ref().map_or(Vec::new(), |shelf| shelf.plans(base)),
            Self::Supervisor(link) => link.plans(base),
        }
    }

    /// Makes a file of what a cache has under a digest, as [`stage`](Self::stage) does, and gives what is known of it. One that cannot be made
    /// so is not there.
    pub(super) fn fetch(&self, digest: Digest, path: &Path) -> Option<String> {
        match self {
            Self::Here(here) => {
                let Here { made, shelf, .. } = &mut *locked(here);
                let entry = shelf.as_ref()?.find(digest)?;
                made.add_link(path, &entry.file, &entry.bytes).ok()?;
                String::from_utf8(entry.about).ok()
            }
            Self::Supervisor(link) => link.fetch(digest, path),
        }
    }

    /// Keeps an artifact for other runs, once it is in its place.
    pub(super) fn keep(&self, artifact: Keep) {
        match self {
            Self::Here(here) => locked(here).shelf.iter_mut().for_each(|shelf| shelf.keep(artifact.clone())),
            Self::Supervisor(link) => link.keep(artifact),
        }
    }

    /// Writes a file at once, whole or not at all.
    ///
    /// # Errors
    /// The system's; an older file of that name is unchanged.
    pub(super) fn put(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Here(_) => write_now(path, bytes),
            Self::Supervisor(link) => link.write(path, bytes, When::Now),
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

    /// Puts what was made into its place: all of it, or where the run is cut off, the rest by the next run. Gives why a cache could not keep it.
    ///
    /// # Errors
    /// [`Error::Busy`] when another run does not end doing so there, [`Error::Write`] when one of them cannot take its place.
    pub(super) fn commit(&self) -> Result<Option<Unkept>, Error> {
        let Self::Here(here) = self else { return Ok(None) };
        let Here { made, shelf, begun } = &mut *locked(here);
        begun.clear();
        std::mem::take(made).commit()?;
        Ok(shelf.as_mut().and_then(|shelf| shelf.put_all().err()))
    }
}

impl Here {
    fn stage(&mut self, path: &Path, bytes: &[u8], share: Share) -> io::Result<()> {
        let unknown = || io::Error::from(io::ErrorKind::NotFound);
        match share {
            Share::All => self.made.add(path, bytes),
            Share::First => {
                let mut file = self.made.begin(path)?;
                file.write_all(bytes)?;
                self.begun.insert(path.to_owned(), file);
                Ok(())
            }
            Share::Next => self.begun.get_mut(path).ok_or_else(unknown)?.write_all(bytes),
            Share::Last => {
                let mut file = self.begun.remove(path).ok_or_else(unknown)?;
                file.write_all(bytes)?;
                self.made.finish(file)
            }
        }
    }
}

/// A text that commands no terminal, whoever gave it: a worker may have been taken over by what it read.
fn harmless(text: &[u8]) -> Vec<u8> {
    visible_styled(&String::from_utf8_lossy(text)).into_owned().into_bytes()
}

fn locked(here: &Mutex<Here>) -> MutexGuard<'_, Here> {
    here.lock().unwrap_or_else(PoisonError::into_inner)
}
