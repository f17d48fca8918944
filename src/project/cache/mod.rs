//! A folder that keeps what was made, by the digests of what it was made from.
//!
//! Many runs, on many machines, may use one such folder at the same time. What is put into it is a folder of its own (an entry) that is
//! written aside and renamed, so that no run sees half of one; what is taken out of it is compared with its sums first, and an entry that does
//! not keep to them is no entry and is taken away. Nothing in it is needed: whatever fails here costs time alone.
//!
//! ```text
//! DIR/1/entries/ab/DIGEST/   artifact, about.json, SHA256SUMS
//! DIR/1/plans/ab/DIGEST/     which further files are read where so much is known
//! DIR/1/aside/               what is being written
//! ```

mod aside;
mod entry;
mod keeping;
mod plans;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub use entry::Entry;
pub use keeping::{Looked, Swept};

use crate::inputs::Digest;
use aside::Aside;

/// The folder of this form of cache.
const FORM: &str = "1";
const ENTRIES: &str = "entries";
const PLANS: &str = "plans";
const ASIDE: &str = "aside";

/// What marks a folder as one that need not be backed up.
const TAG: &str = "CACHEDIR.TAG";
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder keeps what dama-pub has made; it may be deleted at any time.\n";

/// A folder that keeps what was made.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
    /// When this run began: what it uses counts as used then.
    now: SystemTime,
}

impl Cache {
    /// Opens a folder, or makes it, and takes away what killed runs have left in it.
    ///
    /// # Errors
    /// The system's.
    pub fn open(dir: &Path, now: SystemTime) -> io::Result<Self> {
        let root = dir.join(FORM);
        for part in [ENTRIES, PLANS, ASIDE] {
            fs::create_dir_all(root.join(part))?;
        }
        let tag = dir.join(TAG);
        if !tag.exists() {
            // Only backups look for it.
            let _ = fs::write(tag, TAG_TEXT);
        }
        aside::sweep(&root.join(ASIDE), now);
        Ok(Self { root, now })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.root.parent().unwrap_or(&self.root)
    }

    /// What was made from all that has this digest, if it is kept whole.
    pub fn find(&self, digest: Digest) -> Option<Entry> {
        let place = self.place(ENTRIES, digest);
        match entry::read(&place) {
            Ok(found) => {
                entry::touch(&place, self.now);
                found
            }
            // What cannot be read may be there for others.
            Err(entry::Fault::Unread) => None,
            Err(entry::Fault::Broken) => {
                self.take_away(&place);
                None
            }
        }
    }

    /// Whether there is an entry, whole or not.
    pub fn has(&self, digest: Digest) -> bool {
        self.place(ENTRIES, digest).exists()
    }

    /// Keeps a file under a digest, with what is known of it. Where another run has done so in the meantime its entry stays.
    ///
    /// # Errors
    /// The system's, and where the file no longer has this content.
    pub fn put(&self, digest: Digest, file: &Path, content: Digest, about: &[u8]) -> io::Result<()> {
        let place = self.place(ENTRIES, digest);
        if place.exists() {
            return Ok(());
        }
        let aside = Aside::new(&self.root.join(ASIDE))?;
        entry::write(aside.path(), file, content, about)?;
        aside.settle(&place)
    }

    /// Where a folder of a digest has its place: the first two digits apart, so that no folder holds all of them.
    fn place(&self, part: &str, digest: Digest) -> PathBuf {
        let name = digest.hex();
        self.root.join(part).join(&name[..2]).join(name)
    }

    /// Takes a folder out of the way at once, and then away.
    fn take_away(&self, place: &Path) {
        let Ok(aside) = Aside::new(&self.root.join(ASIDE)) else { return };
        // Where nothing may be changed here the next run finds it broken again.
        let _ = fs::rename(place, aside.path().join("broken"));
    }
}

#[cfg(test)]
mod tests;
