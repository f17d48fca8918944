//! What earlier versions of a book were, asked of git by whoever may run it.

use std::collections::BTreeSet;
use std::path::PathBuf;

#[cfg(feature = "pages")]
use super::git::Texts;
use super::git::{About, Inquiry, Refusal, Told};
use super::terminal::Terminal;
use crate::error::Error;
use crate::report::stats::History;

/// The files of the manuscript that differ from those of a revision.
///
/// # Errors
/// [`Error::Environment`] when git cannot tell.
pub(super) fn changed_since(root: PathBuf, revision: &str, terminal: &Terminal) -> Result<BTreeSet<String>, Error> {
    match terminal.outlet().inquire(&Inquiry { root, about: About::ChangedSince(revision.to_owned()) }) {
        Told::Changed(paths) => Ok(paths),
        other => Err(unanswered(&other)),
    }
}

/// What was signed off when.
///
/// # Errors
/// [`Error::Environment`] when git cannot tell.
pub(super) fn history(root: PathBuf, terminal: &Terminal) -> Result<History, Error> {
    match terminal.outlet().inquire(&Inquiry { root, about: About::History }) {
        Told::History(history) => Ok(history),
        other => Err(unanswered(&other)),
    }
}

/// The commit that is checked out, and whether files of the manuscript differ from it; `None` where git does not know the book.
#[cfg(feature = "pages")]
pub(super) fn checked_out(root: PathBuf, terminal: &Terminal) -> Option<(String, bool)> {
    match terminal.outlet().inquire(&Inquiry { root, about: About::Commit }) {
        Told::Commit(commit, modified) => Some((commit, modified)),
        _ => None,
    }
}

/// What the files of the manuscript said in a revision, and the paths of those that are no text, each with what tells it from another picture.
///
/// # Errors
/// [`Error::Environment`] when git cannot tell.
#[cfg(feature = "pages")]
pub(super) fn texts(root: PathBuf, revision: &str, terminal: &Terminal) -> Result<Texts, Error> {
    match terminal.outlet().inquire(&Inquiry { root, about: About::Texts(revision.to_owned()) }) {
        Told::Texts(texts, others) => Ok((texts, others)),
        other => Err(unanswered(&other)),
    }
}

fn unanswered(told: &Told) -> Error {
    let unexpected = Refusal::Failed("?".to_owned());
    Error::Environment(match told {
        Told::Nothing(refusal) => refusal.message(),
        _ => unexpected.message(),
    })
}
