//! The project folder: the only reader and writer of files.

#![expect(clippy::disallowed_methods, reason = "this is where the disk is touched")]

mod cache;
mod deliveries;
mod foreign;
mod lock;
mod parcel;
mod pending;
mod shared;
mod snapshot;
pub mod starter;
mod sweep;
mod update;
mod weight;
mod write;

use std::fs::{self, File};
use std::io::{self, Read, Take};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use crate::error::Error;
use crate::message;
use crate::source::{Files, ReadError};

pub use cache::{Cache, Entry, Looked, Swept};
pub use deliveries::{Begun, Deliveries};
pub use foreign::Folder;
pub use parcel::{Parcel, Placed, is_plain, names_of, show_pieces};
pub use shared::{CATALOGUE_FILE, Shared, all_shared_above};
pub use snapshot::{Snapshot, WATCHED};
pub use sweep::sweep;
pub use weight::{Weight, weight_of_files};
pub use write::{Write, replace_text, try_folder, write_artifact, write_now};

/// Who is told of each file of a project before it is read.
static READING: OnceLock<fn(&str)> = OnceLock::new();

/// Has a function told of each file of a project before it is read, in all threads, once for the process: so that whoever watches over a
/// run knows where it broke off. A second call changes nothing.
pub fn tell_reading(seen: fn(&str)) {
    let _ = READING.set(seen);
}

/// Reads a text that the user named on the command line, of at most [`FILE_LIMIT`] bytes.
///
/// # Errors
/// [`Error::Read`] when it cannot be read, is too large or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let mut text = String::new();
    read_at_most(path, FILE_LIMIT, |file| file.read_to_string(&mut text))?;
    Ok(text)
}

/// Reads a file of any kind that the user named on the command line, of at most [`FILE_LIMIT`] bytes.
///
/// # Errors
/// [`Error::Read`] when it cannot be read or is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    read_at_most(path, FILE_LIMIT, |file| file.read_to_end(&mut bytes))?;
    Ok(bytes)
}

/// Reads a PDF that the user named on the command line, of at most `PDF_LIMIT` bytes.
///
/// # Errors
/// [`Error::Read`] when it cannot be read or is too large.
pub fn read_pdf(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    read_at_most(path, PDF_LIMIT, |file| file.read_to_end(&mut bytes))?;
    Ok(bytes)
}

/// Reads a file of a release, of at most `PDF_LIMIT` bytes.
///
/// # Errors
/// [`Error::Read`] when it cannot be read or is too large.
pub fn read_artifact(path: &Path) -> Result<Vec<u8>, Error> {
    read_pdf(path)
}

fn read_at_most(path: &Path, limit: u64, read: impl FnOnce(&mut Take<File>) -> io::Result<usize>) -> Result<(), Error> {
    let source = match File::open(path).and_then(|file| read(&mut file.take(limit + 1))) {
        Ok(length) if length as u64 > limit => io::Error::from(io::ErrorKind::FileTooLarge),
        Ok(_) => return Ok(()),
        Err(source) => source,
    };
    Err(Error::Read { path: path.to_owned(), source })
}

/// The file that makes a folder a project.
pub const BOOK_FILE: &str = "manuscript/book.yaml";

/// Most bytes that any file of a project may have.
pub const FILE_LIMIT: u64 = 64 << 20;

/// Most bytes of a PDF that preflight reads: a book of pictures at 300 ppi has hundreds of megabytes.
const PDF_LIMIT: u64 = 1 << 30;

/// A folder that holds `manuscript/book.yaml`.
#[derive(Debug, Clone)]
pub struct Project {
    /// Canonical, so that a file's canonical path can be compared with it.
    root: PathBuf,
}

