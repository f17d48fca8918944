//! Text with a class, as pandoc writes it: `[2]{.sub}`, `[词]{.mark}`.

use super::Lower;
use crate::model::{Inline, InlineKind, TextStyle};

/// What a class stands for; `None` for one that a manuscript does not know.
pub(super) fn style(class: &str) -> Option<TextStyle> {
    Some(match class {
        "sub" => TextStyle::Subscript,
        "sup" => TextStyle::Superscript,
        "mark" => TextStyle::Highlight,
        "underline" | "ul" => TextStyle::Underline,
        "kbd" => TextStyle::Keys,
        _ => return None,
    })
}

/// Most spans in one another.
const DEEPEST: usize = 8;

/// A byte of the text of an inline.
type At = (usize, usize);

/// A span in a run: where its bracket opens and closes, and where its class ends.
struct Found {
    open: At,
    close: At,
    end: usize,
    style: TextStyle,
}

impl Lower<'_, '_> {
    /// Reads the classes in a run of inlines, those inside first.
    pub(super) fn spans(&self, run: &mut Vec<Inline>) {
        for _ in 0..DEEPEST {
            let found = self.innermost(run);
            if found.is_empty() {
                return;
            }
            // From the last on, so that the places of the others stay.
            found.into_iter().rev().for_each(|span| wrap(run, &span));
        }
    }

    /// The spans that hold no other, in order.
    fn innermost(&self, run: &[Inline]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut open: Vec<At> = Vec::new();
        for (at, inline) in run.iter().enumerate() {
            let InlineKind::Text(text) = &inline.kind else { continue };
            if !text.contains(['[', ']']) || self.input.text.get(inline.span.range()) != Some(text) {
                continue;
            }
            for (byte, sign) in text.match_indices(['[', ']']).filter(|(byte, _)| !self.is_escaped(inline, *byte)) {
                if sign == "[" {
                    open.push((at, byte));
                    continue;
                }
                let Some(start) = open.pop() else { continue };
                if let Some((length, style)) = class(&text[byte + 1..])
                    && found.last().is_none_or(|inner| inner.close < start)
                {
                    found.push(Found { open: start, close: (at, byte), end: byte + 1 + length, style });
                }
            }
        }
        found
    }

    fn is_escaped(&self, inline: &Inline, at: usize) -> bool {
        self.input.text[..inline.span.start + at].ends_with('\\')
    }
}

/// The class that a text begins with, and how long it is.
fn class(text: &str) -> Option<(usize, TextStyle)> {
    let inner = text.strip_prefix("{.")?;
    let length = inner.bytes().take_while(u8::is_ascii_lowercase).count();
    (inner[length..].starts_with('}')).then_some(())?;
    Some((length + 3, style(&inner[..length])?))
}

/// Puts what stands between two brackets into one inline.
fn wrap(run: &mut Vec<Inline>, found: &Found) {
    let ((first, bracket), (last, end)) = (found.open, found.close);
    let (head, tail) = (part(&run[first], 0, bracket), part(&run[last], found.end, usize::MAX));
    let mut body = Vec::new();
    if first == last {
        body.extend(part(&run[first], bracket + 1, end));
    } else {
        body.extend(part(&run[first], bracket + 1, usize::MAX));
        body.extend_from_slice(&run[first + 1..last]);
        body.extend(part(&run[last], 0, end));
    }
    let (mut span, closes) = (run[first].span, run[last].span);
    (span.start, span.end) = (span.start + bracket, closes.start + found.end);
    let kind = InlineKind::Styled { style: found.style, body };
    let styled =
        (!matches!(&kind, InlineKind::Styled { body, .. } if body.is_empty())).then_some(Inline { span, kind });
    run.splice(first..=last, head.into_iter().chain(styled).chain(tail));
}

/// A part of a text; none where it is empty.
fn part(inline: &Inline, start: usize, end: usize) -> Option<Inline> {
    let InlineKind::Text(text) = &inline.kind else { return None };
    let end = end.min(text.len());
    let mut span = inline.span;
    span.end = span.start + end;
    span.start += start;
    (start < end).then(|| Inline { span, kind: InlineKind::Text(text[start..end].to_owned()) })
}
