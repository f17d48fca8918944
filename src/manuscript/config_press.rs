//! `cip:` and `cover:` of `book.yaml`: what only the printed book has.

use std::collections::BTreeMap;

use super::super::yaml::{Entry, Fields};
use super::{CHECK, Reader};
use crate::diagnostic::Diagnostic;
use crate::model::{Cip, Cover};

impl Reader<'_> {
    /// The cataloguing record of each edition. It is the library's: nothing of it is made up here.
    pub(super) fn cip(&mut self, entry: Option<Entry>) -> BTreeMap<String, Cip> {
        let Some(fields) = entry.and_then(|e| Fields::open(e.node, "‘cip’", self.sink)) else {
            return BTreeMap::new();
        };
        let mut records = BTreeMap::new();
        for (name, span, node) in fields.rest() {
            if name != "bilingual" && !self.langs.iter().any(|lang| lang.tag() == name) {
                self.unknown_language(&name, span);
                continue;
            }
            let Some(mut fields) = Fields::open(node, "the record of an edition", self.sink) else { continue };
            let record = fields.text("record", self.sink);
            let subjects = fields.text("subjects", self.sink).map(|subjects| subjects.value);
            let number = fields.text("number", self.sink);
            let whole = fields.span();
            fields.finish("the record of an edition", self.sink);
            let (Some(record), Some(number)) = (record, number) else {
                let hint = "type ‘record’ and ‘number’ as the library gave them";
                self.error(whole, "this record of cataloguing is not whole".into(), hint);
                continue;
            };
            if !Cip::is_number(&number.value) {
                let message = format!("‘{}’ has not the form of a CIP number", number.value);
                let hint = "compare it with what the library gave: 第20211269A2号, before 2021 (2005)第070730号";
                self.sink.push(Diagnostic::warning(CHECK, message).at(number.span).hint(hint));
            }
            records.insert(name, Cip { record: record.value, subjects, number: number.value });
        }
        records
    }

    /// What the cover is made for.
    pub(super) fn cover(&mut self, entry: Option<Entry>) -> Option<Cover> {
        let mut fields = Fields::open(entry?.node, "‘cover’", self.sink)?;
        let mut cover = Cover::default();
        let mut length = |key, most: f64| {
            let written = fields.text(key, self.sink)?;
            let number = written.value.trim().trim_end_matches("mm").trim().parse::<f64>().ok();
            let good = number.filter(|number| (0.0..=most).contains(number));
            if good.is_none() {
                let hint = format!("write millimetres from 0 to {most}, such as 0.1mm");
                self.error(written.span, format!("‘{key}’ cannot be ‘{}’", written.value), &hint);
            }
            good
        };
        cover.leaf = length("leaf", 2.0).unwrap_or(cover.leaf);
        cover.board = length("board", 10.0).unwrap_or(cover.board);
        cover.spine = length("spine", 120.0);
        fields.finish("‘cover’", self.sink);
        Some(cover)
    }
}
