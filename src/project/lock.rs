//! Several runs of the program in one folder at the same time.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::error::Error;

/// How often a lock is tried, and the pause in between: ten seconds in all, where a run holds it for some milliseconds.
const TRIES: usize = 500;
const PAUSE: Duration = Duration::from_millis(20);

/// While it lives no other run changes a text in the folder.
///
/// The folder itself is locked: writing renames files over others, and never this one. The system unlocks it however a
/// run ends.
#[derive(Debug)]
pub(super) struct Lock {
    _folder: Option<File>,
}

/// Locks the folder that a file lies in.
///
/// # Errors
/// [`Error::Busy`] when another run keeps it locked.
pub(super) fn folder_of(file: &Path) -> Result<Lock, Error> {
    lock(file.parent().unwrap_or(file), TRIES)
}

/// Locks a folder.
///
/// # Errors
/// [`Error::Busy`] when another run keeps it locked.
pub(super) fn folder(folder: &Path) -> Result<Lock, Error> {
    lock(folder, TRIES)
}

/// Locks a folder if no other run has it locked now.
///
/// # Errors
/// [`Error::Busy`] when another run has.
pub(super) fn folder_at_once(folder: &Path) -> Result<Lock, Error> {
    lock(folder, 1)
}

fn lock(path: &Path, tries: usize) -> Result<Lock, Error> {
    // What cannot be opened cannot be written to either, which the write says.
    let Ok(folder) = File::open(path) else { return Ok(Lock { _folder: None }) };
    for _ in 0..tries {
        match folder.try_lock() {
            Ok(()) => return Ok(Lock { _folder: Some(folder) }),
            Err(TryLockError::WouldBlock) if tries == 1 => {}
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            // Some file systems of a network have no locks; there the comparison before a write must do.
            Err(TryLockError::Error(_)) => return Ok(Lock { _folder: None }),
        }
    }
    Err(Error::Busy(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_until_the_lock_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        let first = folder_of(&file).unwrap();
        let error = lock(dir.path(), 1).map(drop).unwrap_err();
        assert!(error.to_string().contains("does not end"), "{error}");
        drop(first);
        lock(dir.path(), 1).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is left");
    }
}
