//! The editions that a command line names.

use crate::error::Error;
use crate::lang;
use crate::message::{List, Message};
use crate::model::{Book, EditionKind, Lang};

/// The editions of some names, each once.
///
/// # Errors
/// When the book cannot have an edition of a name, or not yet.
pub(super) fn named(names: &[String], book: &Book) -> Result<Vec<EditionKind>, Error> {
    let both = (book.languages.len() > 1).then_some(EditionKind::Bilingual);
    let known: Vec<EditionKind> = book.languages.iter().cloned().map(EditionKind::Single).chain(both).collect();
    let mut editions = Vec::new();
    for name in names {
        let Some(edition) = known.iter().find(|edition| edition.name() == name) else {
            return Err(unknown_edition(name, &known, book));
        };
        if !editions.contains(edition) {
            editions.push(edition.clone());
        }
    }
    Ok(editions)
}

fn unknown_edition(name: &str, known: &[EditionKind], book: &Book) -> Error {
    let later = |lang: &&Lang| lang.tag() == name || name == EditionKind::Bilingual.name();
    if let Some(lang) = book.without_chapters().find(later) {
        let (language, folder) = (lang.name(), book.folder(lang));
        return Error::Usage(msg!(
            "the edition `{name}` cannot be made: the book has no chapters in {language} yet; write them in {folder}",
            name,
            language,
            folder
        ));
    }
    let names: Vec<&str> = known.iter().map(EditionKind::name).collect();
    let near = lang::meant(name, names.iter().copied());
    let editions = Message::list(List::And, names);
    Error::Usage(match near {
        Some(near) => {
            msg!("this book has no edition `{name}`; did you mean `{near}`? It has {editions}", name, near, editions)
        }
        None => msg!("this book has no edition `{name}`; it has {editions}", name, editions),
    })
}
