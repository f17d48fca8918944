//! Which editions a run makes, and which of them errors of the manuscript stop.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::lang;
use crate::message::{List, Message};
use crate::model::{Book, EditionKind, Lang};
use crate::source::Sources;

/// The editions of some names; all that the book wants if none is named.
///
/// # Errors
/// [`Error::Usage`] when the book has no such edition, or none yet.
pub(super) fn editions(names: &[String], book: &Book) -> Result<Vec<EditionKind>, Error> {
    if names.is_empty() {
        return Ok(book.editions.clone());
    }
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

/// What the errors of a manuscript stop: an error in a chapter the editions that show its language, any other all of them.
#[derive(Debug, Default)]
pub(super) struct Stopped {
    all: bool,
    languages: BTreeSet<Lang>,
}

impl Stopped {
    /// What these findings stop.
    pub(super) fn by(found: &[Diagnostic], book: &Book, sources: &Sources) -> Self {
        let mut stopped = Self::default();
        for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
            match language_of(finding, book, sources) {
                Some(lang) => drop(stopped.languages.insert(lang.clone())),
                None => stopped.all = true,
            }
        }
        stopped
    }

    /// Whether they stop an edition.
    pub(super) fn stops(&self, edition: &EditionKind, book: &Book) -> bool {
        self.all || book.languages_of(edition).into_iter().any(|lang| self.languages.contains(lang))
    }

    /// The languages in whose chapters they are.
    pub(super) fn languages(&self) -> &BTreeSet<Lang> {
        &self.languages
    }
}

/// The language of the chapter that a finding is in.
pub(super) fn language_of<'b>(finding: &Diagnostic, book: &'b Book, sources: &Sources) -> Option<&'b Lang> {
    book.language_of(sources.get(finding.primary.as_ref()?.span.file).path())
}

/// The languages that some editions show.
pub(super) fn languages<'b>(editions: &'b [EditionKind], book: &'b Book) -> BTreeSet<&'b Lang> {
    editions.iter().flat_map(|edition| book.languages_of(edition)).collect()
}
