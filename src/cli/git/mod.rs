//! What version control knows of a book. Git is a program of the user's that is found when it is asked; the library knows nothing of it.
//!
//! A worker starts no programs: the process that watches over it asks git, and only what the command line asks for. A repository may come from
//! a stranger as a book may, and its settings can name programs that git would run. So only plumbing is used that reads objects: no hook, no
//! filter, no helper for differences, no remote has a part in it.

mod history;
mod plumbing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::report::stats::History;
use plumbing::Repository;

/// A question that the command line asks of git.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inquiry {
    /// The folder of the book.
    pub(super) root: PathBuf,
    pub(super) about: About,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum About {
    /// Which files of the manuscript differ from those of a revision.
    ChangedSince(String),
    /// What was signed off when.
    History,
    /// Which commit is checked out, and whether the files of the manuscript are those of it.
    Commit,
    /// What the files of the manuscript that are text say in a revision.
    Texts(String),
}

/// The answer.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Told {
    /// Project-relative paths of files that differ, are new or are gone.
    Changed(BTreeSet<String>),
    /// What was signed off when.
    History(History),
    /// The commit that is checked out, and whether files of the manuscript differ from it.
    Commit(String, bool),
    /// Texts by their project-relative paths, and the paths of all other files, each with what tells it from another picture.
    Texts(BTreeMap<String, String>, BTreeMap<String, Option<String>>),
    /// There is none.
    Nothing(Refusal),
}

/// See [`Told::Texts`].
pub(super) type Texts = (BTreeMap<String, String>, BTreeMap<String, Option<String>>);

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Refusal {
    /// There is no program `git`.
    NoGit,
    /// The book is in no checkout.
    NoCheckout,
    /// There is no such revision.
    NoRevision(String),
    /// Git says something else.
    Failed(String),
}

impl Refusal {
    pub(super) fn message(&self) -> Message {
        match self {
            Self::NoGit => msg!("there is no program `git` here, which knows earlier versions of the book; install it"),
            Self::NoCheckout => {
                msg!("the book is in no checkout of git, so that there are no earlier versions to ask for")
            }
            Self::NoRevision(name) => {
                msg!(
                    "git knows no revision ‘{name}’; `git log --oneline` and `git branch` list those that there are",
                    name
                )
            }
            Self::Failed(reason) => msg!("git does not answer: {reason}", reason),
        }
    }
}

/// Asks git.
pub(super) fn answer(inquiry: &Inquiry) -> Told {
    let told = Repository::of(&inquiry.root).and_then(|repository| match &inquiry.about {
        About::ChangedSince(revision) => repository.changed_since(revision).map(Told::Changed),
        About::History => repository.history().map(Told::History),
        About::Commit => repository.checked_out().map(|(commit, modified)| Told::Commit(commit, modified)),
        About::Texts(revision) => repository.texts(revision).map(|(texts, others)| Told::Texts(texts, others)),
    });
    told.unwrap_or_else(Told::Nothing)
}

#[cfg(test)]
mod tests;
