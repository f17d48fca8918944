//! What a house shares with its books: termbases and levels of checks, in files beside the nearest `catalogue.yaml` above a book.
//!
//! Invariant: of all that lies outside a book only such a file is read, by the program's own gate; and where the system holds a worker back, only
//! one that a text of the book names. That its name says what it is, is the consent of the house: no other file beside a catalogue can be named.

use std::fs;
use std::path::{Path, PathBuf};

use super::{BOOK_FILE, Project};
use crate::source::Files;

/// The file that makes a folder that of a catalogue.
pub const CATALOGUE_FILE: &str = "catalogue.yaml";

/// The key that names what is shared.
const KEY: &str = "extends";

/// The files of a book that have the key.
const ASKING: [&str; 2] = ["manuscript/glossary.yaml", BOOK_FILE];

/// What can be shared: what the name of the file is, or ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// A termbase.
    Glossary,
    /// Levels of checks.
    Checks,
}

impl Shared {
    /// The name of the only one, and the last part of all others.
    pub fn word(self) -> &'static str {
        match self {
            Shared::Glossary => "glossary",
            Shared::Checks => "checks",
        }
    }

    /// Whether something of this kind can have such a name.
    pub fn may_be(self, name: &str) -> bool {
        let plain = name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        let before = name.strip_suffix(self.word());
        plain && before.is_some_and(|before| before.is_empty() || before.ends_with('-'))
    }
}

fn may_be_shared(name: &str) -> bool {
    [Shared::Glossary, Shared::Checks].iter().any(|kind| kind.may_be(name))
}

impl Project {
    /// The files outside the book that its texts name and its house shares, canonical.
    pub fn shares(&self) -> Vec<PathBuf> {
        let texts = ASKING.iter().filter_map(|path| self.read(path).ok());
        let names: Vec<String> = texts.flat_map(|text| named(&String::from_utf8_lossy(&text))).collect();
        let paths = names.iter().filter_map(|name| self.path_of_shared(name));
        let mut places: Vec<PathBuf> = paths.filter_map(|path| self.place_of_shared(&path)).collect();
        places.sort();
        places.dedup();
        places
    }

    /// The paths of these files, as the book would write them.
    pub(super) fn paths_of_shares(&self) -> Vec<String> {
        let names = self.shares().into_iter().filter_map(|place| Some(place.file_stem()?.to_str()?.to_owned()));
        names.filter_map(|name| self.path_of_shared(&name)).collect()
    }

    /// See [`Files::shared`].
    pub(super) fn path_of_shared(&self, name: &str) -> Option<String> {
        let (up, _) = self.house().filter(|_| may_be_shared(name))?;
        Some(format!("{}{name}.yaml", "../".repeat(up)))
    }

    /// The canonical place of such a path; `None` for any other path. No link is followed.
    pub(super) fn place_of_shared(&self, path: &str) -> Option<PathBuf> {
        let file = path.trim_start_matches("../");
        let name = file.strip_suffix(".yaml").filter(|name| may_be_shared(name))?;
        let (up, folder) = self.house()?;
        let place = folder.join(file);
        let is_it = path == format!("{}{name}.yaml", "../".repeat(up)) && fs::canonicalize(&place).ok()? == place;
        is_it.then_some(place)
    }

    /// The folder whose shared files the book may name, if it has a house.
    pub fn folder_of_house(&self) -> Option<&Path> {
        self.house().map(|(_, folder)| folder)
    }

    /// The nearest folder above the book that has a catalogue, and how many steps lead there.
    fn house(&self) -> Option<(usize, &Path)> {
        self.root().ancestors().enumerate().skip(1).find(|(_, folder)| is_house(folder))
    }
}

/// All that the house of some folder shares with its books, for who reads many of them.
pub fn all_shared_above(folder: &Path) -> Vec<PathBuf> {
    let Ok(folder) = fs::canonicalize(folder) else { return Vec::new() };
    let house = folder.ancestors().find(|folder| is_house(folder));
    let files = house.and_then(|house| fs::read_dir(house).ok()).into_iter().flatten().flatten();
    let is_shared = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        path.extension().is_some_and(|ending| ending == "yaml") && stem.is_some_and(may_be_shared)
    };
    let plain = files.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    plain.map(|entry| entry.path()).filter(is_shared).collect()
}

