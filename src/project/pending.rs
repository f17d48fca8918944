//! Files that are not in their places yet.

use std::fs::{self, File};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// How the names of files begin and end that are not in their places yet.
pub(super) const PREFIX: &str = ".dama-pub-";
pub(super) const SUFFIX: &str = ".tmp";

/// Whether a name is that of a file that is not in its place yet.
pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// The list of files that are about to take their places.
pub(super) const LIST: &str = ".dama-pub-set.json";

/// A file beside its place, and its place: names in one folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Move {
    pub(super) from: String,
    pub(super) to: String,
}

/// Finishes what a run began that was cut off while its files took their places. The folder is locked.
pub(super) fn finish(folder: &Path) {
    let Ok(list) = fs::read(folder.join(LIST)) else { return };
    // A name is a name: what was written there by others leads nowhere else.
    let plain = |name: &String| Path::new(name).file_name().is_some_and(|file| file == name.as_str());
    let moves: Vec<Move> = serde_json::from_slice(&list).unwrap_or_default();
    for Move { from, to } in moves.into_iter().filter(|file| plain(&file.from) && plain(&file.to)) {
        if is_ours(&from) {
            // Those that are in their places are gone from beside them.
            let _ = fs::rename(folder.join(from), folder.join(to));
        }
    }
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    let _ = fs::remove_file(folder.join(LIST));
}
