//! The editions that a command line names.

use crate::diagnostic;
use crate::error::Error;
use crate::message::{List, Message};
use crate::model::{Book, EditionKind};

/// The editions of some names, each once.
///
/// # Errors
/// When the book cannot have an edition of a name.
pub(super) fn named(names: &[String], book: &Book) -> Result<Vec<EditionKind>, Error> {
    let both = (book.languages.len() > 1).then_some(EditionKind::Bilingual);
    let known: Vec<EditionKind> = book.languages.iter().cloned().map(EditionKind::Single).chain(both).collect();
    let mut editions = Vec::new();
    for name in names {
        let Some(edition) = known.iter().find(|edition| edition.name() == name) else {
            return Err(unknown_edition(name, &known));
        };
        if !editions.contains(edition) {
            editions.push(edition.clone());
        }
    }
    Ok(editions)
}

fn unknown_edition(name: &str, known: &[EditionKind]) -> Error {
    let names: Vec<&str> = known.iter().map(EditionKind::name).collect();
    let near = diagnostic::nearest(name, names.iter().copied());
    let editions = Message::list(List::And, names);
    Error::Usage(match near {
        Some(near) => {
            msg!("this book has no edition `{name}`; did you mean `{near}`? It has {editions}", name, near, editions)
        }
        None => msg!("this book has no edition `{name}`; it has {editions}", name, editions),
    })
}
