//! `identifier:` of `book.yaml`: the standard numbers of the editions.

use std::collections::BTreeMap;

use super::super::yaml::{Entry, Fields, Kind, Node};
use super::Reader;
use crate::model::{Isbn, Numbers};
use crate::source::Span;

impl Reader<'_> {
    /// One number for all languages, or those of each edition by the edition's name.
    pub(super) fn identifiers(&mut self, entry: Option<Entry>) -> BTreeMap<String, Numbers> {
        let Some(Entry { node, .. }) = entry else { return BTreeMap::new() };
        if let Kind::Scalar(text) = &node.kind {
            self.isbn(text, node.span);
            return self.langs.iter().map(|lang| (lang.tag().to_owned(), Numbers::same(text))).collect();
        }
        let Some(fields) = Fields::open(node, "‘identifier’", self.sink) else { return BTreeMap::new() };
        let mut out = BTreeMap::new();
        for (key, span, node) in fields.rest() {
            if key != "bilingual" && !self.langs.iter().any(|lang| lang.tag() == key) {
                self.unknown_language(&key, span);
            } else {
                out.extend(self.numbers(node).map(|numbers| (key, numbers)));
            }
        }
        out
    }

    /// One number for the printed book and the e-book, or one for each.
    fn numbers(&mut self, node: Node) -> Option<Numbers> {
        if let Kind::Scalar(text) = &node.kind {
            self.isbn(text, node.span);
            return Some(Numbers::same(text));
        }
        let mut fields = Fields::open(node, "the identifier of an edition", self.sink)?;
        let mut number = |key| {
            let typed = fields.text(key, self.sink)?;
            self.isbn(&typed.value, typed.span);
            Some(typed.value)
        };
        let numbers = Numbers { print: number("print"), epub: number("epub") };
        fields.finish("the identifier of an edition", self.sink);
        Some(numbers)
    }

    fn isbn(&mut self, typed: &str, span: Span) {
        if let Some(isbn) = Isbn::read(typed).filter(|isbn| !isbn.is_right()) {
            let message = format!("the check digit of this ISBN is wrong: it must be {}", isbn.check);
            self.error(span, message, "compare it with the number that the agency gave");
        }
    }
}
