//! The index of an edition: its headings, and where in the files the marks of the text stand.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use crate::index::{Heading, mark};
use crate::model::{Inline, InlineKind, Lang, walk};
use crate::outline::UniqueNames;
use crate::source::Span;

/// The file of an index that no chapter of the book holds.
pub(super) const OWN_FILE: &str = "index.xhtml";

/// The index of an edition.
#[derive(Default)]
pub(super) struct Index {
    /// The headings of each language that has any.
    pub(super) langs: Vec<(Lang, Vec<Heading>)>,
    /// The id of each mark in the text.
    pub(super) ids: BTreeMap<Span, String>,
    /// Where each name of marks stands: the part and the id, in reading order.
    pub(super) places: BTreeMap<String, Vec<(usize, String)>>,
    /// The id of each heading that others lead to, by its language and its words in small letters.
    headings: BTreeMap<(Lang, String), String>,
}

impl Index {
    /// Gives ids to the marks in the parts, and finds what stands under the headings of the languages.
    pub(super) fn new(plan: &Plan<'_>, langs: Vec<(Lang, Vec<Heading>)>, names: &mut UniqueNames) -> Self {
        let mut index = Self::default();
        for (at, part) in plan.parts.iter().enumerate() {
            let mut add = |inline: &Inline| {
                let InlineKind::Index(entry) = &inline.kind else { return };
                let id = names.id("index");
                index
                    .places
                    .entry(mark(plan.outline.language(inline.span.file), entry))
                    .or_default()
                    .push((at, id.clone()));
                index.ids.insert(inline.span, id);
            };
            walk::chapter_inlines(part.chapter, &mut add);
            for line in part.outlined.translation.iter().flat_map(|other| other.head()) {
                walk::inlines(&line.run, &mut add);
            }
        }
        let langs = langs.into_iter().map(|(lang, headings)| (lang, index.occurring(headings)));
        index.langs = langs.filter(|(_, headings)| !headings.is_empty()).collect();
        index.headings = index.led_to(names);
        index
    }

    /// The id of a heading, if others lead to it.
    pub(super) fn heading(&self, lang: &Lang, word: &str) -> Option<&str> {
        self.headings.get(&(lang.clone(), word.to_lowercase())).map(String::as_str)
    }

    fn led_to(&self, names: &mut UniqueNames) -> BTreeMap<(Lang, String), String> {
        let mut found = BTreeMap::new();
        for (lang, headings) in &self.langs {
            let all = headings.iter().flat_map(|heading| std::iter::once(heading).chain(&heading.subs));
            let led: BTreeSet<String> = all
                .flat_map(|heading| heading.see.iter().chain(&heading.also))
                .map(|word| word.to_lowercase())
                .collect();
            for word in headings.iter().map(|heading| heading.word.to_lowercase()).filter(|word| led.contains(word)) {
                found.insert((lang.clone(), word), names.id("index-heading"));
            }
        }
        found
    }

    /// Whether there is anything in it.
    pub(super) fn is_empty(&self) -> bool {
        self.langs.is_empty()
    }

    /// The headings that have something under them.
    fn occurring(&self, headings: Vec<Heading>) -> Vec<Heading> {
        let mut kept = Vec::new();
        for mut heading in headings {
            heading.subs = self.occurring(std::mem::take(&mut heading.subs));
            heading.marks.retain(|mark| self.places.contains_key(mark));
            if !(heading.marks.is_empty()
                && heading.see.is_empty()
                && heading.also.is_empty()
                && heading.subs.is_empty())
            {
                kept.push(heading);
            }
        }
        kept
    }
}
