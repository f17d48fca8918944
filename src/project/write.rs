//! Artifacts are written whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use super::{lock, pending, sweep};
use crate::error::Error;

/// Writes an artifact whole or not at all: a temporary file in the same folder, synced and renamed. The folder is
/// created if it is missing; the file's mode is 0644 less the umask.
///
/// # Errors
/// [`Error::Write`]; an older file of that name is then unchanged.
pub fn write_artifact(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_now(path, bytes).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// As [`write_artifact`], with the system's reason alone.
///
/// # Errors
/// The system's; an older file of that name is then unchanged.
pub fn write_now(path: &Path, bytes: &[u8]) -> io::Result<()> {
    refuse_other_than_files(path)?;
    fs::create_dir_all(folder_of(path))?;
    sweep::clear(folder_of(path));
    beside(path, bytes)?.persist(path).map_err(|e| e.error)?;
    sync_folder(folder_of(path))
}

/// Tries whether files can be written in a folder, or where it is not there yet in the nearest one above.
///
/// # Errors
/// The system's.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|dir| dir.is_dir()).unwrap_or(folder);
    tempfile::tempfile_in(there).map(drop)
}

/// Replaces the text of a file by means of `write`, through whatever link leads to it.
///
/// # Errors
/// [`Error::Changed`] when the file no longer has the text `before`, [`Error::Busy`] when another run does not end writing
/// beside it, [`Error::Write`] when it cannot be read or written.
pub fn replace_text(path: &Path, before: &str, after: &str, write: Write<'_>) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let place = fs::canonicalize(path).map_err(failed)?;
    let _lock = lock::folder_of(&place)?;
    if fs::read(&place).map_err(failed)? != before.as_bytes() {
        return Err(Error::Changed(path.to_owned()));
    }
    write(&place, after.as_bytes()).map_err(failed)
}

/// How a file is written, whole or not at all: as [`write_now`] does, or by another process.
pub type Write<'a> = &'a dyn Fn(&Path, &[u8]) -> io::Result<()>;

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A device, a pipe or a folder is never replaced by a file.
pub(super) fn refuse_other_than_files(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(about) if !about.is_file() => Err(io::Error::other("it is not a regular file")),
        // What is not there, or is a link to nothing, is made.
        _ => Ok(()),
    }
}

/// Writes a file whole into the folder of `path`, where it waits to be renamed. It is locked while its run lives, and taken away if it is
/// not renamed.
pub(super) fn beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = begun_beside(path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// An empty file as that of [`beside`].
pub(super) fn begun_beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(pending::PREFIX).suffix(pending::SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The kernel takes the umask off; tempfile's own default of 0600 would hide the artifact from others.
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    loop {
        let file = builder.tempfile_in(folder_of(path))?;
        if is_held(&file) {
            return Ok(file);
        }
    }
}

/// Gives a file another name in the folder of `path`, as [`beside`] does with bytes. Whoever else has the same file under a name may
/// hold it too: sweeping waits for all of them.
pub(super) fn linked_beside(path: &Path, from: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(pending::PREFIX).suffix(pending::SUFFIX);
    loop {
        let file = builder.make_in(folder_of(path), |name| {
            fs::hard_link(from, name)?;
            File::open(name)
        })?;
        match file.as_file().try_lock_shared() {
            Ok(()) if !file.path().exists() => {}
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
            Err(TryLockError::WouldBlock) => {}
        }
    }
}

/// Locks a new file, unless another run took it for one that a killed run had left and is taking it away.
fn is_held(file: &NamedTempFile) -> bool {
    match file.as_file().try_lock() {
        Ok(()) => file.path().exists(),
        Err(TryLockError::WouldBlock) => false,
        // Where there are no locks, no run takes anything away.
        Err(TryLockError::Error(_)) => true,
    }
}

/// Has the system keep the names in a folder.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_replaces() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/out.pdf");
        write_artifact(&path, b"one").unwrap();
        write_artifact(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_text_is_replaced_only_if_nobody_else_has_changed_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "一").unwrap();
        replace_text(&path, "一", "二", &write_now).unwrap();
        let error = replace_text(&path, "一", "三", &write_now).unwrap_err().to_string();
        assert!(error.contains("was changed"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "二");
    }

    #[test]
    fn a_failed_write_names_the_path_and_leaves_no_trace() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("taken");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("keep"), "x").unwrap();
        let error = write_artifact(&path, b"new").unwrap_err();
        assert!(error.to_string().contains("taken"), "{error}");
        assert!(path.join("keep").is_file());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no temporary file is left");
    }
}
