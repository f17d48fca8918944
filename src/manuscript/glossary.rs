//! `manuscript/glossary.yaml`: the termbase.

use std::collections::BTreeMap;

use super::config::Config;
use super::yaml::{self, Area, Entry, Fields, Kind, Node};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::{Glossary, Lang, Spanned, Term};
use crate::source::{Files, Sources, Span};

/// Where the terms are listed.
const GLOSSARY_FILE: &str = "manuscript/glossary.yaml";

const CHECK: &str = "glossary";

/// The keys of an entry besides the languages of the book.
const KEYS: [&str; 5] = ["forbidden", "id", "note", "pos", "variants"];

/// Reads the termbase, if there is one. Entries that cannot be used are reported and left out.
pub(super) fn load(files: &dyn Files, sources: &mut Sources, config: &Config, sink: &mut Vec<Diagnostic>) -> Glossary {
    if !files.list("manuscript").iter().any(|name| name == "glossary.yaml") {
        return Glossary::default();
    }
    let Some(file) = super::read_text(files, sources, GLOSSARY_FILE, yaml::MAX_BYTES, sink) else {
        return Glossary::default();
    };
    let area = Area { file, text: sources.get(file).text(), base: 0 };
    let langs: Vec<Lang> = config.languages().cloned().collect();
    read(area, &langs, sink)
}

pub(super) fn read(area: Area<'_>, langs: &[Lang], sink: &mut Vec<Diagnostic>) -> Glossary {
    let Some(node) = yaml::parse(area, sink).filter(|node| !matches!(node.kind, Kind::Null)) else {
        return Glossary::default();
    };
    let nodes = node.list("glossary.yaml", sink);
    let mut reader = Reader { langs, sink, seen: BTreeMap::new(), ids: BTreeMap::new() };
    Glossary { terms: nodes.into_iter().filter_map(|node| reader.term(node)).collect() }
}

struct Reader<'a> {
    langs: &'a [Lang],
    sink: &'a mut Vec<Diagnostic>,
    /// Words of the source language so far.
    seen: BTreeMap<String, Span>,
    /// Ids so far.
    ids: BTreeMap<String, Span>,
}

impl Reader<'_> {
    fn error(&mut self, span: Span, message: String, hint: impl Into<String>) {
        self.sink.push(Diagnostic::error(CHECK, message).at(span).hint(hint));
    }

    fn term(&mut self, node: Node) -> Option<Term> {
        let span = node.span;
        let mut fields = Fields::open(node, "a term", self.sink)?;
        let id = fields.text("id", self.sink);
        let (pos, note) = (fields.text("pos", self.sink), fields.text("note", self.sink));
        let (variants, forbidden) = (fields.take("variants"), fields.take("forbidden"));
        let words = self.words(fields);
        let variants = self.lists(variants, "variants");
        let forbidden = self.lists(forbidden, "forbidden");
        let source = &self.langs[0];
        let Some(word) = words.get(source) else {
            let message = format!("this term has no word in the source language ‘{source}’");
            let hint = format!("add ‘{source}:’ with the word");
            self.error(span, message, hint);
            return None;
        };
        let id = id.unwrap_or_else(|| word.clone());
        let unique =
            first_use(&mut self.seen, word, "the term", self.sink) & first_use(&mut self.ids, &id, "the id", self.sink);
        let term = Term {
            id: id.value,
            span,
            words,
            variants,
            forbidden,
            pos: pos.map(|p| p.value),
            note: note.map(|n| n.value),
        };
        self.forms(&term);
        unique.then_some(term)
    }

    /// One word for each language; what is no language is an unknown key.
    fn words(&mut self, fields: Fields) -> BTreeMap<Lang, Spanned<String>> {
        let mut words = BTreeMap::new();
        for (key, span, node) in fields.rest() {
            if KEYS.contains(&key.as_str()) || matches!(node.kind, Kind::Null) {
                continue;
            }
            let Some(lang) = self.lang(&key, span, &KEYS) else { continue };
            if let Some(word) = node.text(&format!("the word in ‘{lang}’"), self.sink)
                && let Some(word) = self.filled(word)
            {
                words.insert(lang, word);
            }
        }
        words
    }

    /// `variants` or `forbidden`: a list for each language.
    fn lists(&mut self, entry: Option<Entry>, key: &str) -> BTreeMap<Lang, Vec<Spanned<String>>> {
        let what = format!("‘{key}’");
        let Some(fields) = entry.and_then(|entry| Fields::open(entry.node, &what, self.sink)) else {
            return BTreeMap::new();
        };
        let mut lists = BTreeMap::new();
        for (tag, span, node) in fields.rest() {
            let Some(lang) = self.lang(&tag, span, &[]) else { continue };
            let mut words = Vec::new();
            for node in node.list(&what, self.sink) {
                let word = node.text(&what, self.sink);
                words.extend(word.and_then(|word| self.filled(word)));
            }
            lists.insert(lang, words);
        }
        lists
    }

    fn filled(&mut self, word: Spanned<String>) -> Option<Spanned<String>> {
        let value = word.value.trim();
        if value.is_empty() {
            self.error(word.span, "this word is empty".into(), "write the word, or remove it");
            return None;
        }
        Some(Spanned { value: value.to_owned(), span: word.span })
    }

    fn lang(&mut self, key: &str, span: Span, others: &[&str]) -> Option<Lang> {
        if let Some(lang) = self.langs.iter().find(|lang| lang.tag() == key) {
            return Some(lang.clone());
        }
        let tags = self.langs.iter().map(Lang::tag);
        let known: Vec<&str> = tags.chain(others.iter().copied()).collect();
        let hint = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean ‘{near}’?"),
            None => format!("the keys are {}", known.join(", ")),
        };
        let or_key = if others.is_empty() { "" } else { " and no key of a term" };
        self.error(span, format!("‘{key}’ is not a language of the book{or_key}"), hint);
        None
    }

    /// Within one term every form says one thing only.
    fn forms(&mut self, term: &Term) {
        for lang in self.langs {
            if !term.words.contains_key(lang)
                && let Some(first) = term.variants.get(lang).and_then(|list| list.first())
            {
                let message = format!("this term has variants but no word in ‘{lang}’");
                self.error(first.span, message, format!("add ‘{lang}:’ with the word that is preferred"));
            }
            let mut seen = BTreeMap::new();
            for form in term.forms(lang).chain(term.forbidden.get(lang).into_iter().flatten()) {
                first_use(&mut seen, form, "the form", self.sink);
            }
        }
    }
}

/// Whether a text stands for the first time; a second time is reported.
fn first_use(
    seen: &mut BTreeMap<String, Span>,
    text: &Spanned<String>,
    what: &str,
    sink: &mut Vec<Diagnostic>,
) -> bool {
    match seen.get(&text.value) {
        None => {
            seen.insert(text.value.clone(), text.span);
            true
        }
        Some(first) => {
            let found = Diagnostic::error(CHECK, format!("{what} ‘{}’ is listed twice", text.value));
            sink.push(found.at(text.span).label(*first, "first here").hint("remove one of the two"));
            false
        }
    }
}

#[cfg(test)]
#[path = "glossary_tests.rs"]
mod tests;
