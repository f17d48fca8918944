//! What may come next in a translation, in grey: how the book renders elsewhere what the source says next. It is shown to who asked
//! for it when the conversation began, and nobody else.

use lsp_types::{Position, Uri};
use serde_json::{Value, json};

use super::{Counterpart, Reading};
use crate::source::Span;

impl Reading {
    /// The rendering of the sentence after the one before a place, if the same sentence was translated elsewhere in the book.
    pub(crate) fn ghost(&self, uri: &Uri, position: Position) -> Option<Value> {
        let (file, offset) = self.at(uri, position)?;
        let rest = self.text(file)[offset..].lines().next().unwrap_or_default();
        if !rest.trim().is_empty() {
            return None;
        }
        let narrow = || self.counterparts.iter().filter(|pair| pair.narrow);
        let ends = |span: &Span| span.file == file && span.end <= offset;
        let before = narrow()
            .filter_map(|pair| Some((pair, pair.sides[1].iter().filter(|span| ends(span)).map(|span| span.end).max()?)))
            .max_by_key(|(_, end)| *end)?
            .0;
        let last = before.sides[0].iter().map(|span| span.end).max()?;
        let source = before.sides[0].first()?.file;
        let follows =
            |pair: &&Counterpart| pair.sides[0].first().is_some_and(|span| span.file == source && span.start >= last);
        let next = narrow().filter(follows).min_by_key(|pair| pair.sides[0][0].start)?;
        if !next.sides[1].is_empty() {
            return None;
        }
        let said = |spans: &[Span]| spans.iter().map(|span| self.sources.snippet(*span).trim()).collect::<Vec<_>>();
        let wanted = said(&next.sides[0]);
        let same = narrow().find(|pair| !pair.sides[1].is_empty() && said(&pair.sides[0]) == wanted)?;
        let text = said(&same.sides[1]).join(" ");
        Some(json!({"items": [{"insertText": text, "range": {"start": position, "end": position}}]}))
    }
}
