//! Which further files are read where so much is known: an artifact's text is known before it is set, its pictures only afterwards.
//!
//! A plan is only a guess at which files to look at. What they hold, compared with what was read when an entry was made, decides.

use std::fs;
use std::io;

use super::aside::Aside;
use super::{ASIDE, Cache, PLANS};
use crate::inputs::Digest;

/// Most plans that are tried: as a rule there is one.
const MOST: usize = 8;

impl Cache {
    /// Lists of paths that were read where all was known that has this digest.
    pub fn plans(&self, base: Digest) -> Vec<Vec<String>> {
        let folder = self.place(PLANS, base);
        let mut names: Vec<_> =
            fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        names.sort();
        let read = |path: &std::path::PathBuf| {
            let text = fs::read(path).ok()?;
            let _ = fs::File::options().append(true).open(path).and_then(|file| file.set_modified(self.now));
            serde_json::from_slice(&text).ok()
        };
        names.iter().take(MOST).filter_map(read).collect()
    }

    /// Notes which paths were read.
    ///
    /// # Errors
    /// The system's.
    pub fn put_plan(&self, base: Digest, paths: &[String]) -> io::Result<()> {
        let text = serde_json::to_vec(paths)?;
        let folder = self.place(PLANS, base);
        let place = folder.join(format!("{}.json", &Digest::of(&text).hex()[..16]));
        if fs::read(&place).is_ok_and(|there| there == text) {
            return Ok(());
        }
        let aside = Aside::new(&self.root.join(ASIDE))?;
        let written = aside.path().join("plan");
        fs::write(&written, text)?;
        fs::create_dir_all(&folder)?;
        fs::rename(written, place)
    }
}
