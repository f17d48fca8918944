//! The releases that a book has.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::str::FromStr as _;

use crate::inputs::Digest;
use crate::project::read_bytes;

/// The sums of each release, which name every file of it and its content.
const SUMS: &str = "SHA256SUMS";

/// The releases of a book, by their names, each with its sums.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Releases(BTreeMap<String, Vec<u8>>);

impl Releases {
    pub(super) fn of(book: &Path) -> Self {
        let entries = fs::read_dir(book.join("release")).into_iter().flatten().flatten();
        let release = |entry: fs::DirEntry| {
            let sums = read_bytes(&entry.path().join(SUMS)).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), sums))
        };
        Self(entries.filter_map(release).collect())
    }

    /// The files of the releases that were not there before, each with its content.
    pub(super) fn made_since(&self, before: &Self) -> Vec<(String, Digest)> {
        let new = self.0.iter().filter(|(name, sums)| before.0.get(*name) != Some(*sums));
        new.flat_map(|(name, sums)| {
            let text = String::from_utf8_lossy(sums).into_owned();
            let file = |line: &str| {
                let (digest, file) = line.split_once("  ")?;
                Some((format!("{name}/{file}"), Digest::from_str(digest).ok()?))
            };
            text.lines().filter_map(file).collect::<Vec<_>>()
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_released_is_what_was_not_there_before() {
        let dir = tempfile::tempdir().unwrap();
        let release = |name: &str, text: &str| {
            let folder = dir.path().join("release").join(name);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(SUMS), format!("{}  b-zh.pdf\n", Digest::of(text.as_bytes()).hex())).unwrap();
        };
        release("1.0", "one");
        let before = Releases::of(dir.path());
        assert_eq!(Releases::of(dir.path()), before);
        release("1.1", "two");
        let made = Releases::of(dir.path()).made_since(&before);
        assert_eq!(made, [("1.1/b-zh.pdf".to_owned(), Digest::of(b"two"))]);
        assert_eq!(Releases::of(Path::new("/none")), Releases::default());
    }
}
