//! What is to change: the terms of the book beside those that came.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{TermEntry, part_of_speech};
use crate::message::Message;
use crate::model::Lang;

/// What is to change.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) changes: Vec<Change>,
    /// What is not taken, and why.
    pub(super) left: Vec<Message>,
}

/// A change of one term.
#[derive(Debug)]
pub(super) enum Change {
    /// Of one that is there: its place among the terms, and what it gets.
    Term { at: usize, name: String, gets: TermEntry },
    /// A new one.
    New(TermEntry),
}

impl Change {
    /// What people know the term by.
    pub(super) fn name(&self) -> String {
        match self {
            Change::Term { name, .. } => name.clone(),
            Change::New(entry) => entry.id.clone().unwrap_or_default(),
        }
    }

    /// Makes the change to the terms as they are read.
    pub(super) fn make(&self, terms: &mut Vec<TermEntry>) {
        match self {
            Change::New(entry) => terms.push(TermEntry { place: 0, ..entry.clone() }),
            Change::Term { at, gets, .. } => {
                let Some(term) = terms.get_mut(*at) else { return };
                term.words.extend(gets.words.clone());
                for (lists, more) in [(&mut term.variants, &gets.variants), (&mut term.forbidden, &gets.forbidden)] {
                    for (lang, words) in more {
                        lists.entry(lang.clone()).or_default().extend(words.iter().cloned());
                    }
                }
                term.pos = gets.pos.clone().or(term.pos.take());
                term.note = gets.note.clone().or(term.note.take());
                term.definitions.extend(gets.definitions.clone());
            }
        }
    }
}

impl Plan {
    /// Compares the terms of the book with those that came.
    pub(super) fn compare(&mut self, terms: &[TermEntry], langs: &[Lang], entries: &[TermEntry]) {
        let source = &langs[0];
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for (at, term) in terms.iter().enumerate() {
            ids.extend(term.id.clone().map(|id| (id, at)));
            words.extend(term.words.get(source).cloned().map(|word| (word, at)));
        }
        let variants: BTreeMap<&String, &TermEntry> = terms
            .iter()
            .flat_map(|term| term.variants.get(source).into_iter().flatten().map(move |word| (word, term)))
            .collect();
        let mut met = BTreeSet::new();
        for entry in entries.iter().map(TermEntry::tidy) {
            let word = entry.words.get(source);
            let by_id = entry.id.as_ref().and_then(|id| ids.get(id));
            let found = by_id.or_else(|| words.get(word?)).copied();
            match (found, word) {
                (Some(at), _) if !met.insert(at) => self.twice(&entry, word.or(entry.id.as_ref())),
                (Some(at), _) if at < terms.len() => self.known(at, &terms[at], &entry, source),
                (Some(_), _) => {}
                (None, None) => {
                    self.left.push(msg!(
                        "entry {place} has no word in {language}",
                        place = entry.place,
                        language = source.name()
                    ));
                }
                (None, Some(word)) if variants.contains_key(word) => {
                    let term = variants[word].words.get(source).cloned().unwrap_or_default();
                    self.left.push(msg!(
                        "‘{word}’ is a variant of the term ‘{term}’ already",
                        word = word.as_str(),
                        term
                    ));
                }
                (None, Some(word)) => {
                    let at = terms.len() + self.changes.len();
                    met.insert(at);
                    words.insert(word.clone(), at);
                    ids.insert(entry.id.clone().unwrap_or_else(|| word.clone()), at);
                    self.new_term(entry, langs);
                }
            }
        }
    }

    fn twice(&mut self, entry: &TermEntry, name: Option<&String>) {
        self.left.push(msg!(
            "entry {place} is about ‘{term}’ again: the first one is taken",
            place = entry.place,
            term = name.cloned().unwrap_or_default()
        ));
    }

    fn new_term(&mut self, mut entry: TermEntry, langs: &[Lang]) {
        entry.id = entry.id.or_else(|| entry.words.get(&langs[0]).cloned());
        let worded: Vec<Lang> = entry.words.keys().cloned().collect();
        let name = entry.id.clone().unwrap_or_default();
        for (lang, _) in entry.variants.extract_if(.., |lang, _| !worded.contains(lang)) {
            self.no_word(&name, &lang);
        }
        self.changes.push(Change::New(entry));
    }

    fn no_word(&mut self, term: &str, lang: &Lang) {
        self.left.push(msg!("‘{term}’ has variants in {language}, but no word", term, language = lang.name()));
    }

