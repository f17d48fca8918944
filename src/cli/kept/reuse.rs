//! Which artifacts of a run are there already.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::begun::{Begun, holds};
use super::{Kept, KeptFinding};
use crate::cli::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::inputs::{Digest, Inputs, Settings, digest};
use crate::manuscript::{COMMENTS_FILE, REVIEWED_FILE};
use crate::model::{Book, EditionKind};
use crate::source::{Files, Sources};

/// Where an artifact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Came {
    /// It was made.
    Made,
    /// It is where an earlier run put it.
    Stayed,
    /// It was taken from a cache.
    Cached,
}

/// What a run can take from earlier ones.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Reuse<'a> {
    pub(in crate::cli) begun: &'a Begun,
    pub(in crate::cli) files: &'a dyn Files,
    pub(in crate::cli) sources: &'a Sources,
    /// What was read of the book before anything was made of it.
    pub(in crate::cli) loaded: &'a Inputs,
    pub(in crate::cli) terminal: &'a Terminal,
}

/// An artifact that is to be had.
pub(in crate::cli) struct Wanted<'a> {
    pub(in crate::cli) path: PathBuf,
    /// The text of the edition and what belongs to it.
    pub(in crate::cli) text: &'a Inputs,
    pub(in crate::cli) settings: Settings,
}

impl Wanted<'_> {
    /// The digest of all that it is made from, where besides its text this was read.
    fn digest(&self, further: &Inputs) -> Digest {
        digest(&self.text.clone().and(further), &self.settings)
    }

    fn name(&self) -> Option<&str> {
        self.path.file_name()?.to_str()
    }
}

/// An artifact that is there, with what is known of it.
pub(in crate::cli) struct There {
    pub(in crate::cli) kept: Kept,
    pub(in crate::cli) came: Came,
    pub(in crate::cli) findings: Vec<Diagnostic>,
}

/// The book as an edition has it: the text of other languages is not in it, so that nothing of the edition can depend on it. The edition
/// in several languages has all of it.
pub(in crate::cli) fn as_shown(book: &Book, edition: &EditionKind) -> Option<Book> {
    let EditionKind::Single(shown) = edition else { return None };
    let mut book = book.clone();
    let others = book.chapters.iter_mut().filter(|(lang, _)| *lang != shown);
    others.for_each(|(_, chapters)| chapters.clear());
    Some(book)
}

/// What of a book's files the text of an edition and its front matter come from: not the chapters of other languages, and not what was
/// signed off or remarked, of which nothing is printed.
pub(in crate::cli) fn text_of(edition: &EditionKind, book: &Book, loaded: &Inputs) -> Inputs {
    let others: BTreeSet<&str> = match edition {
        EditionKind::Single(shown) => {
            let others = book.chapters.iter().filter(|(lang, _)| *lang != shown);
            others.flat_map(|(_, chapters)| chapters).map(|chapter| chapter.path.as_str()).collect()
        }
        EditionKind::Bilingual => BTreeSet::new(),
    };
    let unprinted = [REVIEWED_FILE, COMMENTS_FILE];
    loaded.clone().without(|path| others.contains(path) || unprinted.contains(&path))
}

impl Reuse<'_> {
    /// An artifact that need not be made: in its place, or in a cache, from which it is put there.
    pub(in crate::cli) fn find(self, wanted: &Wanted<'_>) -> Option<There> {
        self.in_place(wanted).or_else(|| self.in_cache(wanted))
    }

    fn in_place(self, wanted: &Wanted<'_>) -> Option<There> {
        let kept = self.begun.record.made.get(wanted.name()?)?;
        let further = Inputs::now(kept.further.paths(), self.files);
        if wanted.digest(&further) != kept.digest || !holds(&wanted.path, kept.content) {
            return None;
        }
        let findings = self.findings(&kept.findings)?;
        self.terminal.outlet().stays(&wanted.path, kept.content);
        Some(There { kept: Kept { cached: false, ..kept.clone() }, came: Came::Stayed, findings })
    }

    fn in_cache(self, wanted: &Wanted<'_>) -> Option<There> {
        let outlet = self.terminal.outlet();
        outlet.plans(digest(wanted.text, &wanted.settings)).iter().find_map(|plan| {
            let further = Inputs::now(plan.iter().map(String::as_str), self.files);
            let digest = wanted.digest(&further);
            if !further.is_sure() {
                return None;
            }
            let about = outlet.fetch(digest, &wanted.path)?;
            let kept: Kept = serde_json::from_str(&about).ok().filter(|kept: &Kept| kept.digest == digest)?;
            let findings = self.findings(&kept.findings)?;
            Some(There { kept: Kept { cached: true, ..kept }, came: Came::Cached, findings })
        })
    }

    /// The findings again, in the texts of this run.
    fn findings(self, kept: &[KeptFinding]) -> Option<Vec<Diagnostic>> {
        kept.iter().map(|kept| kept.finding(&mut |path| self.sources.find(path))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A book in two languages, and what was read of it.
    fn book(english: &str) -> (Book, Inputs) {
        let files: BTreeMap<&str, &str> = [
            (
                "manuscript/book.yaml",
                "title: {zh: 灯, en: Lamps}\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: book\n",
            ),
            ("manuscript/zh/01.md", "# 灯\n\n城里有12盏灯。\n"),
            ("manuscript/en/01.md", english),
        ]
        .into();
        let recorder = crate::inputs::Recorder::new(&files);
        let loaded = crate::load(&recorder, &mut Sources::default()).value.expect("the book can be read");
        (loaded.0, recorder.seen())
    }

    #[test]
    fn an_edit_in_one_language_is_none_in_the_edition_of_the_other() {
        let editions = |english| {
            let (book, loaded) = book(english);
            let [zh, en] = ["zh", "en"].map(|tag| EditionKind::Single(crate::model::Lang::new(tag).unwrap()));
            [zh, en, EditionKind::Bilingual]
                .map(|edition| digest(&text_of(&edition, &book, &loaded), &Settings::default()))
        };
        let before = editions("# Lamps\n\nThere are 12 lamps.\n");
        let after = editions("# Lamps\n\nThere are 21 lamps.\n");
        assert_eq!(before[0], after[0]);
        assert!(before[1] != after[1] && before[2] != after[2]);
    }

    #[test]
    fn what_an_edition_does_not_show_it_does_not_have() {
        let (book, _) = book("# Lamps\n\nThere are 12 lamps.\n");
        let edition = book.editions[0].clone();
        let shown = as_shown(&book, &edition).unwrap();
        let count = |book: &Book| book.chapters.values().map(Vec::len).collect::<Vec<_>>();
        assert_eq!((count(&book), count(&shown)), (vec![1, 1], vec![0, 1]));
        assert_eq!(shown.languages, book.languages);
    }
}
