//! Texts of `book.yaml` that are given for all languages or for each.

use std::collections::BTreeMap;

use super::super::yaml::{Entry, Fields, Kind, Node};
use super::super::{breaks, typed};
use super::ConfigReader;
use crate::model::{Lacking, Lang};
use crate::source::Span;

impl ConfigReader<'_> {
    /// A title for every language, in which an author may say where its lines end.
    pub(super) fn titles(&mut self, entry: Option<Entry>, key: &str) -> BTreeMap<Lang, String> {
        let mut titles = self.per_lang(entry, key);
        for title in titles.values_mut() {
            let (text, breaks) = breaks::of_text(title);
            if !breaks.is_empty() {
                self.breaks.insert(text.clone(), breaks);
                *title = text;
            }
        }
        titles
    }

    /// One text for every language, or a mapping from language to text.
    pub(super) fn per_lang(&mut self, entry: Option<Entry>, key: &str) -> BTreeMap<Lang, String> {
        let Some(Entry { node, .. }) = entry else { return BTreeMap::new() };
        if let Kind::Scalar(text) = &node.kind {
            return self.langs.iter().map(|l| (l.clone(), text.clone())).collect();
        }
        let mut out = BTreeMap::new();
        let span = node.span;
        for (lang, node) in self.by_lang(node, key) {
            if let Some(text) = node.text(typed(key), self.sink) {
                out.insert(lang, text.value);
            }
        }
        self.note_lacking(key, span, &out);
        out
    }

    /// Notes which languages lack a text that others have.
    pub(super) fn note_lacking<T>(&mut self, key: &str, span: Span, given: &BTreeMap<Lang, T>) {
        let langs: Vec<Lang> = self.langs.iter().filter(|lang| !given.contains_key(lang)).cloned().collect();
        if !given.is_empty() && !langs.is_empty() {
            self.lacking.push(Lacking { key: key.to_owned(), span, langs });
        }
    }

    /// The entries of a mapping whose keys are languages of the book.
    pub(super) fn by_lang(&mut self, node: Node, key: &str) -> Vec<(Lang, Node)> {
        let Some(fields) = Fields::open(node, typed(key), self.sink) else { return Vec::new() };
        let mut out = Vec::new();
        for (key, span, node) in fields.rest() {
            match self.langs.iter().find(|l| l.tag() == key) {
                Some(_) if matches!(node.kind, Kind::Null) => {}
                Some(lang) => out.push((lang.clone(), node)),
                None => self.unknown_language(&key, span),
            }
        }
        out
    }
}