impl Project {
    /// Finds the project that holds `start`: the folder itself or the nearest one above it.
    ///
    /// # Errors
    /// [`Error::NoProject`] when there is none, [`Error::Read`] when `start` cannot be opened.
    pub fn find(start: &Path) -> Result<Self, Error> {
        let canonical = fs::canonicalize(start).map_err(|source| Error::Read { path: start.to_owned(), source })?;
        for dir in canonical.ancestors() {
            let path = dir.join(BOOK_FILE);
            match path.symlink_metadata() {
                Ok(_) => return Ok(Self { root: dir.to_owned() }),
                // There may be a book, which is another thing than that there is none.
                Err(source) if source.kind() == io::ErrorKind::PermissionDenied => {
                    return Err(Error::Read { path, source });
                }
                Err(_) => {}
            }
        }
        Err(Error::NoProject(canonical))
    }

    /// The project's folder, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a file or folder that is there lies in the project, whatever links lead there.
    pub fn holds(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|place| place.starts_with(&self.root))
    }

    /// The canonical place of a project-relative path.
    ///
    /// Invariant: what this gives lies inside the root, whatever links lead there.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadError> {
        if path.contains(['\\', '\0']) {
            return Err(ReadError::Outside);
        }
        if path.starts_with("../") {
            return self.outside(path);
        }
        let relative = Path::new(path);
        if !relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
            return Err(ReadError::Outside);
        }
        let canonical = fs::canonicalize(self.root.join(relative)).map_err(|e| reason(&e))?;
        if canonical.starts_with(&self.root) { Ok(canonical) } else { Err(ReadError::Outside) }
    }

    /// The place of what the book's house shares with it: all that may be read outside.
    fn outside(&self, path: &str) -> Result<PathBuf, ReadError> {
        let name = path.trim_start_matches("../").strip_suffix(".yaml").unwrap_or_default();
        if self.path_of_shared(name).as_deref() != Some(path) {
            return Err(ReadError::Outside);
        }
        let is_there = self.root.join(path).symlink_metadata().is_ok();
        self.place_of_shared(path).ok_or(if is_there { ReadError::Outside } else { ReadError::NotFound })
    }
}

impl Project {
    /// The names in a folder that are not hidden, sorted. One that is not UTF-8 is given as well as it can be: it names no file
    /// that can be read, but whoever looks for files learns of it.
    fn names(&self, dir: &str, wanted: impl Fn(&fs::FileType) -> bool) -> Vec<String> {
        // What fails once may have been chance; what fails again is told by whoever asks whether the folder is closed.
        let entries = self.entries(dir).or_else(|_| self.entries(dir)).unwrap_or_default();
        let mut names: Vec<String> = entries
            .into_iter()
            .filter(|entry| entry.file_type().is_ok_and(|kind| wanted(&kind)))
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    }

    /// All that is in a folder.
    fn entries(&self, dir: &str) -> Result<Vec<fs::DirEntry>, ReadError> {
        let place = self.resolve(dir)?;
        fs::read_dir(place).and_then(Iterator::collect).map_err(|e| reason(&e))
    }
}

impl Files for Project {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if let Some(seen) = READING.get() {
            seen(path);
        }
        let place = self.resolve(path)?;
        // A FIFO would block the open, so the kind is asked for first.
        check_kind(&fs::metadata(&place).map_err(|e| reason(&e))?)?;
        let file = File::open(&place).map_err(|e| reason(&e))?;
        // Another file may have been put there before the open.
        check_kind(&file.metadata().map_err(|e| reason(&e))?)?;
        if self.resolve(path)? != place {
            return Err(ReadError::Other(msg!("the file was moved while it was read")));
        }
        let mut bytes = Vec::new();
        file.take(FILE_LIMIT + 1).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
        let size = bytes.len() as u64;
        if size > FILE_LIMIT { Err(ReadError::TooLarge { size, limit: FILE_LIMIT }) } else { Ok(bytes) }
    }

    fn list(&self, dir: &str) -> Vec<String> {
        self.names(dir, |kind| !kind.is_dir())
    }

    fn folders(&self, dir: &str) -> Vec<String> {
        self.names(dir, fs::FileType::is_dir)
    }

    fn closed(&self, dir: &str) -> Option<ReadError> {
        self.entries(dir).err().filter(|why| *why != ReadError::NotFound)
    }

    fn shared(&self, name: &str) -> Option<String> {
        self.path_of_shared(name)
    }
}

