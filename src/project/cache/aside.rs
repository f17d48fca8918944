//! Folders in which something is written that takes its place whole.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// After which time what has no lock is nobody's: only on file systems that have no locks.
const FORGOTTEN: Duration = Duration::from_hours(24);

/// A folder of this run alone, locked while it lives and gone afterwards.
pub(super) struct Aside {
    folder: TempDir,
    _lock: Option<File>,
}

impl Aside {
    pub(super) fn new(parent: &Path) -> io::Result<Self> {
        loop {
            let folder = tempfile::Builder::new().prefix("run-").tempdir_in(parent)?;
            let lock = match File::open(folder.path()) {
                Ok(lock) => lock,
                // Another run took it for one that a killed run had left.
                Err(why) if why.kind() == io::ErrorKind::NotFound => continue,
                Err(why) => return Err(why),
            };
            match lock.try_lock() {
                Ok(()) if folder.path().exists() => return Ok(Self { folder, _lock: Some(lock) }),
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(_)) => return Ok(Self { folder, _lock: None }),
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the folder its place. Where there is one already that stays, and this one goes.
    pub(super) fn settle(self, place: &Path) -> io::Result<()> {
        fs::create_dir_all(place.parent().unwrap_or(place))?;
        match fs::rename(self.path(), place) {
            Ok(()) => {
                // It is no longer where it would be taken away.
                let _ = self.folder.keep();
                Ok(())
            }
            Err(_) if place.exists() => Ok(()),
            Err(why) => Err(why),
        }
    }
}

/// Takes away what killed runs have left. What a living run writes is locked by it.
pub(super) fn sweep(parent: &Path, now: SystemTime) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let path = entry.path();
        let free = match File::open(&path).map(|folder| folder.try_lock()) {
            Ok(Ok(())) => true,
            Ok(Err(TryLockError::Error(_))) => is_forgotten(&entry, now),
            Ok(Err(TryLockError::WouldBlock)) | Err(_) => false,
        };
        if free {
            let _ = fs::remove_dir_all(path);
        }
    }
}

fn is_forgotten(entry: &fs::DirEntry, now: SystemTime) -> bool {
    let changed = entry.metadata().and_then(|about| about.modified());
    changed.is_ok_and(|changed| now.duration_since(changed).is_ok_and(|age| age > FORGOTTEN))
}
