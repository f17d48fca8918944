//! The index as a layout sees it: `dama.index`.

use typst::foundations::{Array, Dict, IntoValue, Str, Value};

use super::convert;
use crate::index::{Heading, headings};
use crate::model::{Book, Lang};

/// The headings of each language by its tag, in their order.
pub(super) fn all(book: &Book, languages: &[Lang]) -> Value {
    let by_lang = languages.iter().map(|lang| (Str::from(lang.tag()), values(&headings(book, lang))));
    Value::Dict(by_lang.collect::<Dict>())
}

fn values(headings: &[Heading]) -> Value {
    let value = |heading: &Heading| {
        convert::dict([
            ("word", heading.word.as_str().into_value()),
            ("letter", heading.letter.as_str().into_value()),
            ("marks", strings(&heading.marks)),
            ("terms", strings(&heading.terms)),
            ("see", strings(&heading.see)),
            ("also", strings(&heading.also)),
            ("subs", values(&heading.subs)),
        ])
        .into_value()
    };
    headings.iter().map(value).collect::<Array>().into_value()
}

fn strings(items: &[String]) -> Value {
    items.iter().map(|item| item.as_str().into_value()).collect::<Array>().into_value()
}
