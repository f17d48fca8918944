//! `epub:` of `book.yaml`: what the author chooses for the e-books.

use super::super::yaml::{Entry, Fields};
use super::Reader;
use crate::diagnostic::nearest;
use crate::model::{Claim, Ebook};

impl Reader<'_> {
    /// The choices for the e-books.
    pub(super) fn ebook(&mut self, entry: Option<Entry>) -> Ebook {
        let mut ebook = Ebook::default();
        let Some(mut fields) = entry.and_then(|e| Fields::open(e.node, "‘epub’", self.sink)) else { return ebook };
        if let Some(fonts) = self.flag(&mut fields, "fonts") {
            ebook.fonts = fonts;
        }
        if let Some(links) = self.flag(&mut fields, "counterpart-links") {
            ebook.counterpart_links = links;
        }
        ebook.claim = self.claim(fields.take("accessibility"));
        fields.finish("‘epub’", self.sink);
        ebook
    }

    fn flag(&mut self, fields: &mut Fields, key: &'static str) -> Option<bool> {
        let written = fields.text(key, self.sink)?;
        match written.value.as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            other => {
                self.error(written.span, format!("‘{key}’ cannot be ‘{other}’"), "write true or false");
                None
            }
        }
    }

    /// A claim of conformance. It is somebody's, so it must say whose.
    fn claim(&mut self, entry: Option<Entry>) -> Option<Claim> {
        let mut fields = Fields::open(entry?.node, "‘accessibility’", self.sink)?;
        let level = fields.text("conforms-to", self.sink);
        let by = fields.text("certified-by", self.sink).map(|by| by.value);
        let report = fields.text("report", self.sink).map(|report| report.value);
        let whole = fields.span();
        fields.finish("‘accessibility’", self.sink);
        let Some(level) = level else {
            self.error(whole, "this claims no conformance".into(), "add ‘conforms-to: wcag-2.2-aa’");
            return None;
        };
        if !Claim::LEVELS.contains(&level.value.as_str()) {
            let hint = match nearest(&level.value, Claim::LEVELS) {
                Some(near) => format!("did you mean ‘{near}’?"),
                None => format!("write one of {}", Claim::LEVELS.join(", ")),
            };
            self.error(level.span, format!("‘{}’ is not a level of WCAG", level.value), &hint);
            return None;
        }
        let Some(certified_by) = by else {
            let hint = "add ‘certified-by:’, the name of who looked at the book and vouches for it";
            self.error(whole, "a claim of conformance must say who makes it".into(), hint);
            return None;
        };
        if let Some(report) = report.as_ref().filter(|report| !report.starts_with("https://")) {
            self.error(
                whole,
                format!("‘{report}’ is no address of a report"),
                "write an address that begins with https://",
            );
        }
        Some(Claim { level: level.value, certified_by, report })
    }
}
