//! Which artifacts of a run are there already.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::begun::{Begun, holds};
use super::{Kept, KeptFinding};
use crate::cli::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::inputs::{Digest, Inputs, Settings, digest};
use crate::manuscript::{COMMENTS_FILE, REVIEWED_FILE, table_files};
use crate::model::{Book, Chapter, EditionKind, InlineKind, Lang, walk};
use crate::printed::Printed;
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

/// What of a book's files the text of an edition and its front matter come from: not the chapters of other languages, the pictures and data that
/// these alone name, and what was signed off or remarked, of which nothing is printed. Which names a folder of the manuscript has does not matter
/// beside what was read of it; a layout that asks is heard when pages are made.
pub(in crate::cli) fn text_of(edition: &EditionKind, book: &Book, loaded: &Inputs) -> Inputs {
    let is_shown = |lang: &Lang| match edition {
        EditionKind::Single(shown) => lang == shown,
        EditionKind::Bilingual => true,
    };
    let chapters = book.chapters.values().flatten();
    let (shown, others): (Vec<&Chapter>, Vec<&Chapter>) = chapters.partition(|chapter| is_shown(&chapter.lang));
    let mut needed: BTreeSet<String> = shown.into_iter().flat_map(files_of).collect();
    needed.extend(book.meta.logo.iter().map(|logo| logo.path.clone()));
    let others: BTreeSet<String> = others.into_iter().flat_map(files_of).collect();
    let of_others = |path: &str| others.contains(path) && !needed.contains(path);
    let unprinted = [REVIEWED_FILE, COMMENTS_FILE];
    let is_folder = |path: &str| path.ends_with('/') && path.starts_with("manuscript/");
    loaded.clone().without(|path| of_others(path) || unprinted.contains(&path) || is_folder(path))
}

/// What a book says of its languages beside the text of those that are shown: which of them have text, and in which folders.
pub(in crate::cli) fn languages_of(book: &Book) -> String {
    let begun = book.languages.iter().map(Lang::tag);
    let folders = book.folders.iter().map(|(lang, folder)| format!("{}={folder}", lang.tag()));
    begun.map(str::to_owned).chain(folders).collect::<Vec<_>>().join(",")
}

/// The file of a chapter, and the pictures and data that it names.
fn files_of(chapter: &Chapter) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = table_files(chapter).into_iter().collect();
    found.insert(chapter.path.clone());
    walk::chapter_inlines(chapter, &mut |inline| {
        if let InlineKind::Image(image) = &inline.kind {
            found.insert(image.path.clone());
        }
    });
    found
}

impl Reuse<'_> {
    /// An artifact that need not be made: in its place, or in a cache, from which it is put there.
    pub(in crate::cli) fn find(self, wanted: &Wanted<'_>) -> Option<There> {
        self.in_place(wanted).or_else(|| self.in_cache(wanted))
    }

    /// Where the pages of an edition begin, if an earlier run has set them from the same, and what else they were set from.
    pub(in crate::cli) fn pages(self, stem: &str, text: &Inputs, how: &Settings) -> Option<(Printed, Inputs)> {
        self.begun.record.pages.get(stem)?.starts(text, how, (self.files, self.sources))
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

    const ZH: &str = "# 灯\n\n城里有12盏灯。\n\n![灯](../images/both.svg)\n";
    const EN: &str = "# Lamps\n\nThere are 12 lamps.\n\n![A lamp](../images/both.svg)\n\n![A map](../images/map.svg)\n";

    /// A book in two languages with some files, and what was read of it.
    fn book(files: &[(&str, &str)]) -> (Book, Inputs) {
        let config = "title: {zh: 灯, en: Lamps}\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: book\n";
        let mut all: BTreeMap<&str, &str> = [
            ("manuscript/book.yaml", config),
            ("manuscript/zh/01.md", ZH),
            ("manuscript/en/01.md", EN),
            ("manuscript/images/both.svg", PICTURE),
            ("manuscript/images/map.svg", PICTURE),
        ]
        .into();
        all.extend(files.iter().copied());
        let recorder = crate::inputs::Recorder::new(&all);
        let loaded = crate::load(&recorder, &mut Sources::default()).value.expect("the book can be read");
        (loaded.0, recorder.seen())
    }

    const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#;
    const OTHER: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="9"/>"#;

    /// The digests of the Chinese, the English and the bilingual text.
    fn editions(files: &[(&str, &str)]) -> [Digest; 3] {
        let (book, loaded) = book(files);
        let [zh, en] = ["zh", "en"].map(|tag| EditionKind::Single(Lang::new(tag).unwrap()));
        let settings = Settings::default().with("languages", languages_of(&book));
        [zh, en, EditionKind::Bilingual].map(|edition| digest(&text_of(&edition, &book, &loaded), &settings))
    }

    #[test]
    fn an_edit_in_one_language_is_none_in_the_edition_of_the_other() {
        let before = editions(&[]);
        let english = [
            ("manuscript/en/01.md", "# Lamps\n\nThere are 21 lamps.\n\n![A lamp](../images/both.svg)\n"),
            ("manuscript/en/02.md", "# Maps\n\nOne.\n"),
            ("manuscript/images/map.svg", OTHER),
        ];
        for edit in english {
            let after = editions(&[edit]);
            assert_eq!(before[0], after[0], "{edit:?}");
            assert!(before[1] != after[1] && before[2] != after[2], "{edit:?}");
        }
    }

    #[test]
    fn what_an_edition_shows_is_an_input_of_it_whoever_shows_it_too() {
        let before = editions(&[]);
        let after = editions(&[("manuscript/images/both.svg", OTHER)]);
        assert!(before.iter().zip(&after).all(|(before, after)| before != after));
        let (book, _) = book(&[]);
        let mut before_translation = book.clone();
        before_translation.languages.pop();
        assert_ne!(
            languages_of(&book),
            languages_of(&before_translation),
            "a language that is begun is one of the book"
        );
    }

    #[test]
    fn a_file_that_nobody_names_is_no_input_of_an_edition() {
        let unnamed = editions(&[("manuscript/images/draft.svg", PICTURE), ("manuscript/notes/plan.txt", "x")]);
        assert_eq!(editions(&[]), unnamed);
    }

    #[test]
    fn what_an_edition_does_not_show_it_does_not_have() {
        let (book, _) = book(&[]);
        let edition = book.editions[0].clone();
        let shown = as_shown(&book, &edition).unwrap();
        let count = |book: &Book| book.chapters.values().map(Vec::len).collect::<Vec<_>>();
        assert_eq!((count(&book), count(&shown)), (vec![1, 1], vec![0, 1]));
        assert_eq!(shown.languages, book.languages);
    }
}
