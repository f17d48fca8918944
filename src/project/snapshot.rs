//! The state of a project's files, so that a watcher can tell what has changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::Project;

/// The folders that a book is made from.
pub const WATCHED: [&str; 3] = ["manuscript", "layouts", "fonts"];

/// Files up to this many bytes are compared by content, larger ones by size and time.
const SMALL: u64 = 1 << 20;

/// How deep folders are followed: symlinks might lead in circles.
pub(super) const DEPTH: usize = 16;

/// The state of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Print {
    Content([u8; 32]),
    Stamp(u64, Option<SystemTime>),
}

/// The files of a project, each with its state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<String, Print>);

impl Snapshot {
    /// Project-relative paths of the files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// Project-relative paths of the files that were changed, added or removed.
    pub fn changes(&self, newer: &Self) -> Vec<String> {
        let removed = self.0.keys().filter(|path| !newer.0.contains_key(*path));
        let other = newer.0.iter().filter(|(path, print)| self.0.get(*path) != Some(*print)).map(|(path, _)| path);
        let mut all: Vec<String> = removed.chain(other).cloned().collect();
        all.sort();
        all
    }
}

impl Project {
    /// The files as they are now, without hidden ones and what editors leave (`~`, `.swp`).
    pub fn snapshot(&self) -> Snapshot {
        let mut found = BTreeMap::new();
        for folder in WATCHED {
            self.gather(&self.root().join(folder), folder, DEPTH, &mut |name, path, about| {
                found.insert(name, print(path, about));
            });
        }
        Snapshot(found)
    }

    /// The project-relative paths of the files that a book may be made from, in order, with those that its house shares with it.
    pub fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        for folder in WATCHED {
            self.gather(&self.root().join(folder), folder, DEPTH, &mut |name, _, _| found.push(name));
        }
        found.extend(self.paths_of_shares());
        found.sort();
        found
    }

    /// The same with what the house shares with the book.
    pub fn snapshot_with_shared(&self) -> Snapshot {
        let mut all = self.snapshot();
        self.add_shared(&mut all, print);
        all
    }

    fn add_shared(&self, to: &mut Snapshot, print: fn(&Path, &fs::Metadata) -> Print) {
        for place in self.shares() {
            let Ok(about) = place.metadata() else { continue };
            to.0.insert(place.to_string_lossy().into_owned(), print(&place, &about));
        }
    }

    /// The same, shared ones too, by sizes and times alone: for who looks often, and reads what may have changed anyway.
    pub fn stamps(&self) -> Snapshot {
        let mut found = BTreeMap::new();
        for folder in WATCHED {
            self.gather(&self.root().join(folder), folder, DEPTH, &mut |name, _, about| {
                found.insert(name, stamp(about));
            });
        }
        let mut all = Snapshot(found);
        self.add_shared(&mut all, |_, about| stamp(about));
        all
    }

    /// Shows every file below a folder, by its project-relative name. A link that leads out of the project is not followed, as it is not read either;
    /// nor is one to a folder above it, which would have no end.
    pub(super) fn gather(
        &self,
        dir: &Path,
        name: &str,
        depth: usize,
        show: &mut dyn FnMut(String, &Path, &fs::Metadata),
    ) {
        let Ok(entries) = fs::read_dir(dir) else { return };
        for entry in entries.flatten() {
            let Ok(file) = entry.file_name().into_string() else { continue };
            if file.starts_with('.') || file.ends_with('~') || file.ends_with(".swp") {
                continue;
            }
            let (path, name) = (entry.path(), format!("{name}/{file}"));
            let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let inside = |place: &Path| place.starts_with(self.root()) && !dir.starts_with(place);
            if linked && !fs::canonicalize(&path).is_ok_and(|place| inside(&place)) {
                continue;
            }
            let Ok(about) = fs::metadata(&path) else { continue };
            if about.is_dir() && depth > 0 {
                self.gather(&path, &name, depth - 1, show);
            } else if about.is_file() {
                show(name, &path, &about);
            }
        }
    }
}

fn stamp(about: &fs::Metadata) -> Print {
    Print::Stamp(about.len(), about.modified().ok())
}

fn print(path: &Path, about: &fs::Metadata) -> Print {
    let stamp = stamp(about);
    if about.len() > SMALL {
        return stamp;
    }
    fs::read(path).map_or(stamp, |bytes| Print::Content(Sha256::digest(bytes).into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::BOOK_FILE;

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_out_of_the_project_or_upwards() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let book = dir.path().join("book");
        fs::create_dir_all(book.join("manuscript/zh")).unwrap();
        fs::write(book.join(BOOK_FILE), "title: x").unwrap();
        fs::write(book.join("manuscript/zh/01.md"), "一").unwrap();
        fs::write(dir.path().join("secret.md"), "x").unwrap();
        let links = [("/", "all"), ("../..", "outside"), ("..", "up"), (".", "self"), ("../../secret.md", "secret.md")];
        for (to, name) in links {
            symlink(to, book.join("manuscript").join(name)).unwrap();
        }
        symlink("zh/01.md", book.join("manuscript/same.md")).unwrap();
        let seen: Vec<String> = Project::find(&book).unwrap().snapshot().paths().cloned().collect();
        assert_eq!(seen, ["manuscript/book.yaml", "manuscript/same.md", "manuscript/zh/01.md"]);
    }

    #[test]
    fn only_what_is_in_a_file_counts() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("manuscript/zh")).unwrap();
        fs::write(dir.path().join(BOOK_FILE), "title: x").unwrap();
        fs::write(dir.path().join("manuscript/zh/01-a.md"), "一").unwrap();
        let project = Project::find(dir.path()).unwrap();
        let before = project.snapshot();
        // The same text under a new file, as editors save; and what they leave beside it.
        fs::write(dir.path().join("new"), "一").unwrap();
        fs::rename(dir.path().join("new"), dir.path().join("manuscript/zh/01-a.md")).unwrap();
        fs::write(dir.path().join("manuscript/zh/.01-a.md.swp"), "x").unwrap();
        assert_eq!(before.changes(&project.snapshot()), [""; 0]);
        fs::write(dir.path().join("manuscript/zh/01-a.md"), "二").unwrap();
        fs::write(dir.path().join("manuscript/zh/02-b.md"), "三").unwrap();
        fs::remove_file(dir.path().join(BOOK_FILE)).unwrap();
        let changed = ["manuscript/book.yaml", "manuscript/zh/01-a.md", "manuscript/zh/02-b.md"];
        assert_eq!(before.changes(&project.snapshot()), changed);
    }
}
