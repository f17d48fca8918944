//! `identifier:` of `book.yaml`: the standard numbers of the editions.

use std::collections::BTreeMap;

use super::super::typed;
use super::super::yaml::{Entry, Fields, Kind, Node};
use super::ConfigReader;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Isbn, Numbers};
use crate::source::Span;

impl ConfigReader<'_> {
    /// One number for all languages, or those of each edition by the edition's name.
    pub(super) fn identifiers(&mut self, entry: Option<Entry>) -> BTreeMap<String, Numbers> {
        let Some(Entry { node, .. }) = entry else { return BTreeMap::new() };
        if let Kind::Scalar(text) = &node.kind {
            self.isbn(text, node.span);
            if self.langs.len() > 1 && Isbn::read(text).is_some() {
                self.shared(node.span);
            }
            return self.langs.iter().map(|lang| (lang.tag().to_owned(), Numbers::same(text))).collect();
        }
        let Some(fields) = Fields::open(node, typed("identifier"), self.sink) else { return BTreeMap::new() };
        let mut out: BTreeMap<String, Numbers> = BTreeMap::new();
        for (key, span, node) in fields.rest() {
            let place = node.span;
            if key != "bilingual" && !self.langs.iter().any(|lang| lang.tag() == key) {
                self.unknown_language(&key, span);
            } else {
                let Some(numbers) = self.numbers(node) else { continue };
                let digits = |numbers: &Numbers| -> Vec<String> {
                    numbers.all().filter_map(Isbn::read).map(|isbn| isbn.digits).collect()
                };
                let own = digits(&numbers);
                if out.values().any(|other| digits(other).iter().any(|number| own.contains(number))) {
                    self.shared(place);
                }
                out.insert(key, numbers);
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
        let mut fields = Fields::open(node, msg!("the identifier of an edition"), self.sink)?;
        let mut number = |key| {
            let typed = fields.text(key, self.sink)?;
            self.isbn(&typed.value, typed.span);
            Some(typed.value)
        };
        let numbers = Numbers { print: number("print"), epub: number("epub"), pdf: number("pdf") };
        fields.finish(&msg!("the identifier of an edition"), self.sink);
        Some(numbers)
    }

    /// Reports an ISBN of several editions.
    fn shared(&mut self, span: Span) {
        let message = msg!("this ISBN is used for more than one edition");
        let hint = msg!("get an ISBN for each language: shops treat two books with the same ISBN as one book");
        self.sink.push(Diagnostic::warning(codes::BOOK_YAML, message).at(span).hint(hint));
    }

    fn isbn(&mut self, typed: &str, span: Span) {
        if let Some(isbn) = Isbn::read(typed).filter(|isbn| !isbn.is_right()) {
            let message = msg!("the check digit of this ISBN is wrong: it must be {digit}", digit = isbn.check);
            self.error(span, message, msg!("compare it with the number from the ISBN agency"));
        }
    }
}
