//! Which editions a run makes, and which of them errors stop.

use std::collections::BTreeSet;

use super::editions::named;
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::layout::Layouts;
use crate::model::{Book, EditionKind, Lang};
use crate::source::Sources;

/// The editions that a run is to make.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Those that can be made.
    pub(super) ready: Vec<EditionKind>,
    /// Those that errors stop, each with the languages that the errors are in; with none if they are of its layout.
    pub(super) held: Vec<(EditionKind, Vec<Lang>)>,
    /// The languages that all of them show.
    pub(super) shown: BTreeSet<Lang>,
}

impl Plan {
    /// The editions of some names, or those that the book wants where none is named. What was found in a language that none of
    /// them shows is none of this run's business and is dropped.
    ///
    /// # Errors
    /// When the book cannot have an edition of a name.
    pub(super) fn of(
        names: &[String],
        (book, layouts): (&Book, &Layouts),
        sources: &Sources,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let stopped = Stopped::by(found, (book, layouts), sources);
        if stopped.all {
            return Ok(Self::default());
        }
        let wanted = if names.is_empty() { book.editions.clone() } else { named(names, book)? };
        let shown: BTreeSet<Lang> = wanted.iter().flat_map(|edition| book.languages_of(edition)).cloned().collect();
        found.retain(|finding| language_of(finding, book, sources).is_none_or(|lang| shown.contains(lang)));
        // The same of a layout that sets none of them.
        if wanted.iter().all(|edition| stopped.set.contains(edition)) {
            found.retain(|finding| finding.severity != Severity::Error || !is_of_a_layout(finding, sources));
        }
        let (held, ready): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|edition| stopped.stops(edition, book));
        let blamed = |edition: EditionKind| {
            let languages = book.languages_of(&edition).into_iter().filter(|lang| stopped.languages.contains(lang));
            let languages = languages.cloned().collect();
            (edition, languages)
        };
        Ok(Self { ready, held: held.into_iter().map(blamed).collect(), shown })
    }
}

/// What the errors of a book stop: an error in a chapter the editions that show its language, one of a layout those that it
/// sets, any other all of them.
#[derive(Debug, Default)]
pub(super) struct Stopped {
    all: bool,
    languages: BTreeSet<Lang>,
    /// Editions whose layout is in order.
    set: BTreeSet<EditionKind>,
}

impl Stopped {
    /// What these findings stop.
    pub(super) fn by(found: &[Diagnostic], (book, layouts): (&Book, &Layouts), sources: &Sources) -> Self {
        let sound = layouts.iter().filter(|(_, layout)| layout.sound).map(|(edition, _)| edition);
        let mut stopped = Self { set: sound.cloned().collect(), ..Self::default() };
        for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
            match language_of(finding, book, sources) {
                Some(lang) => drop(stopped.languages.insert(lang.clone())),
                None => stopped.all |= !is_of_a_layout(finding, sources),
            }
        }
        stopped
    }

    /// Whether they stop an edition.
    pub(super) fn stops(&self, edition: &EditionKind, book: &Book) -> bool {
        let unset = !self.set.contains(edition);
        self.all || unset || book.languages_of(edition).into_iter().any(|lang| self.languages.contains(lang))
    }
}

/// Whether a finding concerns a layout: the editions that it sets have none then.
fn is_of_a_layout(finding: &Diagnostic, sources: &Sources) -> bool {
    let file = finding.primary.as_ref().map(|label| sources.get(label.span.file).path());
    [codes::LAYOUT, codes::LAYOUT_OPTION].contains(&finding.check)
        || file.is_some_and(|path| path.starts_with("layouts/"))
}

/// The language of the chapter that a finding is in.
pub(super) fn language_of<'b>(finding: &Diagnostic, book: &'b Book, sources: &Sources) -> Option<&'b Lang> {
    book.language_of(sources.get(finding.primary.as_ref()?.span.file).path())
}
