//! What a worker and its supervisor say to each other, and how it is written.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::errand::Errand;
use super::super::git::About;
use crate::inputs::{Digest, Inputs, Settings};

/// Most bytes that a word may be accompanied by: more than any artifact has.
const MOST: u64 = 4 << 30;

/// What a worker says. Most words are accompanied by bytes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum Word {
    /// For the standard output.
    Result,
    /// For the person at the terminal.
    Said,
    /// A file is to be written; the worker waits for a [`Written`].
    Write(Output),
    /// It is to be tried whether files can be written in a folder; the worker waits for a [`Written`].
    Try(#[serde(with = "place")] PathBuf),
    /// A file stays as it is and has this content.
    Stays(#[serde(with = "place")] PathBuf, Digest),
    /// It is asked whether there is a cache that lacks some of what has these digests; the worker waits for the answer.
    Lacks(Vec<Digest>),
    /// It is asked which further files are read where so much is known; the worker waits for lists of paths.
    Plans(Digest),
    /// What was made from all that has this digest is to be put into a place; the worker waits for what is known of it, or `None`.
    Fetch(Digest, #[serde(with = "place")] PathBuf),
    /// An artifact of this run is to be kept for others.
    Keep(Box<Keep>),
    /// Version control is to be asked this, if the command line asks it; the worker waits for the answer.
    Inquire(About),
    /// Something is to be done for a release; the worker waits for the reply.
    Errand(Errand),
    /// A file of the book is read.
    Reads(String),
    /// Of the progress bar.
    Progress(Step),
    /// What a worker that lives on knows now, in words of those two.
    State,
    /// The answer to a question, by its number.
    Answer(u64),
    /// A piece of work begins.
    Begins(Piece),
    /// A piece of work has ended.
    Ends(Piece),
}

/// A piece of work of a worker that lives on. Each has its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::cli) enum Piece {
    /// What changed is read, and what is wanted of it is made.
    Change,
    /// What was read is checked, beside everything else.
    Checks,
    /// A question, by its number.
    Question(u64),
}

/// Which file is to be written, and when it is to stand in its place.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Output {
    #[serde(with = "place")]
    pub(in crate::cli) path: PathBuf,
    pub(in crate::cli) when: When,
}

/// When a file is to stand in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum When {
    /// At once.
    Now,
    /// With all others of the run, when it ends. What is told is this share of its bytes.
    WithOthers(Share),
}

/// What of a file is told at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum Share {
    All,
    /// What it begins with. What was begun under its name before is forgotten.
    First,
    /// What follows.
    Next,
    /// What it ends with.
    Last,
}

/// An artifact that is to be kept for other runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Keep {
    #[serde(with = "place")]
    pub(in crate::cli) path: PathBuf,
    /// What is in it.
    pub(in crate::cli) content: Digest,
    /// All that it was made from.
    pub(in crate::cli) inputs: Inputs,
    pub(in crate::cli) settings: Settings,
    /// Those of the inputs that become known only in making it.
    pub(in crate::cli) further: Vec<String>,
    /// What is known of it.
    pub(in crate::cli) about: String,
}

/// A step of a progress bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum Step {
    /// There are so many things to be made.
    Begins(u64),
    /// This is being made.
    At(String),
    /// One more is made.
    Done,
    /// All are made.
    Ends,
}

/// The answer to a file that was to be written.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::cli) struct Written {
    /// The system's number of what went wrong, and its words; `None` when nothing did.
    pub(in crate::cli) failure: Option<(Option<i32>, String)>,
}

impl Written {
    pub(in crate::cli) fn of(result: io::Result<()>) -> Self {
        Self { failure: result.err().map(|why| (number(&why), why.to_string())) }
    }

    pub(in crate::cli) fn result(self) -> io::Result<()> {
        match self.failure {
            None => Ok(()),
            Some((Some(number), _)) => Err(io::Error::from_raw_os_error(number)),
            Some((None, words)) => Err(io::Error::other(words)),
        }
    }
}

