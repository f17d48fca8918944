//! What the target of a link or a reference means: a place in its own chapter, in the book, or in a chapter that it names.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Outline};
use crate::model::{BlockKind, Chapter, text, walk};
use crate::source::{FileId, Span};

/// What the target of a link or a reference means.
#[derive(Debug)]
pub enum Meaning<'o, 'a> {
    /// One place.
    Place(&'o Entry<'a>),
    /// Any of several places: none of them is given in the chapter itself.
    Ambiguous(Vec<&'o Entry<'a>>),
    /// A place in a chapter that does not exist in this language.
    NoChapter,
    /// Nothing.
    Nothing,
}

/// What the names in a chapter mean, as indices of entries.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// The ids that the author gave.
    pub(super) ids: BTreeMap<String, usize>,
    /// The slugs of headings without an id, and of the title.
    pub(super) slugs: BTreeMap<String, usize>,
}

impl Places {
    fn slug(&self, name: &str) -> Option<usize> {
        self.slugs.get(name).or_else(|| self.slugs.get(&slug(name))).copied()
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.ids.get(name).copied().or_else(|| self.slug(name))
    }
}

impl<'a> Outline<'a> {
    /// What a target means that is written in a file: `id`, `chapter#id` (with folders before the chapter or without), or `chapter#` for the chapter itself. What
    /// stands in the same chapter goes before all else.
    pub fn meaning(&self, target: &str, file: FileId) -> Meaning<'_, 'a> {
        match target.split_once('#') {
            Some((chapter, id)) => self.across(chapter, id, file),
            None if target.is_empty() => self.one_of(self.title_of(file).into_iter().collect()),
            None => self.near(target, file),
        }
    }

    /// The place that a target means, if it is one.
    pub fn named(&self, target: &str, file: FileId) -> Option<&Entry<'a>> {
        match self.meaning(target, file) {
            Meaning::Place(entry) => Some(entry),
            _ => None,
        }
    }

    /// The chapters of a language.
    pub fn chapters_beside(&self, file: FileId) -> impl Iterator<Item = &Entry<'a>> {
        self.of_language(&self.titles, file)
    }

    /// Those of some entries that are in the language of a file.
    fn of_language<'o>(&'o self, entries: &'o [usize], file: FileId) -> impl Iterator<Item = &'o Entry<'a>> {
        let lang = self.language(file);
        entries.iter().map(|at| &self.entries[*at]).filter(move |entry| entry.lang == lang)
    }

    fn across(&self, chapter: &str, id: &str, file: FileId) -> Meaning<'_, 'a> {
        let Some(title) = self.chapter_at(chapter, file) else { return Meaning::NoChapter };
        if id.is_empty() {
            return Meaning::Place(title);
        }
        let found = self.places.get(&title.span.file).and_then(|places| places.find(id));
        self.one_of(found.into_iter().collect())
    }

    /// The title of the chapter that a path leads to: the one of that name with most folders in common. Where several have
    /// as many, the one in the folder of the file that names it.
    fn chapter_at(&self, path: &str, file: FileId) -> Option<&Entry<'a>> {
        let common = |stem: &str| path.rsplit('/').zip(stem.rsplit('/')).take_while(|(a, b)| a == b).count();
        let own = self.title_of(file).and_then(|at| self.entries[at].id).unwrap_or_default();
        let folder = |stem: &str| {
            stem.rsplit_once('/').map_or("", |(folder, _)| folder)
                == own.rsplit_once('/').map_or("", |(folder, _)| folder)
        };
        let named = self.titles_by_name.get(file_name(path)).map_or(&[][..], Vec::as_slice);
        let named = self.of_language(named, file);
        named
            .filter_map(|entry| Some((common(entry.id?), folder(entry.id?), entry)))
            .max_by_key(|(common, beside, _)| (*common, *beside))
            .map(|(.., entry)| entry)
    }

    fn near(&self, id: &str, file: FileId) -> Meaning<'_, 'a> {
        if let Some(at) = self.places.get(&file).and_then(|places| places.find(id)) {
            return Meaning::Place(&self.entries[at]);
        }
        let lang = self.language(file);
        let others = || self.places.iter().filter(|(other, _)| **other != file && self.language(**other) == lang);
        let mut found: Vec<usize> = Vec::new();
        found.extend(
            self.chapters_beside(file)
                .filter(|entry| entry.id == Some(id))
                .filter_map(|entry| self.title_of(entry.span.file)),
        );
        found.extend(others().filter_map(|(_, places)| places.ids.get(id)));
        if found.is_empty() {
            found.extend(others().filter_map(|(_, places)| places.slug(id)));
        }
        self.one_of(found)
    }

    /// The entry of the title of a file.
    fn title_of(&self, file: FileId) -> Option<usize> {
        self.titles.iter().copied().find(|at| self.entries[*at].span.file == file)
    }

    fn one_of(&self, mut found: Vec<usize>) -> Meaning<'_, 'a> {
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Meaning::Nothing,
            [one] => Meaning::Place(&self.entries[*one]),
            all => Meaning::Ambiguous(all.iter().map(|at| &self.entries[*at]).collect()),
        }
    }
}

/// The name of a chapter without its folders.
pub(super) fn file_name(stem: &str) -> &str {
    stem.rsplit('/').next().unwrap_or(stem)
}

/// The slug of every heading without an id, as GitHub makes it: of those with the same words the second ends in `-1`. None
/// is an id that the author gave in the chapter.
pub fn slugs(chapter: &Chapter) -> BTreeMap<Span, String> {
    let mut taken: BTreeSet<String> = chapter.meta.id.iter().cloned().collect();
    walk::chapter_blocks(chapter, &mut |block| taken.extend(block.id.clone()));
    let (mut slugs, mut next) = (BTreeMap::new(), BTreeMap::<String, usize>::new());
    walk::chapter_blocks(chapter, &mut |block| {
        let BlockKind::Heading { body, .. } = &block.kind else { return };
        let base = slug(&text::plain(body));
        if block.id.is_some() || base.is_empty() {
            return;
        }
        let count = next.entry(base.clone()).or_default();
        let free = loop {
            let name = if *count == 0 { base.clone() } else { format!("{base}-{count}") };
            *count += 1;
            if taken.insert(name.clone()) {
                break name;
            }
        };
        slugs.insert(block.span, free);
    });
    slugs
}

/// The id that a heading's words give: small letters and digits of any script, hyphens for spaces.
pub fn slug(heading: &str) -> String {
    let mut out = String::new();
    for c in heading.trim().to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '-') => out.push(c),
            ' ' => out.push('-'),
            _ => {}
        }
    }
    out
}
