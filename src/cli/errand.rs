//! What a worker asks of the process that watches over it for a release, and what that answers.

use serde::{Deserialize, Serialize};

/// What is to be done.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum Errand {
    /// A folder of this name begins, where the command line has folders of releases.
    Begin(String),
    /// A file of this name is put into it.
    Put(String),
    /// Programs of others are asked of the files in it.
    Ask(Vec<Question>),
    /// It is signed, if the command line says so, and takes its place.
    Settle,
    /// The signature of the folder of the command line is looked at.
    Signature,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum Reply {
    Done,
    /// The answers of other programs, in the order of the questions.
    Verdicts(Vec<Verdict>),
    /// The folder stands in its place; `false` where the same one was there.
    Placed(bool),
    /// A folder with other files is there; these differ.
    Differs(Vec<String>),
    Signature(Signature),
    /// The system does not do it, and says why.
    Failed(String),
    /// The program that signs does not do it, and says why.
    Unsigned(String),
    /// Another run makes a folder there.
    Busy,
    /// It is not what the command line says.
    Refused,
}

/// A question to a program of others: one file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Question {
    /// The gate, by its name.
    pub(in crate::cli) gate: String,
    /// The name of the file.
    pub(in crate::cli) file: String,
    /// What the file claims, for a program that is told: the flavours of veraPDF.
    pub(in crate::cli) flavours: Vec<String>,
}

/// What a program of others said of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Verdict {
    /// Whether the program could be asked.
    pub(in crate::cli) asked: bool,
    /// Its name and version, as it tells them.
    pub(in crate::cli) program: String,
    pub(in crate::cli) errors: usize,
    pub(in crate::cli) warnings: usize,
    /// The first of what it found, a line each.
    pub(in crate::cli) said: Vec<String>,
}

/// What is known of the signature of a release.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum Signature {
    /// There is none.
    None,
    /// There is one of another kind than the key, in this file.
    Other(String),
    /// There is one, and no key to look at it with.
    Unproved,
    /// It is good; who made it, or by which key, as the program that looked says it.
    Good(String),
    /// It is not, as the program that looked says.
    Bad(String),
    /// The program that knows cannot be started.
    Unknown(String),
}
