//! Which editions a run makes, and which of them errors of the manuscript stop.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::lang;
use crate::message::{List, Message};
use crate::model::{Book, EditionKind, Lang};
use crate::source::Sources;

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

/// The editions that a run is to make.
#[cfg(feature = "pages")]
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Those that can be made.
    pub(super) ready: Vec<EditionKind>,
    /// Those that errors of the manuscript stop, each with the languages that the errors are in.
    pub(super) held: Vec<(EditionKind, Vec<Lang>)>,
    /// The languages that all of them show.
    pub(super) shown: BTreeSet<Lang>,
}

#[cfg(feature = "pages")]
impl Plan {
    /// The editions of some names, or those that the book wants where none is named. What was found in a language that none of
    /// them shows is none of this run's business and is dropped.
    ///
    /// # Errors
    /// When the book cannot have an edition of a name.
    pub(super) fn of(
        names: &[String],
        book: &Book,
        sources: &Sources,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let stopped = Stopped::by(found, book, sources);
        if book.languages.iter().all(|lang| stopped.stops(&EditionKind::Single(lang.clone()), book)) {
            return Ok(Self::default());
        }
        let wanted = if names.is_empty() { book.editions.clone() } else { named(names, book)? };
        let shown: BTreeSet<Lang> = wanted.iter().flat_map(|edition| book.languages_of(edition)).cloned().collect();
        found.retain(|finding| language_of(finding, book, sources).is_none_or(|lang| shown.contains(lang)));
        let (held, ready): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|edition| stopped.stops(edition, book));
        let blamed = |edition: EditionKind| {
            let languages = book.languages_of(&edition).into_iter().filter(|lang| stopped.languages.contains(lang));
            let languages = languages.cloned().collect();
            (edition, languages)
        };
        Ok(Self { ready, held: held.into_iter().map(blamed).collect(), shown })
    }
}

/// What the errors of a manuscript stop: an error in a chapter the editions that show its language, any other all of them.
#[cfg(feature = "pages")]
#[derive(Debug, Default)]
pub(super) struct Stopped {
    all: bool,
    languages: BTreeSet<Lang>,
}

#[cfg(feature = "pages")]
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
}

/// The language of the chapter that a finding is in.
#[cfg(feature = "pages")]
pub(super) fn language_of<'b>(finding: &Diagnostic, book: &'b Book, sources: &Sources) -> Option<&'b Lang> {
    book.language_of(sources.get(finding.primary.as_ref()?.span.file).path())
}
