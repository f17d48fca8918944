//! What is kept of one artifact.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::inputs::Digest;

const ARTIFACT: &str = "artifact";
const ABOUT: &str = "about.json";
/// In the form of coreutils, so that `sha256sum -c` looks over an entry too.
const SUMS: &str = "SHA256SUMS";

/// What is kept of one artifact: all of it was compared with its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file.
    pub file: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What is known of it.
    pub about: Vec<u8>,
}

/// Why there is no entry where there is a folder for one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It cannot be read.
    Unread,
    /// It does not keep to its sums.
    Broken,
}

/// Reads an entry; `None` where there is none.
pub(super) fn read(place: &Path) -> Result<Option<Entry>, Fault> {
    if !place.is_dir() {
        return Ok(None);
    }
    let read = |name: &str| fs::read(place.join(name)).map_err(fault);
    let sums = read(SUMS)?;
    let (bytes, about) = (read(ARTIFACT)?, read(ABOUT)?);
    if sums != sums_of(Digest::of(&bytes), Digest::of(&about)).as_bytes() {
        return Err(Fault::Broken);
    }
    Ok(Some(Entry { file: place.join(ARTIFACT), bytes, about }))
}

fn fault(why: io::Error) -> Fault {
    // A file that is not there is missing from an entry, for its folder is.
    if why.kind() == io::ErrorKind::NotFound { Fault::Broken } else { Fault::Unread }
}

fn sums_of(artifact: Digest, about: Digest) -> String {
    format!("{}  {ARTIFACT}\n{}  {ABOUT}\n", artifact.hex(), about.hex())
}

/// Writes an entry into an empty folder.
///
/// # Errors
/// The system's, and where the file no longer has this content.
pub(super) fn write(folder: &Path, file: &Path, content: Digest, about: &[u8]) -> io::Result<()> {
    let artifact = folder.join(ARTIFACT);
    // One file on the disk under both names, where they lie on one.
    if fs::hard_link(file, &artifact).is_err() {
        fs::copy(file, &artifact)?;
    }
    if Digest::of(&fs::read(&artifact)?) != content {
        return Err(io::Error::other("the file was changed in the meantime"));
    }
    fs::write(folder.join(ABOUT), about)?;
    fs::write(folder.join(SUMS), sums_of(content, Digest::of(about)))
}

/// Notes when an entry was used, for whoever clears away what nobody uses. What cannot be noted is cleared away sooner.
pub(super) fn touch(place: &Path, now: SystemTime) {
    let _ = File::options().append(true).open(place.join(SUMS)).and_then(|file| file.set_modified(now));
}

/// When an entry was used, and how many bytes it has.
pub(super) fn used(place: &Path) -> io::Result<(SystemTime, u64)> {
    let about = |name: &str| fs::metadata(place.join(name));
    let bytes = about(ARTIFACT)?.len() + about(ABOUT)?.len();
    Ok((about(SUMS)?.modified()?, bytes))
}
