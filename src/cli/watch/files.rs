//! The project's folders watched.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{Debouncer, new_debouncer};

use super::Event;
use crate::error::Error;
use crate::project::WATCHED;

/// Changes that come within this time of each other are one: an editor saves in several steps, a branch has many files.
const TOGETHER: Duration = Duration::from_millis(30);

/// Tells of every change below the folders that a book is made from, even if they go and come back.
pub(super) struct Watcher {
    debouncer: Debouncer<RecommendedWatcher>,
    root: PathBuf,
}

impl Watcher {
    /// # Errors
    /// [`Error::Read`] when the system does not let the book's folder be watched.
    pub(super) fn new(root: &Path, events: Sender<Event>) -> Result<Self, Error> {
        let fail = |why: notify_debouncer_mini::notify::Error| Error::Read {
            path: root.to_owned(),
            source: std::io::Error::other(why),
        };
        let told = move |_| {
            // Whoever listened has ended.
            let _ = events.send(Event::Files);
        };
        let mut debouncer = new_debouncer(TOGETHER, told).map_err(fail)?;
        // The folder itself tells when one of its folders comes or goes.
        debouncer.watcher().watch(root, RecursiveMode::NonRecursive).map_err(fail)?;
        let mut watcher = Self { debouncer, root: root.to_owned() };
        watcher.renew();
        Ok(watcher)
    }

    /// Watches the folders that are there now: one that was deleted and made again is another folder.
    pub(super) fn renew(&mut self) {
        for folder in WATCHED {
            let path = self.root.join(folder);
            let _ = self.debouncer.watcher().unwatch(&path);
            if path.is_dir() {
                // What cannot be watched now may be so after the next change.
                let _ = self.debouncer.watcher().watch(&path, RecursiveMode::Recursive);
            }
        }
    }
}
