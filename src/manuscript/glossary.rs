//! `manuscript/glossary.yaml`: the termbase.

use std::collections::BTreeMap;

use super::config::Config;
use super::yaml::{self, Area, Entry, Fields, Kind, Node};
use super::{shared, typed};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang;
use crate::message::{List, Message};
use crate::model::{Glossary, Lang, Spanned, Term};
use crate::project::Shared;
use crate::source::{Files, Sources, Span};

/// Where the terms are listed.
pub(crate) const GLOSSARY_FILE: &str = "manuscript/glossary.yaml";

/// The keys of an entry besides the languages of the book.
const KEYS: [&str; 6] = ["definition", "forbidden", "id", "note", "pos", "variants"];

/// Reads the termbase, if there is one. Entries that cannot be used are reported and left out.
pub(super) fn load(files: &dyn Files, sources: &mut Sources, config: &Config, sink: &mut Vec<Diagnostic>) -> Glossary {
    if !files.list("manuscript").iter().any(|name| name == "glossary.yaml") {
        return Glossary::default();
    }
    let Some(file) = super::read_text(files, sources, GLOSSARY_FILE, yaml::MAX_BYTES, sink) else {
        return Glossary::default();
    };
    let langs: Vec<Lang> = config.languages().cloned().collect();
    let Termbase { mut glossary, extends } = termbase(shared::area(file, sources), Languages::Named(&langs), sink);
    let wanted = (Shared::Glossary, codes::GLOSSARY);
    let Some(file) = extends.and_then(|name| shared::read(&name, wanted, (files, &mut *sources), sink)) else {
        return glossary;
    };
    let of_house = termbase(shared::area(file, sources), Languages::Shared(&langs), sink);
    sink.extend(of_house.extends.map(extends_further));
    glossary.extend(of_house.glossary, &langs[0]);
    glossary
}

fn extends_further(name: Spanned<String>) -> Diagnostic {
    let message = msg!("a termbase that is shared extends no other");
    Diagnostic::error(codes::GLOSSARY, message).at(name.span).hint(msg!("write its terms here"))
}

/// The languages that terms have words in.
#[derive(Clone, Copy)]
pub(super) enum Languages<'a> {
    /// As the book names them.
    Named(&'a [Lang]),
    /// As two texts show them: a termbase may name the language without the form of it that a text is in.
    Shown(&'a [Lang]),
    /// As a book names them, of a termbase of many books: it has words of other languages too, or of the language without its form, and terms that have
    /// none in those of this book.
    Shared(&'a [Lang]),
}

impl<'a> Languages<'a> {
    fn all(self) -> &'a [Lang] {
        let (Self::Named(all) | Self::Shown(all) | Self::Shared(all)) = self;
        all
    }
}

/// What is in the file.
#[derive(Default)]
struct Termbase {
    glossary: Glossary,
    /// The termbase of the house that it adds to.
    extends: Option<Spanned<String>>,
}

/// Reads the terms of one file alone.
pub(super) fn read(area: Area<'_>, langs: Languages<'_>, sink: &mut Vec<Diagnostic>) -> Glossary {
    let Termbase { glossary, extends } = termbase(area, langs, sink);
    if let (Some(name), Languages::Shown(_)) = (extends, langs) {
        let message = msg!("without a book nothing is shared: only the terms of this file count");
        sink.push(Diagnostic::warning(codes::GLOSSARY, message).at(name.span));
    }
    glossary
}

fn termbase(area: Area<'_>, langs: Languages<'_>, sink: &mut Vec<Diagnostic>) -> Termbase {
    let Some(node) = yaml::parse(area, sink).filter(|node| !matches!(node.kind, Kind::Null)) else {
        return Termbase::default();
    };
    let before = sink.len();
    let (extends, nodes) = parts(node, sink);
    let mut reader = TermReader { langs: langs.all(), whose: langs, sink, seen: BTreeMap::new(), ids: BTreeMap::new() };
    let terms = nodes.into_iter().filter_map(|node| reader.term(node)).collect();
    yaml::explain(area, &mut sink[before..]);
    Termbase { glossary: Glossary { terms }, extends }
}

/// The terms, and what they add to: a list of terms alone, or that list under `terms:` beside `extends:`.
fn parts(node: Node, sink: &mut Vec<Diagnostic>) -> (Option<Spanned<String>>, Vec<Node>) {
    let what = || Message::data("glossary.yaml");
    if terms_key(&node).is_none() {
        return (None, node.list(what(), sink));
    }
    let Some(mut fields) = Fields::open(node, what(), sink) else { return (None, Vec::new()) };
    let (extends, terms) = (fields.text(shared::KEY, sink), fields.take(TERMS));
    fields.finish(&what(), sink);
    (extends, terms.map_or_else(Vec::new, |entry| entry.node.list(typed(TERMS), sink)))
}

/// The key of the terms in a file that has other keys.
const TERMS: &str = "terms";

/// In a file with keys, the node of its terms; `None` for a list of terms, and for what should be one.
pub(super) fn terms_key(root: &Node) -> Option<Option<&Node>> {
    let Kind::Map(entries) = &root.kind else { return None };
    let has = |key: &str| entries.iter().find(|(name, ..)| name == key);
    (has(shared::KEY).is_some() || has(TERMS).is_some()).then(|| has(TERMS).map(|(_, _, node)| node))
}

struct TermReader<'a> {
    langs: &'a [Lang],
    whose: Languages<'a>,
    sink: &'a mut Vec<Diagnostic>,
    /// Words of the source language so far.
    seen: BTreeMap<String, Span>,
    /// Ids so far.
    ids: BTreeMap<String, Span>,
}

