//! Signing off from a browser. The worker says what the record is to be, and this process writes it, as `accept` does: under the lock, and
//! only where the file is still the one that the worker read.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::shared::Shared;
use super::super::task::Question;
use crate::error::Error;
use crate::manuscript::{COMMENTS_FILE, REVIEWED_FILE};
use crate::preview::{Answer, SignOff};
use crate::project::{Project, write_now};
use crate::source::Files;

/// How often it is tried when others write the record at the same time.
const TRIES: usize = 3;

/// What a worker says of a sign-off.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) enum Verdict {
    /// The record, and what reviewers said, if that changes: as the worker read them, and as they are to be.
    Signed { record: Change, comments: Option<Change> },
    /// Why it cannot be signed off, in the language of the page.
    Refused(String),
}

/// A file as it was read, if it was there, and as it is to be.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct Change {
    pub(in super::super) before: Option<String>,
    pub(in super::super) after: String,
}

/// Signs a pair off, or takes it back, and says how it went.
pub(super) fn sign(shared: &Shared, project: &Project, order: &SignOff) -> Answer {
    let mut trouble = msg!("the book is being read; try again");
    for _ in 0..TRIES {
        let verdict = shared.ask(Question::Sign(order.clone()));
        match verdict.and_then(|verdict| serde_json::from_slice(&verdict).ok()) {
            Some(Verdict::Refused(why)) => return told(&json!({ "done": false, "why": why })),
            Some(Verdict::Signed { record, comments }) => {
                let written = write(project, REVIEWED_FILE, record)
                    .and_then(|()| comments.map_or(Ok(()), |comments| write(project, COMMENTS_FILE, comments)));
                match written {
                    Ok(()) => return told(&json!({ "done": true })),
                    Err(error) => trouble = error.message(),
                }
            }
            None => {}
        }
    }
    told(&json!({ "done": false, "why": shared.showing().say(&trouble) }))
}

/// Writes a file that is still as it was read.
fn write(project: &Project, file: &str, Change { before, after }: Change) -> Result<(), Error> {
    project.update(file, &write_now, || {
        let as_read = project.read(file).ok() == before.map(String::into_bytes);
        if as_read { Ok(Some(after)) } else { Err(Error::Changed(file.into())) }
    })
}

fn told(value: &serde_json::Value) -> Answer {
    Answer::data(value.to_string().into_bytes())
}