/// The system's number of what went wrong, by whatever it was wrapped in.
fn number(why: &io::Error) -> Option<i32> {
    why.raw_os_error().or_else(|| {
        let inner = why.get_ref()?;
        let inner: &(dyn std::error::Error + 'static) = inner;
        let causes = std::iter::successors(Some(inner), |why| why.source());
        causes.filter_map(|why| why.downcast_ref::<io::Error>()).find_map(io::Error::raw_os_error)
    })
}

/// Says a word: the lengths of both parts, the word, what accompanies it.
pub(in crate::cli) fn say(to: &mut impl Write, word: &Word, with: &[u8]) -> io::Result<()> {
    let word = serde_json::to_vec(word)?;
    to.write_all(&(word.len() as u64).to_le_bytes())?;
    to.write_all(&(with.len() as u64).to_le_bytes())?;
    to.write_all(&word)?;
    to.write_all(with)?;
    to.flush()
}

/// The next word; `None` where there are no more.
///
/// # Errors
/// Of `kind` [`io::ErrorKind::InvalidData`] for what no worker says.
pub(in crate::cli) fn hear(from: &mut impl Read) -> io::Result<Option<(Word, Vec<u8>)>> {
    hear_within(from, MOST)
}

/// The next word, accompanied by no more than so many bytes; `None` where there are no more.
///
/// # Errors
/// As [`hear`].
pub(in crate::cli) fn hear_within(from: &mut impl Read, most: u64) -> io::Result<Option<(Word, Vec<u8>)>> {
    let mut lengths = [0; 16];
    match from.read_exact(&mut lengths) {
        Err(why) if why.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let [word, with] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|n| lengths[at + n])));
    let word = serde_json::from_slice(&take(from, word, most)?)?;
    Ok(Some((word, take(from, with, most)?)))
}

/// So many bytes. Room is made as they come, not as they are promised.
fn take(from: &mut impl Read, length: u64, most: u64) -> io::Result<Vec<u8>> {
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    let got = from.take(length).read_to_end(&mut bytes)?;
    if got as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(unix)]
fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

// Elsewhere a path that is no Unicode cannot be named; what is then written has a place that nothing allows.
#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// A path as its bytes: a name need not be UTF-8.
pub(in crate::cli) mod place {
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::cli) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        super::bytes_of(path).serialize(to)
    }

    pub(in crate::cli) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        Vec::deserialize(from).map(super::path_of)
    }
}

/// Several paths, each as its bytes.
pub(in crate::cli) mod places {
    use std::path::PathBuf;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::cli) fn serialize<S: Serializer>(paths: &[PathBuf], to: S) -> Result<S::Ok, S::Error> {
        paths.iter().map(|path| super::bytes_of(path)).collect::<Vec<_>>().serialize(to)
    }

    pub(in crate::cli) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
        let all: Vec<Vec<u8>> = Vec::deserialize(from)?;
        Ok(all.into_iter().map(super::path_of).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_heard() {
        let output = Output { path: "out/书.pdf".into(), when: When::WithOthers(Share::All) };
        let words = [(Word::Write(output), &b"%PDF"[..]), (Word::Progress(Step::Begins(3)), b""), (Word::Said, b"a\n")];
        let mut pipe = Vec::new();
        for (word, with) in &words {
            say(&mut pipe, word, with).unwrap();
        }
        let mut from = pipe.as_slice();
        for (word, with) in words {
            assert_eq!(hear(&mut from).unwrap(), Some((word, with.to_vec())));
        }
        assert_eq!(hear(&mut from).unwrap(), None);
    }

    #[test]
    fn what_breaks_off_or_promises_too_much_is_an_error() {
        let mut pipe = Vec::new();
        say(&mut pipe, &Word::Said, b"text").unwrap();
        assert!(hear(&mut &pipe[..pipe.len() - 1]).is_err());
        assert!(hear_within(&mut pipe.as_slice(), 3).is_err());
        pipe[8..16].copy_from_slice(&u64::MAX.to_le_bytes());
        assert!(hear(&mut pipe.as_slice()).is_err());
    }
}
