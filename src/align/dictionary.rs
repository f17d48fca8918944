//! The words that a text is read with: the shipped lexicon, and the termbase of the book.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::digest::Digest;
use super::lexicon::{Lexicon, Words};
use crate::lang::{self, Reader, Script, zh};
use crate::model::{Glossary, Lang};

/// The words of a book in a pair of languages.
pub struct Dictionary {
    lexicon: &'static Lexicon<'static>,
    langs: Option<[Lang; 2]>,
    /// Chinese words of the termbase that the lexicon may not know.
    own: BTreeSet<String>,
    /// Their first characters.
    own_firsts: FxHashSet<char>,
    /// The words of a term in either language, every form of the one beside every form of the other.
    terms: Vec<[Vec<String>; 2]>,
}

impl Dictionary {
    /// The shipped lexicon alone.
    pub fn shipped() -> Self {
        let lexicon = Lexicon::shipped();
        Self { lexicon, langs: None, own: BTreeSet::new(), own_firsts: FxHashSet::default(), terms: Vec::new() }
    }

    /// The shipped lexicon and a termbase.
    pub fn of(glossary: &Glossary, source: &Lang, target: &Lang) -> Self {
        let langs = [source, target];
        let mut dictionary = Self { langs: Some(langs.map(Clone::clone)), ..Self::shipped() };
        for lang in langs.into_iter().filter(|lang| lang.script() == Script::Han) {
            let forms = glossary.terms.iter().flat_map(|term| term.forms(lang));
            dictionary.own.extend(forms.map(|form| form.value.chars().map(zh::simplified).collect::<String>()));
        }
        dictionary.own_firsts = dictionary.own.iter().filter_map(|word| word.chars().next()).collect();
        for term in &glossary.terms {
            for source_form in term.forms(source) {
                for target_form in term.forms(target) {
                    let words = [(source, source_form), (target, target_form)];
                    dictionary.terms.push(words.map(|(lang, form)| words_of(&form.value, lang, &dictionary)));
                }
            }
        }
        dictionary
    }

    /// Whether a Chinese word of several characters is known.
    pub fn knows(&self, word: &str) -> bool {
        self.lexicon.knows(word) || self.owns(word)
    }

    /// Calls `found` with the number of characters of every known Chinese word of several that a text begins with, and with
    /// its number if the lexicon has it: the shortest first, those of the termbase alone last.
    pub(super) fn chinese_words(&self, text: &str, found: &mut dyn FnMut(usize, Option<u32>)) {
        let mut known = 0u32;
        self.lexicon.chinese_words(text, |count, number| {
            known |= 1 << count;
            found(count, Some(number));
        });
        if text.chars().next().is_some_and(|first| self.own_firsts.contains(&first)) {
            for (count, word) in zh::beginnings(text) {
                if known >> count & 1 == 0 && self.own.contains(word) {
                    found(count, None);
                }
            }
        }
    }

    /// Whether a Chinese word is one of the termbase's.
    fn owns(&self, word: &str) -> bool {
        self.own.contains(word)
    }

    /// Adds what a text is read with to a digest.
    pub(super) fn digest(&self, digest: &mut Digest) {
        digest.number(self.own.len());
        self.own.iter().for_each(|word| digest.text(word));
        for words in self.terms.iter().flatten() {
            digest.number(words.len());
            words.iter().for_each(|word| digest.text(word));
        }
    }

    /// The lexicon.
    pub(super) fn lexicon(&self) -> &'static Lexicon<'static> {
        self.lexicon
    }

    /// The terms of the book in two languages, those of the first before those of the second.
    pub(super) fn terms(&self, first: &Lang, second: &Lang) -> Vec<[&[String]; 2]> {
        let Some([source, target]) = &self.langs else { return Vec::new() };
        if (source, target) == (first, second) {
            self.terms.iter().map(|[a, b]| [a.as_slice(), b.as_slice()]).collect()
        } else if (source, target) == (second, first) {
            self.terms.iter().map(|[a, b]| [b.as_slice(), a.as_slice()]).collect()
        } else {
            Vec::new()
        }
    }
}

/// Takes the words of a text, as the other text should explain them.
struct WordCollector<'d> {
    dictionary: &'d Dictionary,
    numbers: Words,
    words: Vec<u32>,
}

impl Reader for WordCollector<'_> {
    fn number(&mut self, word: &str) -> u32 {
        self.numbers.add(word, 1.0)
    }

    fn known(&mut self, text: &str, found: &mut dyn FnMut(usize, u32)) {
        for (count, word) in zh::beginnings(text) {
            if self.dictionary.knows(word) {
                found(count, self.numbers.add(word, 1.0));
            }
        }
    }

    fn word(&mut self, word: u32, _: f32) {
        self.words.push(word);
    }

    fn feature(&mut self, _: u32, _: f32) {}

    fn extent(&mut self, _: f32) {}
}

fn words_of(text: &str, lang: &Lang, dictionary: &Dictionary) -> Vec<String> {
    let mut collector = WordCollector { dictionary, numbers: Words::default(), words: Vec::new() };
    lang::of(lang).read(text, &mut collector);
    collector.words.iter().map(|word| collector.numbers.name(*word).to_owned()).collect()
}