fn is_house(folder: &Path) -> bool {
    folder.join(CATALOGUE_FILE).symlink_metadata().is_ok_and(|about| about.is_file())
}

/// The names of what may be shared that a text has behind the key, however it is written: too many do no harm, for each must be such a name.
fn named(text: &str) -> Vec<String> {
    let behind = text.split(KEY).skip(1);
    let quotes = ['"', '\'', ' ', '\t', '\r', '\n'];
    let values = behind.filter_map(|rest| rest.trim_start_matches(quotes).strip_prefix(':'));
    let names = values.map(|value| {
        let name = value.trim_start_matches(quotes);
        name.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect::<String>()
    });
    names.filter(|name| may_be_shared(name)).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::source::ReadError;

    /// A book two folders below that of a catalogue.
    fn house(glossary: &str) -> (tempfile::TempDir, Project) {
        let dir = tempfile::tempdir().unwrap();
        let house = dir.path().join("house");
        fs::create_dir_all(house.join("series/book/manuscript")).unwrap();
        for (path, text) in [
            ("catalogue.yaml", "books: [series/*]"),
            ("glossary.yaml", "- zh: 灯"),
            ("law-glossary.yaml", "- zh: 法"),
            ("secrets.yaml", "key: 1"),
            ("series/book/manuscript/book.yaml", "title: x"),
            ("series/book/manuscript/glossary.yaml", glossary),
        ] {
            fs::write(house.join(path), text).unwrap();
        }
        let project = Project::find(&house.join("series/book")).unwrap();
        (dir, project)
    }

    fn names(project: &Project) -> Vec<String> {
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        project.shares().iter().map(name).collect()
    }

    #[test]
    fn only_what_a_book_names_and_a_house_shares_is_granted() {
        for (text, granted) in [
            ("extends: glossary\n", &["glossary.yaml"][..]),
            ("{extends: 'law-glossary', terms: []}", &["law-glossary.yaml"]),
            ("\"extends\":\n  glossary\n", &["glossary.yaml"]),
            ("extends: secrets\n", &[]),
            ("extends: ../glossary\n", &[]),
            ("extends: none-glossary\n", &[]),
            ("- zh: extends\n", &[]),
            ("extends: 灯: extends: glossary", &["glossary.yaml"]),
        ] {
            let (_dir, project) = house(text);
            assert_eq!(names(&project), granted, "{text}");
        }
    }

    #[test]
    fn the_gate_lets_through_what_is_shared_and_nothing_else() {
        let (dir, project) = house("extends: glossary\n");
        let shared = project.shared("glossary").unwrap();
        assert_eq!(shared, "../../glossary.yaml");
        assert_eq!(project.read(&shared).unwrap(), "- zh: 灯".as_bytes());
        assert_eq!(project.shared("secrets"), None);
        for path in
            ["../../secrets.yaml", "../glossary.yaml", "../../../glossary.yaml", "../../series/../glossary.yaml"]
        {
            assert_eq!(project.read(path), Err(ReadError::Outside), "{path}");
        }
        assert_eq!(project.read("../../no-glossary.yaml"), Err(ReadError::NotFound));
        let place = dir.path().join("house/glossary.yaml");
        fs::remove_file(&place).unwrap();
        std::os::unix::fs::symlink("secrets.yaml", &place).unwrap();
        assert!(project.read(&shared).is_err(), "a link is not followed");
        assert_eq!(names(&project), [""; 0]);
    }

    #[test]
    fn who_reads_many_books_is_given_all_that_their_house_shares() {
        let (dir, project) = house("extends: glossary\n");
        let mut all = all_shared_above(&dir.path().join("house/series"));
        all.sort();
        let names: Vec<_> = all.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(names, ["glossary.yaml", "law-glossary.yaml"]);
        assert_eq!(project.files().last().map(String::as_str), Some("manuscript/glossary.yaml"));
        assert!(project.files().contains(&"../../glossary.yaml".to_owned()));
    }

    #[test]
    fn a_book_of_no_house_shares_nothing() {
        let (dir, project) = house("extends: glossary\n");
        fs::remove_file(dir.path().join("house/catalogue.yaml")).unwrap();
        assert_eq!(project.shared("glossary"), None);
        assert_eq!(project.read("../../glossary.yaml"), Err(ReadError::Outside));
    }
}
