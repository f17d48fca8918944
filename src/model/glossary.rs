//! The termbase: which words the book uses for its terms, in every language.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lang, Spanned};
use crate::source::Span;

/// The terms of a book in the order of `manuscript/glossary.yaml`; empty when there is no such file.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// The terms; no two share an id or a word of the source language.
    pub terms: Vec<Term>,
}

/// One term. Words are trimmed, never empty, and no text is listed twice in one language of a term.
#[derive(Debug, Clone)]
pub struct Term {
    /// The lasting name; the word of the source language unless the author gave one.
    pub id: String,
    /// The place of the whole entry.
    pub span: Span,
    /// The word in each language; the source language is always among them.
    pub words: BTreeMap<Lang, Spanned<String>>,
    /// Other forms that are as good, such as a plural or an abbreviation; only for languages with a word.
    pub variants: BTreeMap<Lang, Vec<Spanned<String>>>,
    /// Renderings that must not stand for this term.
    pub forbidden: BTreeMap<Lang, Vec<Spanned<String>>>,
    /// Part of speech, in the author's words.
    pub pos: Option<String>,
    /// A remark for translators.
    pub note: Option<String>,
    /// What it means, for the readers of each language.
    pub definitions: BTreeMap<Lang, Spanned<String>>,
    /// Whether it is one that the house shares with its books: it is kept to like any other, and not printed as one of the book.
    pub shared: bool,
}

impl Glossary {
    /// Adds terms of another termbase. A term that is there, by its id or its word of the source language, takes precedence.
    pub fn extend(&mut self, others: Glossary, source: &Lang) {
        let ids: BTreeSet<&str> = self.terms.iter().map(|term| term.id.as_str()).collect();
        let words: BTreeSet<&str> = self.terms.iter().filter_map(|term| term.word(source)).collect();
        let is_new = |term: &Term| {
            !ids.contains(term.id.as_str()) && !term.word(source).is_some_and(|word| words.contains(word))
        };
        let more: Vec<Term> = others.terms.into_iter().filter(is_new).collect();
        self.terms.extend(more);
    }

    /// The terms that a glossary for readers of some languages lists: those that are explained in one of them, or all that have
    /// a word in one if nothing is explained. Those that the house shares with all its books are no list of this one.
    pub fn listed<'a>(&'a self, langs: &'a [&Lang]) -> impl Iterator<Item = &'a Term> {
        let explained = |term: &Term| !term.shared && langs.iter().any(|lang| term.definition(lang).is_some());
        let any = self.terms.iter().any(explained);
        let named = |term: &Term| langs.iter().any(|lang| term.word(lang).is_some());
        self.terms.iter().filter(move |term| !term.shared && named(term) && (!any || explained(term)))
    }
}

impl Term {
    /// The word in a language.
    pub fn word(&self, lang: &Lang) -> Option<&str> {
        self.words.get(lang).map(|word| word.value.as_str())
    }

    /// What it means, in a language.
    pub fn definition(&self, lang: &Lang) -> Option<&str> {
        self.definitions.get(lang).map(|definition| definition.value.as_str())
    }

    /// Every allowed form in a language, the word itself first; nothing when the term has no word there.
    pub fn forms(&self, lang: &Lang) -> impl Iterator<Item = &Spanned<String>> {
        self.words.get(lang).into_iter().chain(self.variants.get(lang).into_iter().flatten())
    }
}
