//! The index of a language: the words that the text marks and the terms of the glossary, under their headings and in order.

mod order;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use order::IndexOrder;

use crate::model::{Book, IndexEntry, InlineKind, Lang, walk};

/// A heading of the index and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its words.
    pub word: String,
    /// The letter that it stands under.
    pub letter: String,
    /// The names of the marks in the text whose pages it has, see [`mark`].
    pub marks: Vec<String>,
    /// The ids of the terms whose pages it has.
    pub terms: Vec<String>,
    /// The headings that have the pages instead.
    pub see: Vec<String>,
    /// Headings to be looked up besides.
    pub also: Vec<String>,
    /// What stands below it.
    pub subs: Vec<Heading>,
}

/// The name of a mark in the text: marks of one name have their pages in one place of the index.
pub(crate) fn mark(lang: &Lang, entry: &IndexEntry) -> String {
    let parts = [lang.tag(), &entry.heading, entry.sub.as_deref().unwrap_or_default()];
    parts.join("\u{1f}")
}

/// The headings of a language. A mark with a form of a term stands under the term; words that differ but in their capitals are one.
pub(crate) fn headings(book: &Book, lang: &Lang) -> Vec<Heading> {
    let (mut drafts, mut forms) = (Drafts::new(), BTreeMap::new());
    for term in &book.glossary.terms {
        let Some(word) = term.word(lang) else { continue };
        for form in term.forms(lang) {
            forms.entry(form.value.to_lowercase()).or_insert(word);
        }
        under(&mut drafts, word).terms.push(term.id.clone());
    }
    for chapter in book.chapters(lang) {
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Index(entry) = &inline.kind {
                let word = forms.get(&entry.heading.to_lowercase()).copied();
                under(&mut drafts, word.unwrap_or(&entry.heading)).add(entry, mark(lang, entry));
            }
        });
    }
    sorted(drafts, &IndexOrder::new(lang))
}

/// Headings in the making by their words in small letters.
type Drafts = BTreeMap<String, Draft>;

#[derive(Default)]
struct Draft {
    word: String,
    sort: Option<String>,
    marks: BTreeSet<String>,
    terms: Vec<String>,
    see: BTreeSet<String>,
    also: BTreeSet<String>,
    subs: Drafts,
}

impl Draft {
    fn add(&mut self, entry: &IndexEntry, mark: String) {
        let place = match &entry.sub {
            Some(sub) => under(&mut self.subs, sub),
            None => self,
        };
        if entry.sort.is_some() {
            place.sort.clone_from(&entry.sort);
        }
        place.see.extend(entry.see.iter().cloned());
        place.also.extend(entry.also.iter().cloned());
        place.marks.extend(entry.see.is_empty().then_some(mark));
    }
}

fn under<'d>(drafts: &'d mut Drafts, word: &str) -> &'d mut Draft {
    let draft = drafts.entry(word.to_lowercase()).or_default();
    // `lamps` in the middle of a sentence goes before `Lamps` at its head.
    if draft.word.as_str() < word {
        word.clone_into(&mut draft.word);
    }
    draft
}

fn sorted(drafts: Drafts, order: &IndexOrder) -> Vec<Heading> {
    let with_key = |draft: Draft| (draft.sort.clone().unwrap_or_else(|| draft.word.clone()), draft);
    let mut all: Vec<(String, Draft)> = drafts.into_values().map(with_key).collect();
    all.sort_by(|(a, one), (b, other)| order.compare(a, b).then_with(|| one.word.cmp(&other.word)));
    let heading = |(key, draft): (String, Draft)| Heading {
        word: draft.word,
        letter: order.letter(&key),
        marks: draft.marks.into_iter().collect(),
        terms: draft.terms,
        see: draft.see.into_iter().collect(),
        also: draft.also.into_iter().collect(),
        subs: sorted(draft.subs, order),
    };
    all.into_iter().map(heading).collect()
}

#[cfg(test)]
mod tests;
