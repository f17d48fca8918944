//! Callouts as XHTML: a note beside the text, with a name for screen readers that says what it is; `details` where the
//! reader may fold it away.

use super::page::Writer;
use crate::lang;
use crate::model::{Block, Callout, CalloutKind, text};

/// The element of a kind, its word in the EPUB structural vocabulary and its ARIA role.
fn semantics(kind: CalloutKind) -> (&'static str, Option<&'static str>, Option<&'static str>) {
    match kind {
        CalloutKind::Note => ("aside", None, Some("note")),
        CalloutKind::Tip => ("aside", Some("tip"), Some("doc-tip")),
        CalloutKind::Important | CalloutKind::Warning | CalloutKind::Caution => {
            ("section", Some("notice"), Some("doc-notice"))
        }
        CalloutKind::Details => ("details", None, None),
    }
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn callout(&mut self, block: &'a Block, callout: &'a Callout) {
        let default = lang::callout_title(self.lang, callout.word);
        let (element, word, role) = semantics(callout.kind);
        let folded = element == "details";
        let title = text::plain(&callout.title);
        let label = match title.trim() {
            "" => default.to_owned(),
            title => format!("{default}{}{title}", self.content.plan.words_of(block.span.file).colon),
        };
        let class = format!("callout {}", callout.kind.name());
        let mut attrs = vec![("class", class.as_str())];
        attrs.extend(word.map(|word| ("epub:type", word)));
        attrs.extend(role.map(|role| ("role", role)));
        if !folded {
            attrs.push(("aria-label", &label));
        } else if callout.attrs.iter().any(|attr| attr.key == "open") {
            attrs.push(("open", "open"));
        }
        self.breaks_before(std::slice::from_ref(block));
        self.open(element, block, &attrs);
        self.xml.raw("\n");
        self.xml.open(if folded { "summary" } else { "p" }, &[("class", "callout-title")]);
        if callout.title.is_empty() {
            self.xml.text(default);
        } else {
            self.inlines(&callout.title);
        }
        self.xml.close_line();
        self.blocks(&callout.body);
        self.xml.close_line();
    }
}
