//! `math:` of `book.yaml`: the notation of the formulas, and the author's own commands.

use super::super::yaml::{Entry, Fields, Kind};
use super::super::{choices, typed};
use super::ConfigReader;
use crate::model::{Macros, Math, Notation, Spanned};

impl ConfigReader<'_> {
    /// One notation for all formulas, or a mapping that has macros too.
    pub(super) fn math(&mut self, entry: Option<Entry>) -> Math {
        let Some(Entry { node, .. }) = entry else { return Math::default() };
        if matches!(node.kind, Kind::Scalar(_)) {
            let written = node.text(typed("math"), self.sink);
            let notation = written.and_then(|written| self.notation(&written));
            return Math { notation, ..Math::default() };
        }
        let Some(mut fields) = Fields::open(node, typed("math"), self.sink) else { return Math::default() };
        let written = fields.text("notation", self.sink);
        let notation = written.and_then(|written| self.notation(&written));
        let macros = fields.take("macros").map(|entry| self.macros(entry)).unwrap_or_default();
        fields.finish(&typed("math"), self.sink);
        Math { notation, macros }
    }

    /// Commands by their names, with what they stand for.
    fn macros(&mut self, entry: Entry) -> Macros {
        let Some(fields) = Fields::open(entry.node, typed("macros"), self.sink) else { return Macros::new() };
        let mut macros = Macros::new();
        for (key, span, node) in fields.rest() {
            let name = key.strip_prefix('\\').unwrap_or(&key);
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphabetic()) {
                let hint = msg!("a command has letters alone, as in `\\R`");
                self.error(span, msg!("`{name}` cannot be a command", name = &key), hint);
                continue;
            }
            if let Some(meaning) = node.text(typed(&key), self.sink) {
                macros.insert(name.to_owned(), meaning.value);
            }
        }
        macros
    }

    fn notation(&mut self, written: &Spanned<String>) -> Option<Notation> {
        let found = Notation::named(&written.value);
        if found.is_none() {
            let hint = msg!("use {choices}", choices = choices(Notation::NAMES.map(|(name, _)| name)));
            self.error(written.span, msg!("formulas cannot be written in `{value}`", value = &written.value), hint);
        }
        found
    }
}