impl TermReader<'_> {
    fn error(&mut self, span: Span, message: Message, hint: Message) {
        self.sink.push(Diagnostic::error(codes::GLOSSARY, message).at(span).hint(hint));
    }

    fn term(&mut self, node: Node) -> Option<Term> {
        let span = node.span;
        let mut fields = Fields::open(node, msg!("a term"), self.sink)?;
        let id = fields.text("id", self.sink);
        let (pos, note) = (fields.text("pos", self.sink), fields.text("note", self.sink));
        let (variants, forbidden) = (fields.take("variants"), fields.take("forbidden"));
        let definitions = fields.take("definition");
        let before = self.sink.len();
        let words = self.words(fields);
        let reported = self.sink.len() > before;
        let variants = self.lists(variants, "variants");
        let forbidden = self.lists(forbidden, "forbidden");
        let definitions = self.texts(definitions, "definition");
        let source = &self.langs[0];
        let shared = matches!(self.whose, Languages::Shared(_));
        let Some(word) = words.get(source) else {
            if reported || shared {
                return None;
            }
            let message = msg!("this term has no word in the source language, {language}", language = source.name());
            let hint = msg!("add `{tag}:` with the word", tag = source.tag());
            self.error(span, message, hint);
            return None;
        };
        let id = id.unwrap_or_else(|| word.clone());
        let new_word =
            first_use(&mut self.seen, word, |word| msg!("the term ‘{word}’ is listed twice", word), self.sink);
        let new_id = first_use(&mut self.ids, &id, |id| msg!("the id `{id}` is used twice", id), self.sink);
        let term = Term {
            id: id.value,
            span,
            words,
            variants,
            forbidden,
            pos: pos.map(|p| p.value),
            note: note.map(|n| n.value),
            definitions,
            shared,
        };
        self.forms(&term);
        (new_word && new_id).then_some(term)
    }

    /// One word for each language; a key that is not a language is unknown.
    fn words(&mut self, fields: Fields) -> BTreeMap<Lang, Spanned<String>> {
        let mut words = BTreeMap::new();
        for (key, span, node) in fields.rest() {
            if KEYS.contains(&key.as_str()) || matches!(node.kind, Kind::Null) {
                continue;
            }
            let Some(lang) = self.lang(&key, span, &KEYS) else { continue };
            if let Some(word) = node.text(msg!("the word in {language}", language = lang.name()), self.sink)
                && let Some(word) = self.filled(word)
            {
                // One for just this form of the language comes before one for the language.
                if lang.tag() == key {
                    words.insert(lang, word);
                } else {
                    words.entry(lang).or_insert(word);
                }
            }
        }
        words
    }

    /// `variants` or `forbidden`: a list for each language.
    fn lists(&mut self, entry: Option<Entry>, key: &str) -> BTreeMap<Lang, Vec<Spanned<String>>> {
        let Some(fields) = entry.and_then(|entry| Fields::open(entry.node, typed(key), self.sink)) else {
            return BTreeMap::new();
        };
        let mut lists = BTreeMap::new();
        for (tag, span, node) in fields.rest() {
            let Some(lang) = self.lang(&tag, span, &[]) else { continue };
            let mut words = Vec::new();
            for node in node.list(typed(key), self.sink) {
                let word = node.text(typed(key), self.sink);
                words.extend(word.and_then(|word| self.filled(word)));
            }
            lists.insert(lang, words);
        }
        lists
    }

    /// `definition`: a text for each language.
    fn texts(&mut self, entry: Option<Entry>, key: &str) -> BTreeMap<Lang, Spanned<String>> {
        let Some(fields) = entry.and_then(|entry| Fields::open(entry.node, typed(key), self.sink)) else {
            return BTreeMap::new();
        };
        let mut texts = BTreeMap::new();
        for (tag, span, node) in fields.rest() {
            let Some(lang) = self.lang(&tag, span, &[]) else { continue };
            let text = node.text(typed(key), self.sink);
            texts.extend(text.and_then(|text| self.filled(text)).map(|text| (lang, text)));
        }
        texts
    }

    fn filled(&mut self, word: Spanned<String>) -> Option<Spanned<String>> {
        let value = word.value.trim();
        if value.is_empty() {
            self.error(word.span, msg!("this word is empty"), msg!("fill it in, or remove it"));
            return None;
        }
        Some(Spanned { value: value.to_owned(), span: word.span })
    }

    fn lang(&mut self, key: &str, span: Span, others: &[&str]) -> Option<Lang> {
        if let Some(lang) = self.langs.iter().find(|lang| lang.tag() == key) {
            return Some(lang.clone());
        }
        if let (Languages::Shown(langs) | Languages::Shared(langs), Some(form)) = (self.whose, lang::loosely(key))
            && let Some(lang) = langs.iter().find(|lang| lang.is_form_of(&form))
        {
            return Some(lang.clone());
        }
        let tags = self.langs.iter().map(Lang::tag);
        let known: Vec<&str> = tags.chain(others.iter().copied()).collect();
        if matches!(self.whose, Languages::Shared(_)) && is_foreign(key, &known) {
            return None;
        }
        let hint = match lang::meant(key, known.iter().copied()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => {
                let keys = Message::list(List::And, known.iter().map(|key| typed(key)));
                msg!("the keys are {keys}", keys)
            }
        };
        let message = if others.is_empty() {
            msg!("`{key}` is not a language of the book", key)
        } else {
            msg!("`{key}` is neither a language of the book nor a key of a term", key)
        };
        self.error(span, message, hint);
        None
    }

    /// Within one term and language every form is listed once.
    fn forms(&mut self, term: &Term) {
        for lang in self.langs {
            if !term.words.contains_key(lang)
                && let Some(first) = term.variants.get(lang).and_then(|list| list.first())
            {
                let message = msg!("this term has variants in {language}, but no word", language = lang.name());
                self.error(first.span, message, msg!("add `{tag}:` with the preferred word", tag = lang.tag()));
            }
            let mut seen = BTreeMap::new();
            for form in term.forms(lang).chain(term.forbidden.get(lang).into_iter().flatten()) {
                first_use(&mut seen, form, |form| msg!("the form ‘{form}’ is listed twice", form), self.sink);
            }
        }
    }
}

/// Whether a key looks like the tag of a language that a book has no part in, such as `de` or `zh-Hant`, and not like a slip for a key that is known.
fn is_foreign(key: &str, known: &[&str]) -> bool {
    lang::is_tag(key) && (key.contains('-') || lang::meant(key, known.iter().copied()).is_none())
}

/// Whether a text is new; `twice` says that it is not.
fn first_use(
    seen: &mut BTreeMap<String, Span>,
    text: &Spanned<String>,
    twice: fn(&str) -> Message,
    sink: &mut Vec<Diagnostic>,
) -> bool {
    match seen.get(&text.value) {
        None => {
            seen.insert(text.value.clone(), text.span);
            true
        }
        Some(first) => {
            let found = Diagnostic::error(codes::GLOSSARY, twice(&text.value)).at(text.span);
            sink.push(found.label(*first, msg!("first listed here")).hint(msg!("remove one of the two")));
            false
        }
    }
}

#[cfg(test)]
#[path = "glossary_tests.rs"]
mod tests;
