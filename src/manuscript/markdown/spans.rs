//! Text with a class, as pandoc writes it: `[2]{.sub}`, `[词]{.mark}`, `[词]{.index}`.

use super::attrs::Attrs;
use super::{Lower, index};
use crate::model::{Inline, InlineKind, TextStyle};

/// What a class stands for; `None` for one that a manuscript does not know.
pub(super) fn style(class: &str) -> Option<TextStyle> {
    Some(match class {
        "sub" => TextStyle::Subscript,
        "sup" => TextStyle::Superscript,
        "mark" => TextStyle::Highlight,
        "underline" | "ul" => TextStyle::Underline,
        "kbd" => TextStyle::Keys,
        "name" => TextStyle::Name,
        "work" => TextStyle::Work,
        _ => return None,
    })
}

/// Most spans in one another.
const DEEPEST: usize = 8;

/// What a class makes of a text.
enum Meaning {
    Style(TextStyle),
    /// A mark of the index, with the place of its attributes.
    Index(Attrs, usize),
}

/// A byte of the text of an inline.
type At = (usize, usize);

/// A span in a run: where its bracket opens and closes, and where its class ends.
struct Found {
    open: At,
    close: At,
    end: usize,
    meaning: Meaning,
}

impl Lower<'_, '_> {
    /// Reads the classes in a run of inlines, those inside first.
    pub(super) fn spans(&mut self, run: &mut Vec<Inline>) {
        self.unread_marks(run);
        for _ in 0..DEEPEST {
            let found = self.innermost(run);
            if found.is_empty() {
                return;
            }
            *run = self.wrapped(run, found);
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
                let behind = inline.span.start + byte + 1;
                if let Some((length, meaning)) = class(&text[byte + 1..], behind)
                    && found.last().is_none_or(|inner| inner.close < start)
                {
                    found.push(Found { open: start, close: (at, byte), end: byte + 1 + length, meaning });
                }
            }
        }
        found
    }

    fn is_escaped(&self, inline: &Inline, at: usize) -> bool {
        self.input.text[..inline.span.start + at].ends_with('\\')
    }

    /// A run with what stands between two brackets put into one inline, for each span; a mark of the index stands
    /// before its words.
    fn wrapped(&mut self, run: &[Inline], found: Vec<Found>) -> Vec<Inline> {
        let (mut out, mut done) = (Vec::new(), (0, 0));
        for Found { open, close, end, meaning } in found {
            out.extend(between(run, done, open));
            let body: Vec<Inline> = between(run, (open.0, open.1 + 1), close).collect();
            let (mut span, closes) = (run[open.0].span, run[close.0].span);
            (span.start, span.end) = (span.start + open.1, closes.start + end);
            match meaning {
                Meaning::Style(_) if body.is_empty() => {}
                Meaning::Style(style) => out.push(Inline { span, kind: InlineKind::Styled { style, body } }),
                Meaning::Index(attrs, at) => {
                    out.extend(self.index_mark(attrs, at, span.range(), &body));
                    out.extend(body);
                }
            }
            done = (close.0, end);
        }
        out.extend(between(run, done, (run.len(), 0)));
        out
    }
}

/// The class that a text at byte `at` of the file begins with, and how long it is.
fn class(text: &str, at: usize) -> Option<(usize, Meaning)> {
    if let Some(attrs) = index::attributes(text) {
        return Some((attrs.end, Meaning::Index(attrs, at)));
    }
    let inner = text.strip_prefix("{.")?;
    let length = inner.bytes().take_while(u8::is_ascii_lowercase).count();
    (inner[length..].starts_with('}')).then_some(())?;
    Some((length + 3, Meaning::Style(style(&inner[..length])?)))
}

/// What stands between two bytes of a run.
fn between(run: &[Inline], (first, start): At, (last, end): At) -> impl Iterator<Item = Inline> {
    let same = first == last;
    let head = run.get(first).and_then(|inline| part(inline, start, if same { end } else { usize::MAX }));
    let inner = run.get(first + 1..last).unwrap_or_default().iter().cloned();
    let tail = run.get(last).filter(|_| !same).and_then(|inline| part(inline, 0, end));
    head.into_iter().chain(inner).chain(tail)
}

/// A part of an inline; none where it is empty. Only of texts there are parts that are not the whole.
fn part(inline: &Inline, start: usize, end: usize) -> Option<Inline> {
    let InlineKind::Text(text) = &inline.kind else { return (start < end).then(|| inline.clone()) };
    let end = end.min(text.len());
    if start == 0 && end == text.len() {
        return (!text.is_empty()).then(|| inline.clone());
    }
    let mut span = inline.span;
    span.end = span.start + end;
    span.start += start;
    (start < end).then(|| Inline { span, kind: InlineKind::Text(text[start..end].to_owned()) })
}