fn check_kind(metadata: &fs::Metadata) -> Result<(), ReadError> {
    if !metadata.is_file() {
        return Err(ReadError::Other(msg!("it is not a regular file")));
    }
    if metadata.len() > FILE_LIMIT {
        return Err(ReadError::TooLarge { size: metadata.len(), limit: FILE_LIMIT });
    }
    Ok(())
}

fn reason(error: &io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::Other(message::reason(error)),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn project() -> (tempfile::TempDir, Project) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("book/manuscript/zh")).unwrap();
        fs::write(dir.path().join("secret"), "secret").unwrap();
        fs::write(dir.path().join("book").join(BOOK_FILE), "title: x").unwrap();
        let project = Project::find(&dir.path().join("book/manuscript/zh")).unwrap();
        (dir, project)
    }

    #[test]
    fn finds_the_nearest_folder_above() {
        let (dir, project) = project();
        assert_eq!(project.root(), fs::canonicalize(dir.path().join("book")).unwrap());
        assert!(matches!(Project::find(dir.path()), Err(Error::NoProject(_))));
    }

    #[test]
    fn nothing_outside_is_read() {
        let (dir, project) = project();
        let inside = dir.path().join("book/manuscript");
        std::os::unix::fs::symlink(dir.path().join("secret"), inside.join("link")).unwrap();
        std::os::unix::fs::symlink(dir.path(), inside.join("dir")).unwrap();
        let absolute = dir.path().join("secret");
        for path in [
            "manuscript/link",
            "manuscript/dir/secret",
            "../secret",
            "manuscript/../../secret",
            absolute.to_str().unwrap(),
            "manuscript\\book.yaml",
            "a\0b",
        ] {
            assert_eq!(project.read(path), Err(ReadError::Outside), "{path}");
        }
        assert!(project.list("manuscript/dir").is_empty());
        assert_eq!(project.read(BOOK_FILE).unwrap(), b"title: x");
        assert_eq!(project.read("manuscript/none"), Err(ReadError::NotFound));
    }

    #[test]
    fn what_may_not_be_read_is_not_empty() {
        use std::io::Write as _;
        use std::os::unix::fs::PermissionsExt;
        let (dir, project) = project();
        assert_eq!(project.closed("manuscript/zh"), None);
        assert_eq!(project.closed("manuscript/none"), None);
        let close = |path: &str, mode| {
            fs::set_permissions(dir.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
        };
        close("book/manuscript/zh", 0o000);
        if fs::read_dir(dir.path().join("book/manuscript/zh")).is_ok() {
            let _ = writeln!(
                io::stderr(),
                "SKIPPED what_may_not_be_read_is_not_empty: whoever runs this may read everything"
            );
            return close("book/manuscript/zh", 0o755);
        }
        let closed = project.closed("manuscript/zh");
        close("book/manuscript/zh", 0o755);
        close("book/manuscript", 0o000);
        let found = Project::find(&dir.path().join("book"));
        close("book/manuscript", 0o755);
        assert!(matches!(closed, Some(ReadError::Other(_))), "{closed:?}");
        assert!(matches!(found, Err(Error::Read { .. })), "{found:?}");
    }

    #[test]
    fn a_link_inside_the_project_is_followed() {
        let (dir, project) = project();
        std::os::unix::fs::symlink("book.yaml", dir.path().join("book/manuscript/same.yaml")).unwrap();
        assert_eq!(project.read("manuscript/same.yaml").unwrap(), b"title: x");
    }

    #[test]
    fn a_folder_or_device_is_no_file() {
        let (dir, project) = project();
        assert!(matches!(project.read("manuscript"), Err(ReadError::Other(_))));
        let fifo = dir.path().join("book/manuscript/pipe");
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        assert!(matches!(project.read("manuscript/pipe"), Err(ReadError::Other(_))));
    }
}
