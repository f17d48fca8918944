//! The project's folders watched.

use std::path::{Path, PathBuf};

use crossbeam_channel::Sender;
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::shared::Event;
use crate::error::Error;
use crate::project::WATCHED;

/// Reports every change below the folders that a book is made from, even if they are deleted and made again.
pub(super) struct Watcher {
    watcher: RecommendedWatcher,
    root: PathBuf,
}

impl Watcher {
    /// # Errors
    /// [`Error::Read`] when the system does not let the book's folder be watched.
    pub(super) fn new(root: &Path, events: Sender<Event>) -> Result<Self, Error> {
        let fail = |why: notify::Error| Error::Read { path: root.to_owned(), source: std::io::Error::other(why) };
        let home = root.to_owned();
        let notified = move |event: notify::Result<notify::Event>| {
            let event = match event {
                // Reading a file is not a change: we do it ourselves at every change.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) if event.paths.iter().any(|path| path.parent() == Some(&home)) => Event::Folders,
                // After trouble anything may have changed.
                Ok(_) | Err(_) => Event::Files,
            };
            // Whoever listened has ended.
            let _ = events.send(event);
        };
        // A link may lead to the whole machine, of which nothing is read.
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(notified, config).map_err(fail)?;
        // The folder itself tells when one of its folders comes or goes.
        watcher.watch(root, RecursiveMode::NonRecursive).map_err(fail)?;
        Ok(Self { watcher, root: root.to_owned() })
    }

    /// Watches the folders that are there now, and those of the files that the house shares with the book: one that was deleted and made again is another folder.
    pub(super) fn renew(&mut self, shares: &[PathBuf]) {
        // An editor that saves puts another file in its place, which only the folder tells.
        for folder in shares.iter().filter_map(|file| file.parent()).filter(|folder| *folder != self.root) {
            let _ = self.watcher.unwatch(folder);
            let _ = self.watcher.watch(folder, RecursiveMode::NonRecursive);
        }
        for folder in WATCHED {
            let path = self.root.join(folder);
            let _ = self.watcher.unwatch(&path);
            if path.is_dir() {
                // What cannot be watched now may be watched after the next change.
                let _ = self.watcher.watch(&path, RecursiveMode::Recursive);
            }
        }
    }
}
