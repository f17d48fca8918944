//! Files with what is typed and not saved yet laid over them.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Files, ReadError};

/// The files of a project as an editor has them.
pub(crate) struct Overlay<'a> {
    /// What is saved.
    pub files: &'a dyn Files,
    /// What is open in the editor, by project-relative path.
    pub open: &'a BTreeMap<String, String>,
}

impl Files for Overlay<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.open.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.files.read(path),
        }
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let inside = |path: &String| Some(path.strip_prefix(dir)?.strip_prefix('/')?.to_owned());
        let open = self.open.keys().filter_map(inside).filter(|name| !name.contains('/'));
        self.files.list(dir).into_iter().chain(open).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn closed(&self, dir: &str) -> Option<ReadError> {
        self.files.closed(dir)
    }

    fn folders(&self, dir: &str) -> Vec<String> {
        self.files.folders(dir).into_iter().chain(self.open.folders(dir)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn shared(&self, name: &str) -> Option<String> {
        self.files.shared(name)
    }
}
