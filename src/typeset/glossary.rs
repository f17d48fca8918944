//! The glossary as a layout sees it: `dama.glossary`.

use std::collections::BTreeSet;

use typst::foundations::{Array, Dict, IntoValue, Str, Value};

use super::convert;
use crate::index::IndexOrder;
use crate::model::{Book, Lang, Term};

/// The terms that have a word in a language, in the order of its index. `languages` are those that the edition shows.
pub(super) fn all(book: &Book, lang: &Lang, languages: &[Lang]) -> Value {
    let order = IndexOrder::new(lang);
    let mut terms: Vec<(&str, &Term)> =
        book.glossary.terms.iter().filter_map(|term| Some((term.word(lang)?, term))).collect();
    terms.sort_by(|(a, _), (b, _)| order.compare(a, b));
    let languages: Vec<&Lang> = languages.iter().collect();
    let listed: BTreeSet<&str> = book.glossary.listed(&languages).map(|term| term.id.as_str()).collect();
    let values = terms.into_iter().map(|(word, term)| {
        convert::dict([
            ("id", term.id.as_str().into_value()),
            ("word", word.into_value()),
            ("letter", order.letter(word).into_value()),
            ("forms", forms(book, term)),
            ("pos", convert::text(term.pos.as_deref())),
            ("note", convert::text(term.note.as_deref())),
            ("definition", convert::text(term.definition(lang))),
            ("definitions", definitions(term)),
            ("listed", listed.contains(&term.id.as_str()).into_value()),
        ])
        .into_value()
    });
    values.collect::<Array>().into_value()
}

/// What a term means, by language.
fn definitions(term: &Term) -> Value {
    let by_lang = term.definitions.iter().map(|(lang, text)| (Str::from(lang.tag()), text.value.as_str().into_value()));
    Value::Dict(by_lang.collect::<Dict>())
}

/// For each language that has a word: the word and its variants.
fn forms(book: &Book, term: &Term) -> Value {
    let by_lang = book.languages.iter().filter(|lang| term.words.contains_key(lang)).map(|lang| {
        let forms = term.forms(lang).map(|form| form.value.as_str().into_value());
        (Str::from(lang.tag()), forms.collect::<Array>().into_value())
    });
    Value::Dict(by_lang.collect::<Dict>())
}
