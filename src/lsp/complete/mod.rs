//! What may be written at a place.

mod markdown;
mod yaml;

use std::ops::Range;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent, MarkupKind, Position,
    TextEdit, Uri,
};

use super::Reading;
use crate::project::BOOK_FILE;
use crate::source::{FileId, Span};

/// Characters after which an editor asks at once.
pub(crate) const TRIGGERS: [&str; 7] = ["@", "#", "^", ":", "{", "`", "/"];

/// Most that is offered at one place.
const MOST: usize = 2_000;

/// Something that is offered.
struct Offer {
    label: String,
    kind: CompletionItemKind,
    /// In a few words, beside the label.
    detail: String,
    /// In Markdown, below.
    about: String,
    /// What is written.
    text: String,
    /// What is compared with what was typed, where that is not the label.
    typed: Option<String>,
}

impl Offer {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        let label = label.into();
        Self { text: label.clone(), label, kind, detail: String::new(), about: String::new(), typed: None }
    }

    fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    fn about(self, about: impl Into<String>) -> Self {
        Self { about: about.into(), ..self }
    }

    fn text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    fn typed(self, typed: impl Into<String>) -> Self {
        Self { typed: Some(typed.into()), ..self }
    }
}

/// What is offered, and what of the file it would replace.
struct Offers {
    replaced: Range<usize>,
    offers: Vec<Offer>,
}

/// A place in a text.
#[derive(Clone, Copy)]
struct At<'t> {
    file: FileId,
    text: &'t str,
    offset: usize,
    /// Where its line begins.
    line: usize,
}

impl<'t> At<'t> {
    /// What stands before the place in its line.
    fn before(self) -> &'t str {
        &self.text[self.line..self.offset]
    }

    /// So many bytes before the place, up to it.
    fn last(self, length: usize) -> Range<usize> {
        self.offset - length..self.offset
    }
}

impl Reading {
    /// What may be written at a place.
    pub(crate) fn complete(&self, uri: &Uri, position: Position) -> Vec<CompletionItem> {
        let Some((file, offset)) = self.at(uri, position).filter(|(file, _)| self.is_as_written(*file)) else {
            return Vec::new();
        };
        let text = self.text(file);
        let at = At { file, text, offset, line: text[..offset].rfind('\n').map_or(0, |at| at + 1) };
        let found = match self.path(file) {
            BOOK_FILE => yaml::book(at),
            crate::manuscript::GLOSSARY_FILE => yaml::glossary(at),
            _ => self.in_chapter(at),
        };
        let Some(Offers { replaced, offers }) = found else { return Vec::new() };
        let range = self.range(Span::new(file, replaced));
        let order = |number: usize| format!("{number:05}");
        let item = |(number, offer): (usize, Offer)| CompletionItem {
            kind: Some(offer.kind),
            detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
            documentation: Some(offer.about).filter(|about| !about.is_empty()).map(markup),
            sort_text: Some(order(number)),
            filter_text: offer.typed,
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: offer.text })),
            label: offer.label,
            ..CompletionItem::default()
        };
        offers.into_iter().take(MOST).enumerate().map(item).collect()
    }
}

fn markup(value: String) -> Documentation {
    Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
}
