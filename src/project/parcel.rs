//! A folder that takes its place whole or not at all: that of a release.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::{lock, pending, write};
use crate::error::Error;

/// A folder in the making, beside the place that it is to take. It is taken away again if it does not take it.
#[derive(Debug)]
pub struct Parcel {
    place: PathBuf,
    folder: PathBuf,
    /// Whether the folder around it was made for it.
    made_around: bool,
    _lock: lock::Lock,
}

/// What became of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It stands in its place.
    New,
    /// One with the same files was there already, and stays.
    Same,
    /// One with other files is there, which differ by these names; nothing was changed.
    Differs(Vec<String>),
}

impl Parcel {
    /// Begins one. What a killed run has left of it is taken away.
    ///
    /// # Errors
    /// [`Error::Busy`] when another run is making one there, [`Error::Write`] when it cannot be made.
    pub fn begin(place: &Path) -> Result<Self, Error> {
        let around = write::folder_of(place).to_owned();
        let failed = |source| Error::Write { path: place.to_owned(), source };
        let Some(name) = place.file_name() else { return Err(failed(io::ErrorKind::InvalidInput.into())) };
        let made_around = !around.is_dir();
        fs::create_dir_all(&around).map_err(failed)?;
        let lock = lock::folder(&around)?;
        let folder = around.join(format!("{}{}{}", pending::PREFIX, name.to_string_lossy(), pending::SUFFIX));
        clear(&folder).and_then(|()| fs::create_dir(&folder)).map_err(failed)?;
        Ok(Self { place: place.to_owned(), folder, made_around, _lock: lock })
    }

    /// Where its files lie until it takes its place.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts a file into it.
    ///
    /// # Errors
    /// The system's.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if !is_plain(name) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let path = self.folder.join(name);
        write::beside(&path, bytes)?.persist(&path).map(drop).map_err(|why| why.error)
    }

    /// Has it take its place. Where a folder stands there it must have the same files, but for those named in `beside`, which are put in
    /// place either way; with `replace` it may have others, and goes.
    ///
    /// # Errors
    /// The system's.
    pub fn settle(self, replace: bool, beside: &[&str]) -> io::Result<Placed> {
        if self.place.symlink_metadata().is_ok() {
            let differing = self.differing(beside)?;
            if differing.is_empty() {
                for name in beside.iter().filter(|name| self.folder.join(name).is_file()) {
                    fs::rename(self.folder.join(name), self.place.join(name))?;
                }
                return Ok(Placed::Same);
            }
            if !replace {
                return Ok(Placed::Differs(differing));
            }
            let old = self.folder.with_extension("old.tmp");
            clear(&old)?;
            fs::rename(&self.place, &old)?;
            if let Err(why) = fs::rename(&self.folder, &self.place) {
                fs::rename(&old, &self.place)?;
                return Err(why);
            }
            clear(&old)?;
        } else {
            fs::rename(&self.folder, &self.place)?;
        }
        write::sync_folder(write::folder_of(&self.place))?;
        Ok(Placed::New)
    }

    /// The names of the files that are others than in its place, or stand in one of the two alone.
    fn differing(&self, beside: &[&str]) -> io::Result<Vec<String>> {
        let mut names: Vec<String> = [&self.folder, &self.place].map(|folder| names_in(folder)).into_iter().try_fold(
            Vec::new(),
            |mut all, names| -> io::Result<_> {
                all.extend(names?);
                Ok(all)
            },
        )?;
        names.sort();
        names.dedup();
        names.retain(|name| !beside.contains(&name.as_str()));
        let differs = |name: &String| {
            let [new, old] = [&self.folder, &self.place].map(|folder| fs::read(folder.join(name)).ok());
            new.is_none() || new != old
        };
        names.retain(differs);
        Ok(names)
    }
}

impl Drop for Parcel {
    fn drop(&mut self) {
        // What is left stays for the next run to take away.
        let _ = clear(&self.folder);
        if self.made_around {
            let _ = fs::remove_dir(write::folder_of(&self.place));
        }
    }
}

/// Whether a name is that of a file, and leads nowhere else.
pub fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\\', '\0']) && Path::new(name).file_name().is_some_and(|file| file == name)
}

fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

/// The names of all that is in a folder, sorted.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    let mut names: Vec<String> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// The names of all that is in a folder that was named on the command line, sorted.
///
/// # Errors
/// [`Error::Read`] when it cannot be looked through.
pub fn names_of(folder: &Path) -> Result<Vec<String>, Error> {
    names_in(folder).map_err(|source| Error::Read { path: folder.to_owned(), source })
}

/// Shows the bytes of a file piece by piece, however large it is.
///
/// # Errors
/// [`Error::Read`] when it is no file, or cannot be read to its end.
pub fn show_pieces(path: &Path, show: &mut dyn FnMut(&[u8])) -> Result<u64, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(Error::Environment(msg!("{path} is not a file", path)));
    }
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut piece = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        match file.read(&mut piece).map_err(failed)? {
            0 => return Ok(total),
            count => {
                show(&piece[..count]);
                total += count as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parcel(place: &Path, files: &[(&str, &str)]) -> Parcel {
        let parcel = Parcel::begin(place).unwrap();
        for (name, text) in files {
            parcel.put(name, text.as_bytes()).unwrap();
        }
        parcel
    }

    fn names(folder: &Path) -> Vec<String> {
        names_in(folder).unwrap()
    }

    #[test]
    fn a_folder_takes_its_place_whole_or_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("release/1.0");
        drop(parcel(&place, &[("a", "1")]));
        assert_eq!(names(dir.path()), [""; 0], "nothing is left");
        assert_eq!(parcel(&place, &[("a", "1"), ("b", "2")]).settle(false, &[]).unwrap(), Placed::New);
        assert_eq!(names(&place), ["a", "b"]);
        assert_eq!(names(&dir.path().join("release")), ["1.0"]);
    }

    #[test]
    fn one_that_is_there_is_changed_only_on_demand() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("1.0");
        parcel(&place, &[("a", "1"), ("b", "2")]).settle(false, &[]).unwrap();
        assert_eq!(parcel(&place, &[("a", "1"), ("b", "2")]).settle(false, &[]).unwrap(), Placed::Same);
        let other = [("a", "1"), ("c", "3")];
        let placed = parcel(&place, &other).settle(false, &[]).unwrap();
        assert_eq!(placed, Placed::Differs(vec!["b".into(), "c".into()]));
        assert_eq!(names(&place), ["a", "b"]);
        assert_eq!(parcel(&place, &other).settle(true, &[]).unwrap(), Placed::New);
        assert_eq!(names(&place), ["a", "c"]);
        assert_eq!(names(dir.path()), ["1.0"]);
    }

    #[test]
    fn a_signature_may_come_later() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("1.0");
        parcel(&place, &[("a", "1")]).settle(false, &["s"]).unwrap();
        assert_eq!(parcel(&place, &[("a", "1"), ("s", "x")]).settle(false, &["s"]).unwrap(), Placed::Same);
        assert_eq!(names(&place), ["a", "s"]);
        assert_eq!(parcel(&place, &[("a", "1")]).settle(false, &["s"]).unwrap(), Placed::Same);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        let parcel = Parcel::begin(&dir.path().join("1.0")).unwrap();
        for name in ["../a", "a/b", "..", ".", "", "/a"] {
            assert!(parcel.put(name, b"x").is_err(), "{name}");
        }
    }
}
