//! An earlier state of the book: what a release said, or a revision of git.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::cli::revisions;
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::layout;
use crate::project::{Project, read_text};
use crate::release::errata::{WORDING, Wording, picture, wording as wording_of};
use crate::source::{Files, ReadError, Sources};

/// What the book said, and what that state is called.
///
/// # Errors
/// When there is neither such a release nor such a revision, or it cannot be read.
pub(super) fn wording(
    old: &str,
    out: &Path,
    project: &Project,
    terminal: &Terminal,
) -> Result<(String, Wording), Error> {
    let folders = [Path::new(old).to_owned(), out.join(old)];
    if let Some(folder) = folders.iter().find(|folder| folder.join(WORDING).is_file()) {
        let path = folder.join(WORDING);
        let wording: Wording = serde_json::from_str(&read_text(&path)?).map_err(|why| {
            Error::Environment(msg!("{path} is not what a release says: {reason}", path, reason = why.to_string()))
        })?;
        return Ok((wording.version.clone(), wording));
    }
    if let Some(folder) = folders.iter().find(|folder| folder.is_dir()) {
        return Err(Error::Usage(msg!("{folder} is no release: it has no {file}", folder, file = WORDING)));
    }
    let (texts, others) = revisions::texts(project.root().to_owned(), old, terminal)?;
    let files = Older { texts, others, files: project };
    let mut sources = Sources::default();
    match layout::load(&files, &mut sources).value {
        Some((book, _)) => Ok((old.to_owned(), wording_of(&book, old, &|path| files.picture(path)))),
        None => Err(Error::Environment(msg!("the book of the revision ‘{name}’ cannot be read", name = old))),
    }
}

/// The files of a revision: its texts; what is no text, layouts and fonts are those of today.
struct Older<'a> {
    texts: BTreeMap<String, String>,
    /// Files that are no text, with what tells their pictures apart where they could be read.
    others: BTreeMap<String, Option<String>>,
    files: &'a Project,
}

/// The folder of which revisions are asked.
const MANUSCRIPT: &str = "manuscript";

impl Older<'_> {
    fn names(&self, dir: &str, of: impl Fn(&str) -> Option<&str>) -> Vec<String> {
        let below = |path: &String| {
            let rest = path.strip_prefix(dir)?.strip_prefix('/')?;
            of(rest).map(str::to_owned)
        };
        let names: BTreeSet<String> = self.texts.keys().chain(self.others.keys()).filter_map(below).collect();
        names.into_iter().filter(|name| !name.starts_with('.')).collect()
    }

    fn picture(&self, path: &str) -> Option<String> {
        match self.others.get(path) {
            Some(told) => told.clone(),
            None => self.read(path).ok().map(|bytes| picture(&bytes)),
        }
    }

    fn is_of_revision(path: &str) -> bool {
        path == MANUSCRIPT || path.strip_prefix(MANUSCRIPT).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl Files for Older<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None if Self::is_of_revision(path) && !self.others.contains_key(path) => Err(ReadError::NotFound),
            None => self.files.read(path),
        }
    }

    fn list(&self, dir: &str) -> Vec<String> {
        match Self::is_of_revision(dir) {
            true => self.names(dir, |rest| (!rest.contains('/')).then_some(rest)),
            false => self.files.list(dir),
        }
    }

    fn folders(&self, dir: &str) -> Vec<String> {
        match Self::is_of_revision(dir) {
            true => self.names(dir, |rest| Some(rest.split_once('/')?.0)),
            false => self.files.folders(dir),
        }
    }

    fn closed(&self, dir: &str) -> Option<ReadError> {
        if Self::is_of_revision(dir) { None } else { self.files.closed(dir) }
    }

    fn shared(&self, name: &str) -> Option<String> {
        self.files.shared(name)
    }
}