    /// What a term of the book gets from an entry.
    fn known(&mut self, at: usize, term: &TermEntry, entry: &TermEntry, source: &Lang) {
        let name = term.words.get(source).cloned().unwrap_or_default();
        let mut gets = TermEntry::default();
        self.words(&name, term, entry, source, &mut gets);
        self.lists(&name, term, entry, &mut gets);
        let fields = [("pos", &term.pos, &entry.pos, &mut gets.pos), ("note", &term.note, &entry.note, &mut gets.note)];
        for (key, old, new, gets) in fields {
            match (old, new) {
                (None, Some(new)) => *gets = Some(new.clone()),
                (Some(old), Some(new)) if says_the_same(old, new) => {}
                (Some(old), Some(new)) if key == "pos" && is_same_part(old, new) => {}
                (Some(old), Some(new)) => self.kept(&name, key, old, new),
                _ => {}
            }
        }
        for (lang, new) in &entry.definitions {
            match term.definitions.get(lang) {
                None => drop(gets.definitions.insert(lang.clone(), new.clone())),
                Some(old) if !says_the_same(old, new) => self.kept(&name, "definition", old, new),
                Some(_) => {}
            }
        }
        if gets != TermEntry::default() {
            self.changes.push(Change::Term { at, name, gets });
        }
    }

    fn words(&mut self, name: &str, term: &TermEntry, entry: &TermEntry, source: &Lang, gets: &mut TermEntry) {
        for (lang, new) in &entry.words {
            let old = term.words.get(lang);
            if old.is_some_and(|old| says_the_same(old, new)) {
                continue;
            }
            if lang == source {
                self.kept(name, source.tag(), old.map_or("", String::as_str), new);
            } else if TermEntry::is_in(&term.forbidden, lang, new) {
                self.left.push(msg!("‘{word}’ is forbidden for ‘{term}’", word = new.as_str(), term = name));
            } else if TermEntry::is_in(&term.variants, lang, new) {
                self.left.push(msg!(
                    "‘{word}’ is a variant of ‘{term}’ already: exchange it with the word by hand",
                    word = new.as_str(),
                    term = name
                ));
            } else {
                gets.words.insert(lang.clone(), new.clone());
            }
        }
    }

    fn lists(&mut self, name: &str, term: &TermEntry, entry: &TermEntry, gets: &mut TermEntry) {
        let has_word = |gets: &TermEntry, lang: &Lang| term.words.contains_key(lang) || gets.words.contains_key(lang);
        let is_word = |gets: &TermEntry, lang: &Lang, word: &String| {
            gets.words.get(lang).or(term.words.get(lang)).is_some_and(|known| known == word)
        };
        let pairs = |lists: &BTreeMap<Lang, Vec<String>>| -> Vec<(Lang, String)> {
            lists.iter().flat_map(|(lang, list)| list.iter().map(|word| (lang.clone(), word.clone()))).collect()
        };
        for (lang, word) in pairs(&entry.variants) {
            if is_word(gets, &lang, &word) || TermEntry::is_in(&term.variants, &lang, &word) {
                continue;
            }
            if TermEntry::is_in(&term.forbidden, &lang, &word) {
                self.left.push(msg!("‘{word}’ is forbidden for ‘{term}’", word, term = name));
            } else if has_word(gets, &lang) {
                gets.variants.entry(lang).or_default().push(word);
            } else {
                self.no_word(name, &lang);
            }
        }
        for (lang, word) in pairs(&entry.forbidden) {
            if TermEntry::is_in(&term.forbidden, &lang, &word) {
                continue;
            }
            let is_form = is_word(gets, &lang, &word) || TermEntry::is_in(&term.variants, &lang, &word);
            if is_form || TermEntry::is_in(&gets.variants, &lang, &word) {
                self.left.push(msg!("‘{word}’ is a form of ‘{term}’, and cannot be forbidden", word, term = name));
            } else {
                gets.forbidden.entry(lang).or_default().push(word);
            }
        }
    }

    fn kept(&mut self, term: &str, key: &str, old: &str, new: &str) {
        self.left.push(msg!("`{key}` of ‘{term}’ stays “{old}”, and does not become “{new}”", key, term, old, new));
    }
}

/// Whether two texts differ in nothing but the space between their words.
fn says_the_same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Whether two words name one part of speech.
fn is_same_part(a: &str, b: &str) -> bool {
    part_of_speech(a).is_some_and(|part| part_of_speech(b) == Some(part))
}
