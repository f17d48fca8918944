//! Running text: pieces that lie in the file as they are read, with citations and references taken out.

use std::borrow::Cow;
use std::ops::Range;

use comrak::nodes::Ast;

use super::Lower;
use super::citations::{self, Mark};
use super::place::{Piece, follow};
use super::ruby;
use crate::manuscript::combining::Run;
use crate::manuscript::unseen::crowded;
use crate::model::{CiteItem, Inline, InlineKind};

/// How far a text is looked for from its expected place, in bytes.
const SEARCH: usize = 256;

impl Lower<'_, '_> {
    /// Adds a text node.
    pub(super) fn text(&mut self, text: &str, hint: Range<usize>, within: &Range<usize>, out: &mut Vec<Inline>) {
        let pieces = self.locate(text, &hint, within);
        for piece in pieces {
            let all = &text[piece.read.clone()];
            let read = self.borne(all, &piece.source);
            let read = read.as_ref();
            if piece.exact && read.len() == all.len() {
                self.exact(&piece, read, out);
            } else {
                self.push(piece.source, InlineKind::Text(read.to_owned()), out);
            }
            if let Some(Inline { kind: InlineKind::Text(_), .. }) = out.last() {
                self.last = read.chars().next_back();
            }
        }
    }

    /// A piece of text without the combining marks that are too many; what the file has too many of is gone before, but
    /// they may be written as entities too.
    fn borne<'t>(&mut self, text: &'t str, place: &Range<usize>) -> Cow<'t, str> {
        if text.is_ascii() && !text.is_empty() {
            self.combining = Run::default();
            return Cow::Borrowed(text);
        }
        let over: Vec<bool> = text.chars().map(|c| self.combining.is_over(c)).collect();
        let marks = over.iter().filter(|over| **over).count();
        if marks == 0 {
            return Cow::Borrowed(text);
        }
        if !self.said_crowded {
            self.said_crowded = true;
            let span = self.span(place.clone());
            self.sink.push(crowded().at(span));
        }
        text.chars().zip(over).filter(|(_, over)| !over).map(|(c, _)| c).collect::<String>().into()
    }

    /// The parts of a text node that stand in the file as they are read; the whole where its place is not known.
    pub(super) fn typed(&self, node: &Ast) -> Vec<Range<usize>> {
        let whole = self.input.body..self.input.text.len();
        let hint = self.lines.hint(node.sourcepos, &whole);
        let text = node.value.text().unwrap_or_default();
        match follow(self.input.text, hint.start, hint.end, text, &self.entities) {
            Some(pieces) => pieces.into_iter().filter(|piece| piece.exact).map(|piece| piece.read).collect(),
            None => std::iter::once(0..text.len()).collect(),
        }
    }

    /// Finds where a text stands: at the cursor, at the hint, or a little after.
    fn locate(&self, text: &str, hint: &Range<usize>, within: &Range<usize>) -> Vec<Piece> {
        let try_at = |at: usize| {
            if at >= self.cursor { follow(self.input.text, at, within.end, text, &self.entities) } else { None }
        };
        // comrak counts an escaped character from after its backslash.
        let escape = hint.start.checked_sub(1).filter(|at| self.fresh && self.input.text.as_bytes()[*at] == b'\\');
        if let Some(pieces) = escape.and_then(try_at) {
            return pieces;
        }
        let (first, second) = if self.fresh { (hint.start, self.cursor) } else { (self.cursor, hint.start) };
        if let Some(pieces) = try_at(first).or_else(|| try_at(second)) {
            return pieces;
        }
        let end = within.end.min(self.cursor + SEARCH);
        let found = (self.cursor..end).filter(|&at| self.input.text.is_char_boundary(at)).find_map(try_at);
        found.unwrap_or_else(|| {
            let start = hint.start.max(self.cursor).min(within.end);
            let source = start..hint.end.clamp(start, within.end);
            vec![Piece { read: 0..text.len(), source, exact: false, escaped: false }]
        })
    }

    /// Adds a piece that lies in the file as it is read.
    fn exact(&mut self, piece: &Piece, read: &str, out: &mut Vec<Inline>) {
        let base = piece.source.start;
        let from = if piece.escaped { read.chars().next().map_or(0, char::len_utf8) } else { 0 };
        self.typed.escaped.extend(piece.escaped.then_some(base));
        let mut done = 0;
        for mark in citations::find(read, from) {
            let place = mark.range();
            let kind = match mark {
                Mark::Bad { range } => {
                    let hint =
                        msg!("write `[@key]`, `[@key, p. 3]` or `[@one; @two]`; write `\\[@` for a literal `[@`");
                    self.error(base + range.start..base + range.end, msg!("this citation cannot be read"), hint);
                    continue;
                }
                Mark::Ref { target, paged, .. } => {
                    self.read(read, done.max(from)..place.start, done, base, out);
                    self.reference(target, paged, base + place.start..base + place.end, out);
                    done = place.end;
                    continue;
                }
                Mark::Cite { items, .. } => InlineKind::Cite(
                    items
                        .into_iter()
                        .map(|item| CiteItem {
                            key: read[item.key.clone()].to_owned(),
                            span: self.span(base + item.key.start..base + item.key.end),
                            locator: item.locator,
                        })
                        .collect(),
                ),
            };
            self.read(read, done.max(from)..place.start, done, base, out);
            self.push(base + place.start..base + place.end, kind, out);
            done = place.end;
        }
        self.unknown_notes(read, from, base);
        self.unread_html(read, from, base);
        self.read(read, done.max(from)..read.len(), done, base, out);
    }

    /// Adds the text from byte `done` on, readings above characters taken out from `part` on.
    fn read(&mut self, read: &str, part: Range<usize>, mut done: usize, base: usize, out: &mut Vec<Inline>) {
        let from = part.start;
        self.typed.text.push(base + part.start..base + part.end);
        for found in ruby::find(&read[..part.end], part.start) {
            self.spaced(read, (from, done..found.range.start), base, out);
            let character = |at: Range<usize>| Inline {
                kind: InlineKind::Text(read[at.clone()].to_owned()),
                span: self.span(base + at.start..base + at.end),
            };
            let body: Vec<Inline> = found.bases.into_iter().map(character).collect();
            let kind = InlineKind::Ruby { body, readings: found.readings };
            self.push(base + found.range.start..base + found.range.end, kind, out);
            done = found.range.end;
        }
        self.spaced(read, (from, done..part.end), base, out);
    }

    /// Adds a part of the text; from byte `from` on, a backslash before a blank makes a space of it that does not break. A drive
    /// of Windows keeps its backslash.
    fn spaced(&mut self, read: &str, (from, part): (usize, Range<usize>), base: usize, out: &mut Vec<Inline>) {
        let mut done = part.start;
        let first = from.max(part.start).min(part.end);
        let spaces = read[first..part.end].match_indices("\\ ").map(|(at, _)| first + at);
        for at in spaces.filter(|at| !read[..*at].ends_with([':', '\\'])) {
            self.plain(read, done..at, base, out);
            self.push(base + at..base + at + 2, InlineKind::Text("\u{a0}".to_owned()), out);
            self.last = Some('\u{a0}');
            done = at + 2;
        }
        self.plain(read, done..part.end, base, out);
    }

    fn plain(&mut self, read: &str, part: Range<usize>, base: usize, out: &mut Vec<Inline>) {
        if !part.is_empty() {
            let text = read[part.clone()].to_owned();
            self.last = text.chars().next_back();
            self.push(base + part.start..base + part.end, InlineKind::Text(text), out);
        }
    }

    /// Reports `[^name]` in running text: there is no such footnote.
    fn unknown_notes(&mut self, read: &str, from: usize, base: usize) {
        let mut at = from;
        while let Some(open) = read[at..].find("[^").map(|n| at + n) {
            let Some(close) = read[open..].find(']').map(|n| open + n + 1) else { return };
            let name = read[open + 2..close - 1].to_owned();
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                let span = self.span(base + open..base + close);
                let found = crate::diagnostic::Diagnostic::error(
                    crate::codes::UNKNOWN_NOTE,
                    msg!("the footnote `{name}` is not defined in this chapter", name = &name),
                );
                self.sink.push(found.at(span).hint(msg!("add a paragraph that starts with `[^{name}]:`", name)));
            }
            at = close;
        }
    }
}
