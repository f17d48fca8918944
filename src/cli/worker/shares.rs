//! Which files outside the book a worker that lives on may read.

use std::fs::Metadata;
use std::path::PathBuf;

use crate::project::Project;

/// What the house of a book shares with it: the files, each with what tells it from one that takes its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shares(Vec<(PathBuf, Option<u64>)>);

impl Shares {
    pub(super) fn of(project: &Project) -> Self {
        let known = |path: PathBuf| {
            let file = path.symlink_metadata().ok().and_then(|about| number(&about));
            (path, file)
        };
        Self(project.shares().into_iter().map(known).collect())
    }

    pub(super) fn places(&self) -> impl Iterator<Item = PathBuf> {
        self.0.iter().map(|(path, _)| path.clone())
    }
}

/// The number that the system knows a file by.
#[cfg(unix)]
fn number(about: &Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    Some(about.ino())
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<u64> {
    None
}
