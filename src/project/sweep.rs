//! What runs that were killed have left beside their outputs.

use std::fs::{self, File};
use std::path::Path;

use super::lock;
use super::pending::{self, LIST, is_ours};

/// Finishes what killed runs began in a folder, and takes away what they left there. Where another run is about to put its files
/// into their places, that run sees to it.
pub fn sweep(folder: &Path) {
    let Ok(_lock) = lock::folder_at_once(folder) else { return };
    pending::finish(folder);
    clear(folder);
}

/// Takes away files that killed runs left in a folder. Those of a run that lives are locked by it.
pub(super) fn clear(folder: &Path) {
    if folder.join(LIST).exists() {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_ours)) {
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::write;

    #[test]
    fn what_a_killed_run_left_is_taken_away_and_that_of_a_living_one_is_not() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(".dama-pub-dead.tmp"), "half").unwrap();
        fs::write(dir.path().join("mine.tmp"), "mine").unwrap();
        let living = write::beside(&dir.path().join("a.pdf"), b"whole").unwrap();
        sweep(dir.path());
        assert!(living.path().is_file());
        assert!(dir.path().join("mine.tmp").is_file());
        assert!(!dir.path().join(".dama-pub-dead.tmp").exists());
    }
}
