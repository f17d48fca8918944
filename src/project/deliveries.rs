//! The files that a run makes, which take their places together.
//!
//! Each is written beside its place when it is made. At the end of the run all of a folder are renamed while the folder is locked, after a
//! list of them has been written down: a run that is cut off in the midst of it leaves the list, and the next one
//! finishes what it says. So a folder has the files of one run, never of two: a run that leaves some files as they are says what is
//! in them, and where that is no longer so when the others are to take their places, none does.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::pending::{self, LIST, Move};
use super::{lock, sweep, write};
use crate::error::Error;
use crate::inputs::Digest;

/// Files that wait for the end of a run.
#[derive(Debug, Default)]
pub struct Deliveries {
    files: Vec<Waiting>,
    /// Files that stay as they are, with what is in them.
    kept: Vec<(PathBuf, Digest)>,
}

/// A file beside its place, which is written little by little.
#[derive(Debug)]
pub struct Begun {
    file: NamedTempFile,
    path: PathBuf,
}

impl Write for Begun {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file beside its place, and its place.
type Waiting = (NamedTempFile, PathBuf);

/// What is written of one folder: files that take their places and files that stay.
type Share = (PathBuf, Vec<Waiting>);

impl Deliveries {
    /// Writes a file beside its place. What a killed run left in that folder is taken away first.
    ///
    /// # Errors
    /// The system's, also where something that is no file has that name.
    pub fn add(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.prepare(path)?;
        self.files.push((write::beside(path, bytes)?, path.to_owned()));
        Ok(())
    }

    /// As [`add`](Self::add), of a file whose bytes are written later. It is one of these once it is [finished](Self::finish).
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn begin(&self, path: &Path) -> io::Result<Begun> {
        self.prepare(path)?;
        Ok(Begun { file: write::begun_beside(path)?, path: path.to_owned() })
    }

    /// Takes up a file of which all is written.
    ///
    /// # Errors
    /// The system's.
    pub fn finish(&mut self, Begun { file, path }: Begun) -> io::Result<()> {
        file.as_file().sync_all()?;
        self.files.push((file, path));
        Ok(())
    }

    /// As [`add`](Self::add), of a file that is on the disk already under another name and has these bytes.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn add_link(&mut self, path: &Path, from: &Path, bytes: &[u8]) -> io::Result<()> {
        self.prepare(path)?;
        let file = write::linked_beside(path, from).or_else(|_| write::beside(path, bytes))?;
        self.files.push((file, path.to_owned()));
        Ok(())
    }

    /// Says that a file stays as it is.
    pub fn keep(&mut self, path: &Path, content: Digest) {
        self.kept.push((path.to_owned(), content));
    }

    fn prepare(&self, path: &Path) -> io::Result<()> {
        write::refuse_other_than_files(path)?;
        let folder = write::folder_of(path);
        fs::create_dir_all(folder)?;
        if !self.files.iter().any(|(_, other)| write::folder_of(other) == folder) {
            sweep::sweep(folder);
        }
        Ok(())
    }

    /// Puts all files into their places.
    ///
    /// # Errors
    /// [`Error::Busy`] when another run does not end doing so there, [`Error::Changed`] when a file that was to stay is no longer what it
    /// was, [`Error::Write`] when a file cannot take its place; the others take theirs.
    pub fn commit(self) -> Result<(), Error> {
        let mut folders: Vec<Share> = Vec::new();
        for (file, path) in self.files {
            let folder = write::folder_of(&path);
            match folders.iter_mut().find(|(other, _)| other == folder) {
                Some((_, files)) => files.push((file, path)),
                None => folders.push((folder.to_owned(), vec![(file, path)])),
            }
        }
        folders.into_iter().try_for_each(|(folder, files)| commit(&folder, files, &self.kept))
    }
}

fn commit(folder: &Path, files: Vec<Waiting>, kept: &[(PathBuf, Digest)]) -> Result<(), Error> {
    let failed = |path: &Path, source| Error::Write { path: path.to_owned(), source };
    let _lock = lock::folder(folder)?;
    pending::finish(folder);
    let changed = |(path, content): &&(PathBuf, Digest)| {
        write::folder_of(path) == folder && !fs::read(path).is_ok_and(|bytes| Digest::of(&bytes) == *content)
    };
    if let Some((path, _)) = kept.iter().find(changed) {
        return Err(Error::Changed(path.clone()));
    }
    let listed = files.len() > 1 && list(folder, &files).map_err(|why| failed(&folder.join(LIST), why))?;
    let mut result = Ok(());
    for (file, path) in files {
        if let Err(why) = file.persist(&path) {
            result = Err(failed(&path, why.error));
        }
    }
    write::sync_folder(folder).map_err(|why| failed(folder, why))?;
    if listed {
        fs::remove_file(folder.join(LIST)).map_err(|why| failed(&folder.join(LIST), why))?;
    }
    result
}

