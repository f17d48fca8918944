//! `cip:`, `cover:` and `logo:` of `book.yaml`: what only the printed book has.

use std::collections::BTreeMap;

use super::super::markdown::picture_path;
use super::super::typed;
use super::super::yaml::{Entry, Fields};
use super::{BOOK_FILE, ConfigReader};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Cip, Cover, Logo, Spanned};

impl ConfigReader<'_> {
    /// The CIP record of each edition, as the library wrote it.
    pub(super) fn cip(&mut self, entry: Option<Entry>) -> BTreeMap<String, Cip> {
        let Some(fields) = entry.and_then(|e| Fields::open(e.node, typed("cip"), self.sink)) else {
            return BTreeMap::new();
        };
        let mut records = BTreeMap::new();
        for (name, span, node) in fields.rest() {
            if name != "bilingual" && !self.langs.iter().any(|lang| lang.tag() == name) {
                self.unknown_language(&name, span);
                continue;
            }
            let Some(mut fields) = Fields::open(node, msg!("the CIP record of an edition"), self.sink) else {
                continue;
            };
            let record = fields.text("record", self.sink);
            let subjects = fields.text("subjects", self.sink).map(|subjects| subjects.value);
            let number = fields.text("number", self.sink);
            let whole = fields.span();
            fields.finish(&msg!("the CIP record of an edition"), self.sink);
            let (Some(record), Some(number)) = (record, number) else {
                let hint = msg!("add `record` and `number` as the library gave them");
                self.error(whole, msg!("this CIP record is incomplete"), hint);
                continue;
            };
            if !Cip::is_number(&number.value) {
                let message = msg!("`{number}` does not have the form of a CIP number", number = &number.value);
                let hint = msg!(
                    "compare it with the number from the library, such as `第20211269A2号` or, before 2021, `(2005)第070730号`"
                );
                self.sink.push(Diagnostic::warning(codes::BOOK_YAML, message).at(number.span).hint(hint));
            }
            records.insert(name, Cip { record: record.value, subjects, number: number.value });
        }
        records
    }

    /// The publisher's mark; its path begins at the folder of `book.yaml`, as those of chapters do at theirs.
    pub(super) fn logo(&mut self, entry: Option<Entry>) -> Option<Logo> {
        let mut fields = Fields::open(entry?.node, typed("logo"), self.sink)?;
        let src = fields.text("src", self.sink);
        let alt = self.per_lang(fields.take("alt"), "alt");
        if src.is_none() {
            let hint = msg!("write `logo: {{src: images/logo.svg}}`");
            self.absent(&fields, "src", fields.span(), msg!("`logo` names no picture"), hint);
        }
        fields.finish(&typed("logo"), self.sink);
        let Spanned { value, span } = src?;
        let path = picture_path(BOOK_FILE, &value, span, self.sink);
        Some(Logo { path, span, alt })
    }

    /// What the cover is made from.
    pub(super) fn cover(&mut self, entry: Option<Entry>) -> Option<Cover> {
        let mut fields = Fields::open(entry?.node, typed("cover"), self.sink)?;
        let mut cover = Cover::default();
        let mut length = |key, most: u16| {
            let written = fields.text(key, self.sink)?;
            let number = written.value.trim().trim_end_matches("mm").trim().parse::<f64>().ok();
            let good = number.filter(|number| (0.0..=f64::from(most)).contains(number));
            if good.is_none() {
                let hint = msg!("use millimetres from 0 to {most}, such as `0.1mm`", most);
                self.error(written.span, msg!("`{key}` cannot be `{value}`", key, value = written.value), hint);
            }
            good
        };
        cover.leaf = length("leaf", 2).unwrap_or(cover.leaf);
        cover.board = length("board", 10).unwrap_or(cover.board);
        cover.spine = length("spine", 120);
        fields.finish(&typed("cover"), self.sink);
        Some(cover)
    }
}
