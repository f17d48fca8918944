//! Tracked changes, and documents of others that Word takes in.

use super::Changes;
use super::reader::{Para, Reader};
use super::xml::Word as _;
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;
use crate::import::Kind;

impl Reader<'_> {
    fn author(node: &Element) -> String {
        node.local("author").unwrap_or_default().to_owned()
    }

    pub(super) fn inserted(&mut self, node: &Element, para: &mut Para) {
        let text = node.all_text();
        if self.settings.changes == Changes::Reject {
            self.without(node);
            self.gone.inserted.push((self.at(), Self::author(node), text));
            return;
        }
        if self.settings.changes == Changes::List && !text.is_empty() {
            let message = msg!("{author} put in: {text}", author = Self::author(node), text);
            self.tell(Kind::Changed, Severity::Info, message, "");
        }
        self.content(node, para);
    }

    pub(super) fn deleted(&mut self, node: &Element, para: &mut Para) {
        if self.settings.changes == Changes::Reject {
            self.content(node, para);
            return;
        }
        self.without(node);
        let text = node.all_text();
        if self.settings.changes == Changes::List && !text.is_empty() {
            let message = msg!("{author} took out: {text}", author = Self::author(node), text = &text);
            self.tell(Kind::Changed, Severity::Info, message, &text);
        } else {
            self.gone.deleted.push((self.at(), Self::author(node), text));
        }
    }

    /// Whether the end of a paragraph was taken out, or was put in and is not to be.
    pub(super) fn mark_is_gone(&self, properties: Option<&Element>) -> bool {
        let mark = properties.and_then(|node| node.child("rPr"));
        let moved = if self.settings.changes == Changes::Reject { "moveTo" } else { "moveFrom" };
        mark.is_some_and(|mark| [self.refused(), moved].iter().any(|name| mark.child(name).is_some()))
    }

    /// Whether a row was. Its text is told.
    pub(super) fn row_is_gone(&mut self, row: &Element) -> bool {
        let Some(mark) = row.child("trPr").and_then(|node| node.child(self.refused())) else { return false };
        let (at, author, text) = (self.at(), Self::author(mark), row.all_text());
        self.without(row);
        match self.settings.changes {
            Changes::Reject => self.gone.inserted.push((at, author, text)),
            Changes::Accept | Changes::List => self.gone.deleted.push((at, author, text)),
        }
        true
    }

    /// What a change is called that the text is without.
    fn refused(&self) -> &'static str {
        if self.settings.changes == Changes::Reject { "ins" } else { "del" }
    }

    /// Another document that Word takes in when it opens the file.
    pub(super) fn outside(&mut self, node: &Element) {
        let target = node.local("id").and_then(|id| self.relations.get(id)).map(|to| to.target.clone());
        let name = target.unwrap_or_default();
        let message = msg!(
            "another document belongs here, and is left out: {name}; open the file in Word and save it anew",
            name
        );
        self.tell(Kind::Dropped, Severity::Error, message, "");
    }
}