/// Writes down which files are about to take their places; `false` where their names cannot be written down.
fn list(folder: &Path, files: &[Waiting]) -> io::Result<bool> {
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    let moves = files.iter().map(|(file, path)| Some(Move { from: name(file.path())?, to: name(path)? }));
    let Some(moves) = moves.collect::<Option<Vec<Move>>>() else { return Ok(false) };
    let mut file = write::beside(&folder.join(LIST), &serde_json::to_vec(&moves)?)?;
    file.flush()?;
    file.persist(folder.join(LIST))?;
    write::sync_folder(folder)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn staged(folder: &Path, text: &str) -> Deliveries {
        let mut made = Deliveries::default();
        for name in ["a.pdf", "b.epub"] {
            made.add(&folder.join(name), text.as_bytes()).unwrap();
        }
        made
    }

    #[test]
    fn files_take_their_places_at_the_end() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        staged(&out, "one").commit().unwrap();
        let second = staged(&out, "two");
        assert_eq!(fs::read_to_string(out.join("a.pdf")).unwrap(), "one");
        second.commit().unwrap();
        assert_eq!(names(&out), ["a.pdf", "b.epub"]);
        assert_eq!(fs::read_to_string(out.join("b.epub")).unwrap(), "two");
    }

    #[test]
    fn a_run_that_makes_nothing_of_them_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        drop(staged(dir.path(), "one"));
        assert_eq!(names(dir.path()), [""; 0]);
    }

    #[test]
    fn the_next_run_finishes_what_was_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        staged(dir.path(), "one").commit().unwrap();
        // Cut off after the first of two files: the list is there, and one file is beside its place.
        let Deliveries { files, .. } = staged(dir.path(), "two");
        assert!(list(dir.path(), &files).unwrap());
        for (file, path) in files {
            let (_, kept) = file.keep().unwrap();
            if path.ends_with("a.pdf") {
                fs::rename(kept, path).unwrap();
            }
        }
        assert_eq!(fs::read_to_string(dir.path().join("b.epub")).unwrap(), "one");
        let mut made = Deliveries::default();
        made.add(&dir.path().join("c.pdf"), b"three").unwrap();
        made.commit().unwrap();
        assert_eq!(names(dir.path()), ["a.pdf", "b.epub", "c.pdf"]);
        assert_eq!(fs::read_to_string(dir.path().join("b.epub")).unwrap(), "two");
    }

    #[test]
    fn no_file_takes_its_place_beside_one_that_was_to_stay_and_did_not() {
        let dir = tempfile::tempdir().unwrap();
        staged(dir.path(), "one").commit().unwrap();
        let mut made = Deliveries::default();
        made.add(&dir.path().join("b.epub"), b"two").unwrap();
        made.keep(&dir.path().join("a.pdf"), Digest::of(b"one"));
        made.commit().unwrap();
        let mut made = Deliveries::default();
        made.add(&dir.path().join("b.epub"), b"three").unwrap();
        made.keep(&dir.path().join("a.pdf"), Digest::of(b"one"));
        fs::write(dir.path().join("a.pdf"), "of another run").unwrap();
        assert!(matches!(made.commit(), Err(Error::Changed(_))));
        assert_eq!(fs::read_to_string(dir.path().join("b.epub")).unwrap(), "two");
        assert_eq!(names(dir.path()), ["a.pdf", "b.epub"]);
    }

    #[test]
    fn a_file_that_is_there_under_another_name_takes_its_place_too() {
        let dir = tempfile::tempdir().unwrap();
        let (kept, out) = (dir.path().join("kept"), dir.path().join("out"));
        fs::write(&kept, "pages").unwrap();
        for from in [&kept, &dir.path().join("gone")] {
            let mut made = Deliveries::default();
            made.add_link(&out.join("a.pdf"), from, b"pages").unwrap();
            // A run beside this one takes nothing of it away.
            sweep::sweep(&out);
            made.commit().unwrap();
            assert_eq!(fs::read_to_string(out.join("a.pdf")).unwrap(), "pages");
            assert_eq!(names(&out), ["a.pdf"]);
        }
        assert!(kept.is_file());
    }

    #[test]
    fn a_list_that_others_wrote_moves_nothing_of_theirs() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(dir.path().join("secret"), "s").unwrap();
        fs::write(out.join("mine"), "m").unwrap();
        let list = r#"[{"from":"../secret","to":"x"},{"from":"mine","to":"y"}]"#;
        fs::write(out.join(LIST), list).unwrap();
        staged(&out, "one").commit().unwrap();
        assert_eq!(names(&out), ["a.pdf", "b.epub", "mine"]);
        assert!(dir.path().join("secret").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(Deliveries::default().add(&pipe, b"x").is_err());
        assert!(write::write_artifact(&pipe, b"x").is_err());
        assert_eq!(names(dir.path()), ["pipe"]);
    }
}
