//! `epub:` of `book.yaml`: what the author chooses for the e-books.

use super::super::yaml::{Entry, Fields};
use super::super::{choices, typed};
use super::ConfigReader;
use crate::diagnostic::nearest;
use crate::model::{Claim, Ebook};

impl ConfigReader<'_> {
    /// The choices for the e-books.
    pub(super) fn ebook(&mut self, entry: Option<Entry>) -> Ebook {
        let mut ebook = Ebook::default();
        let Some(mut fields) = entry.and_then(|e| Fields::open(e.node, typed("epub"), self.sink)) else { return ebook };
        if let Some(fonts) = self.flag(&mut fields, "fonts") {
            ebook.fonts = fonts;
        }
        if let Some(list) = self.flag(&mut fields, "page-list") {
            ebook.page_list = list;
        }
        if let Some(links) = self.flag(&mut fields, "counterpart-links") {
            ebook.counterpart_links = links;
        }
        ebook.claim = self.claim(fields.take("accessibility"));
        fields.finish(&typed("epub"), self.sink);
        ebook
    }

    /// What a key says that is true or false.
    pub(super) fn flag(&mut self, fields: &mut Fields, key: &'static str) -> Option<bool> {
        let written = fields.text(key, self.sink)?;
        match written.value.as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            value => {
                let hint = msg!("use {choices}", choices = choices(["true", "false"]));
                self.error(written.span, msg!("`{key}` cannot be `{value}`", key, value), hint);
                None
            }
        }
    }

    /// A claim of conformance, which must say who makes it.
    fn claim(&mut self, entry: Option<Entry>) -> Option<Claim> {
        let mut fields = Fields::open(entry?.node, typed("accessibility"), self.sink)?;
        let level = fields.text("conforms-to", self.sink);
        let by = fields.text("certified-by", self.sink).map(|by| by.value);
        let report = fields.text("report", self.sink).map(|report| report.value);
        let whole = fields.span();
        fields.finish(&typed("accessibility"), self.sink);
        let Some(level) = level else {
            self.error(
                whole,
                msg!("`accessibility` has no level of conformance"),
                msg!("add `conforms-to: wcag-2.2-aa`"),
            );
            return None;
        };
        if !Claim::LEVELS.contains(&level.value.as_str()) {
            let hint = match nearest(&level.value, Claim::LEVELS) {
                Some(near) => msg!("did you mean `{near}`?", near),
                None => msg!("use {choices}", choices = choices(Claim::LEVELS)),
            };
            self.error(level.span, msg!("`{level}` is not a WCAG level", level = level.value), hint);
            return None;
        }
        let Some(certified_by) = by else {
            let hint = msg!("add `certified-by:` with the name of whoever evaluated the book and vouches for it");
            self.error(whole, msg!("the claim of conformance does not say who makes it"), hint);
            return None;
        };
        if let Some(report) = report.as_ref().filter(|report| !report.starts_with("https://")) {
            let hint = msg!("use an address that starts with `https://`");
            self.error(whole, msg!("`{report}` is not the address of a report", report), hint);
        }
        Some(Claim { level: level.value, certified_by, report })
    }
}
