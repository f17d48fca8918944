//! What was seen under a path.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Digest;
use crate::source::{Files, ReadError};

/// What stands before a name under which something is shared with a book, in place of a path.
pub(super) const SHARED: &str = "shared:";

/// What was seen under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Seen {
    /// The bytes of a file, or the names in a folder.
    Content(Digest),
    /// There is no such file.
    Missing,
    /// Something that cannot be compared: it could not be read, or it changed in the meantime.
    Unsure,
}

impl Seen {
    /// These bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::Content(Digest::of(bytes))
    }

    /// What came of reading a file.
    pub fn of_read(read: &Result<Vec<u8>, ReadError>) -> Self {
        match read {
            Ok(bytes) => Self::of(bytes),
            Err(ReadError::NotFound) => Self::Missing,
            Err(_) => Self::Unsure,
        }
    }

    /// The names in a folder. One that is not there has none.
    pub fn of_folder(files: &dyn Files, dir: &str) -> Self {
        if files.closed(dir).is_some() {
            return Self::Unsure;
        }
        let mut names = Sha256::new();
        for (kind, list) in [("file", files.list(dir)), ("folder", files.folders(dir))] {
            for name in list {
                // No name has a slash or a NUL.
                names.update(format!("{kind}/{name}\0"));
            }
        }
        Self::Content(Digest::from(names.finalize()))
    }

    /// Where what is shared with a book lies: another house may come nearer.
    pub fn of_shared(path: Option<&str>) -> Self {
        path.map_or(Self::Missing, |path| Self::of(path.as_bytes()))
    }

    /// What is under a path now.
    pub fn now(path: &str, files: &dyn Files) -> Self {
        if let Some(name) = path.strip_prefix(SHARED) {
            return Self::of_shared(files.shared(name).as_deref());
        }
        match path.strip_suffix('/') {
            Some(dir) => Self::of_folder(files, dir),
            None => Self::of_read(&files.read(path)),
        }
    }
}

const MISSING: &str = "missing";
const UNSURE: &str = "unsure";

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seen::Content(digest) => digest.fmt(f),
            Seen::Missing => f.pad(MISSING),
            Seen::Unsure => f.pad(UNSURE),
        }
    }
}

impl From<Seen> for String {
    fn from(seen: Seen) -> Self {
        seen.to_string()
    }
}

impl TryFrom<String> for Seen {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            MISSING => Ok(Self::Missing),
            UNSURE => Ok(Self::Unsure),
            digest => Digest::from_str(digest).map(Self::Content),
        }
    }
}
