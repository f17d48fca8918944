//! How the pairs of a chapter stand, at the end of their lines.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range, Uri};

use super::hover::SURE;
use super::{Counterpart, Reading, Signed};
use crate::message::Message;
use crate::source::{FileId, Span};

impl Reading {
    /// The states of pairs in a range: signed off, changed since, uncertain, without a counterpart. What is in order and not
    /// signed off has no mark.
    pub(crate) fn hints(&self, uri: &Uri, range: Range) -> Vec<InlayHint> {
        let Some(file) = self.file(uri).filter(|file| self.chapter(*file).is_some()) else { return Vec::new() };
        let mut found: Vec<InlayHint> = Vec::new();
        for pair in self.counterparts.iter().filter(|pair| !pair.narrow) {
            let own = pair.sides.iter().flatten().find(|span| span.file == file);
            let Some((span, (mark, words))) = own.and_then(|span| Some((*span, state(pair)?))) else { continue };
            let hint = self.hint(file, span, &mark, &words);
            if range.start <= hint.position && hint.position <= range.end {
                found.push(hint);
            }
        }
        found.sort_by_key(|hint| hint.position);
        found.dedup_by_key(|hint| hint.position);
        found
    }

    fn hint(&self, file: FileId, span: Span, mark: &str, words: &Message) -> InlayHint {
        let line = self.sources.snippet(span).lines().next().map_or(0, str::len);
        let start = self.sources.clamp(span).start;
        InlayHint {
            position: self.range(Span::new(file, start..start + line)).end,
            label: InlayHintLabel::String(mark.to_owned()),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::String(self.locale.say(words))),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    }
}

/// The mark of a pair, and what it means.
fn state(pair: &Counterpart) -> Option<(String, Message)> {
    if pair.sides.iter().any(Vec::is_empty) {
        return Some(("∅".to_owned(), msg!("nothing in the other language says this")));
    }
    match pair.signed {
        Signed::Off => Some(("✓".to_owned(), msg!("signed off"))),
        Signed::Changed => Some(("↻".to_owned(), msg!("changed since it was signed off"))),
        _ if pair.score < SURE => {
            let percent = format!("{:.0}", pair.score * 100.0);
            Some((format!("? {percent} %"), msg!("its counterpart is uncertain: {percent} %", percent)))
        }
        _ => None,
    }
}
