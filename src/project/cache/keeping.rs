//! Looking a cache over, and clearing away what nobody uses.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Cache, ENTRIES, PLANS, entry};

/// What a cache holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Whole entries.
    pub whole: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Entries that did not keep to their sums and were taken away.
    pub broken: usize,
}

/// What was cleared away, and what is left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Entries that were cleared away.
    pub gone: usize,
    /// Their bytes.
    pub gone_bytes: u64,
    /// Entries that are left.
    pub left: usize,
    /// Their bytes.
    pub left_bytes: u64,
}

impl Cache {
    /// Compares every entry with its sums, and takes away those that do not keep to them.
    pub fn look_over(&self) -> Looked {
        let mut looked = Looked::default();
        for place in self.all(ENTRIES) {
            match entry::read(&place) {
                Ok(Some(entry)) => {
                    looked.whole += 1;
                    looked.bytes += (entry.bytes.len() + entry.about.len()) as u64;
                }
                Err(entry::Fault::Broken) => {
                    self.take_away(&place);
                    looked.broken += 1;
                }
                Ok(None) | Err(entry::Fault::Unread) => {}
            }
        }
        looked
    }

    /// Clears away what was not used since a time, and then, the longest unused first, what is more than so many bytes.
    pub fn clear(&self, since: SystemTime, most: Option<u64>) -> Swept {
        let mut entries: Vec<(SystemTime, u64, PathBuf)> = self
            .all(ENTRIES)
            .into_iter()
            .map(|place| {
                // What cannot be told is of no use.
                let (used, bytes) = entry::used(&place).unwrap_or((SystemTime::UNIX_EPOCH, 0));
                (used, bytes, place)
            })
            .collect();
        entries.sort();
        let mut swept = Swept { left: entries.len(), ..Swept::default() };
        swept.left_bytes = entries.iter().map(|(_, bytes, _)| bytes).sum();
        for (used, bytes, place) in entries {
            if used >= since && most.is_none_or(|most| swept.left_bytes <= most) {
                break;
            }
            self.take_away(&place);
            swept.left -= 1;
            swept.left_bytes -= bytes;
            swept.gone += 1;
            swept.gone_bytes += bytes;
        }
        for place in self.all(PLANS).into_iter().filter(|place| is_older(place, since)) {
            self.take_away(&place);
        }
        swept
    }

    /// The folders of all digests, in order.
    fn all(&self, part: &str) -> Vec<PathBuf> {
        let below = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut all: Vec<PathBuf> = below(self.root.join(part)).flat_map(below).collect();
        all.sort();
        all
    }
}

/// Whether nothing in a folder was changed since a time.
fn is_older(folder: &Path, since: SystemTime) -> bool {
    let changed = |entry: fs::DirEntry| entry.metadata().and_then(|about| about.modified());
    fs::read_dir(folder)
        .is_ok_and(|mut entries| entries.all(|entry| entry.and_then(changed).is_ok_and(|changed| changed < since)))
}
