//! Artifacts are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::lock;
use crate::error::Error;

/// Writes an artifact whole or not at all: a temporary file in the same folder, synced and renamed. The folder is
/// created if it is missing; the file's mode is 0644 less the umask.
///
/// # Errors
/// [`Error::Write`]; an older file of that name is then unchanged.
pub fn write_artifact(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace(path, bytes).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Replaces the text of a file, whole or not at all, through whatever link leads to it.
///
/// # Errors
/// [`Error::Changed`] when the file no longer has the text `before`, [`Error::Busy`] when another run does not end writing
/// beside it, [`Error::Write`] when it cannot be read or written.
pub fn replace_text(path: &Path, before: &str, after: &str) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let place = fs::canonicalize(path).map_err(failed)?;
    let _lock = lock::folder_of(&place)?;
    if fs::read(&place).map_err(failed)? != before.as_bytes() {
        return Err(Error::Changed(path.to_owned()));
    }
    replace(&place, after.as_bytes()).map_err(failed)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    fs::create_dir_all(dir)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dama-pub-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The kernel takes the umask off; tempfile's own default of 0600 would hide the artifact from others.
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
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
        replace_text(&path, "一", "二").unwrap();
        let error = replace_text(&path, "一", "三").unwrap_err().to_string();
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
