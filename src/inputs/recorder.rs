//! Who writes down what is read.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::seen::SHARED;
use super::{Inputs, Seen};
use crate::source::{Files, ReadError};

/// Files of a project of which each that is read or looked for is written down.
pub struct Recorder<'a> {
    files: &'a dyn Files,
    /// What was read before by another, of which only the use is told.
    before: Inputs,
    seen: Mutex<Inputs>,
}

impl<'a> Recorder<'a> {
    /// Writes down what is read of these files.
    pub fn new(files: &'a dyn Files) -> Self {
        Self::after(files, Inputs::default())
    }

    /// Likewise, where some were read before: [`Files::used`] tells that they serve here too.
    pub fn after(files: &'a dyn Files, before: Inputs) -> Self {
        Self { files, before, seen: Mutex::default() }
    }

    /// What was read so far.
    pub fn seen(&self) -> Inputs {
        self.list_so_far().clone()
    }

    fn list_so_far(&self) -> MutexGuard<'_, Inputs> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Recorder<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let read = self.files.read(path);
        let seen = Seen::of_read(&read);
        self.list_so_far().note(path, seen);
        read
    }

    fn list(&self, dir: &str) -> Vec<String> {
        self.looked_through(dir);
        self.files.list(dir)
    }

    fn folders(&self, dir: &str) -> Vec<String> {
        self.looked_through(dir);
        self.files.folders(dir)
    }

    fn closed(&self, dir: &str) -> Option<ReadError> {
        self.looked_through(dir);
        self.files.closed(dir)
    }

    fn shared(&self, name: &str) -> Option<String> {
        let path = self.files.shared(name);
        self.list_so_far().note(&format!("{SHARED}{name}"), Seen::of_shared(path.as_deref()));
        path
    }

    fn used(&self, path: &str) {
        // What nobody read has not changed either: it is made of what was.
        if let Some(seen) = self.before.get(path) {
            self.list_so_far().note(path, seen);
        }
    }
}

impl Recorder<'_> {
    fn looked_through(&self, dir: &str) {
        let path = format!("{}/", dir.trim_end_matches('/'));
        let seen = Seen::of_folder(self.files, dir);
        self.list_so_far().note(&path, seen);
    }
}
