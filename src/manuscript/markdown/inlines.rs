//! Inlines. comrak's places are taken as hints: each is checked against the file and corrected where it is wrong.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{NodeLink, NodeMath, NodeValue};

use super::Lower;
use super::ends::trim_after_break;
use crate::lang::cjk;
use crate::model::{Inline, InlineKind, LinkTarget, Shows};

/// How far an element is looked for from its expected place, in bytes.
const SEARCH: usize = 512;

impl Lower<'_, '_> {
    /// The inlines of a block that lies in `range`.
    pub(super) fn inlines(&mut self, parent: Node<'_>, range: &Range<usize>) -> Vec<Inline> {
        self.cursor = range.start;
        self.fresh = true;
        self.last = None;
        let waivers = self.waivers.len();
        let mut body = self.run(parent, range);
        self.trim_breaks(&mut body);
        self.aim(waivers, range);
        body
    }

    /// The inlines of a node, in a block that lies in `within`.
    pub(super) fn run(&mut self, parent: Node<'_>, within: &Range<usize>) -> Vec<Inline> {
        self.deeper(within.clone(), |lower| {
            let mut out = Vec::new();
            for child in parent.children() {
                let before = out.len();
                lower.inline(child, within, &mut out);
                trim_after_break(&mut out, before);
            }
            lower.unclosed_tags();
            lower.spans(&mut out);
            // Most runs are short, and there are many.
            out.shrink_to_fit();
            out
        })
    }

    fn inline(&mut self, node: Node<'_>, within: &Range<usize>, out: &mut Vec<Inline>) {
        let hint = self.lines.hint(node.data().sourcepos, within);
        let value = node.data().value.clone();
        match value {
            NodeValue::Text(text) => {
                let unread = std::mem::take(&mut self.unread);
                let text = self.uncovered(text[unread..].to_owned());
                self.text(&text, hint.start + unread..hint.end.max(hint.start + unread), within, out);
            }
            NodeValue::SoftBreak => self.soft_break(node, within, out),
            NodeValue::LineBreak => self.line_break(within, out),
            NodeValue::Code(code) => {
                let range = self.fenced(b'`', &hint, within);
                self.last = code.literal.chars().next_back().or(self.last);
                let code = self.uncovered(code.literal);
                self.push(range, InlineKind::Code(code), out);
            }
            NodeValue::Math(math) => self.math(math, &hint, within, out),
            NodeValue::Emph => self.marked(node, 1, b"*_", hint, within, InlineKind::Emph, out),
            NodeValue::Strong => self.marked(node, 2, b"*_", hint, within, InlineKind::Strong, out),
            NodeValue::Strikethrough => self.marked(node, 2, b"~", hint, within, InlineKind::Strike, out),
            NodeValue::Link(link) => self.link(node, &link, hint, within, out),
            NodeValue::Image(link) => {
                let range = self.bracketed(b"!", hint, within);
                let image = self.image(node, &link.url, &range);
                if !link.title.trim().is_empty() && link.title.trim() != image.alt.trim() {
                    self.typed.picture_titles.push(range.clone());
                }
                self.unread = super::pictures::attributes(node).1;
                let after = range.end + self.unread;
                self.push(range, InlineKind::Image(image), out);
                self.cursor = self.cursor.max(after.min(within.end));
            }
            NodeValue::FootnoteReference(note) => {
                let start = self.find(b"[", &hint, within);
                let end = self.input.text[start..within.end].find(']').map_or(hint.end, |n| start + n + 1);
                let name = crate::manuscript::note_name(&note.name);
                let last = self.last;
                self.push(start..end.max(start), InlineKind::Note { name }, out);
                self.last = last;
            }
            NodeValue::HtmlInline(html) => self.html_inline(&html, &hint, within, out),
            _ => self.error(hint, msg!("this is not allowed in a manuscript"), msg!("write it another way")),
        }
    }

    /// Adds an element and moves the cursor past it.
    pub(super) fn push(&mut self, range: Range<usize>, kind: InlineKind, out: &mut Vec<Inline>) {
        self.cursor = self.cursor.max(range.end);
        self.fresh = false;
        out.push(Inline { span: self.span(range), kind });
    }

    /// Where an element that begins with one of `marks` begins: at the cursor, at the hint, or a little after.
    pub(super) fn find(&self, marks: &[u8], hint: &Range<usize>, within: &Range<usize>) -> usize {
        let bytes = self.input.text.as_bytes();
        let here = |at: usize| at < within.end && bytes.get(at).is_some_and(|b| marks.contains(b));
        if !self.fresh && here(self.cursor) {
            return self.cursor;
        }
        if hint.start >= self.cursor && here(hint.start) {
            return hint.start;
        }
        let end = within.end.min(self.cursor + SEARCH);
        (self.cursor..end).find(|&at| here(at)).unwrap_or_else(|| hint.start.max(self.cursor).min(within.end))
    }

    /// The range of an element between equal runs of a byte, as code and formulas are.
    fn fenced(&self, mark: u8, hint: &Range<usize>, within: &Range<usize>) -> Range<usize> {
        let bytes = &self.input.text.as_bytes()[..within.end];
        let start = self.find(&[mark], hint, within);
        let run = |at: usize| bytes[at..].iter().take_while(|b| **b == mark).count();
        let width = run(start);
        let mut at = start + width;
        while at < bytes.len() && width > 0 {
            match run(at) {
                0 => at += 1,
                n if n == width => return start..at + n,
                n => at += n,
            }
        }
        start..self.boundary(hint.end.clamp(start, within.end))
    }

    pub(super) fn boundary(&self, mut at: usize) -> usize {
        while !self.input.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    fn math(&mut self, math: NodeMath, hint: &Range<usize>, within: &Range<usize>, out: &mut Vec<Inline>) {
        let start = self.find(b"$", hint, within);
        let width = 1 + usize::from(math.display_math);
        let inner = (start + width).min(within.end);
        let text = &self.input.text;
        let literal = self.uncovered(math.literal);
        let end = if text[inner..within.end].starts_with(literal.as_str()) {
            inner + literal.len()
        } else {
            let close = if math.display_math { "$$" } else { "$" };
            text[inner..within.end].find(close).map_or(within.end, |n| inner + n)
        };
        let whole = start..(end + width).min(within.end);
        let whole = whole.start..self.boundary(whole.end);
        let span = self.span(inner..end);
        let typed = if math.display_math { &mut self.typed.displayed } else { &mut self.typed.formulas };
        typed.push(whole.clone());
        self.last = Some('$');
        self.push(whole, InlineKind::Math { text: literal, span, set: None }, out);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one element, all of different types")]
    fn marked(
        &mut self,
        node: Node<'_>,
        width: usize,
        marks: &[u8],
        hint: Range<usize>,
        within: &Range<usize>,
        kind: fn(Vec<Inline>) -> InlineKind,
        out: &mut Vec<Inline>,
    ) {
        let start = self.find(marks, &hint, within);
        self.cursor = self.boundary((start + width).min(within.end));
        self.fresh = false;
        let body = self.run(node, within);
        let bytes = self.input.text.as_bytes();
        let closes = bytes[self.cursor..within.end].iter().take(width).filter(|b| marks.contains(b)).count();
        let end = if closes == width { self.cursor + width } else { hint.end.clamp(self.cursor, within.end) };
        let end = self.boundary(end);
        if !body.is_empty() {
            self.push(start..end, kind(body), out);
        }
    }

    /// The range of a link or picture, attributes included.
    fn bracketed(&self, marks: &[u8], hint: Range<usize>, within: &Range<usize>) -> Range<usize> {
        let start = self.find(marks, &hint, within);
        let moved = (hint.end + start).saturating_sub(hint.start).clamp(start, within.end);
        let closes = |at: usize| at > start && matches!(self.input.text.as_bytes()[at - 1], b')' | b']' | b'}' | b'>');
        let end = [moved, hint.end].into_iter().find(|end| *end >= self.cursor && closes(*end));
        let end = end.unwrap_or_else(|| {
            let from = self.boundary(hint.end.max(start).min(within.end));
            self.input.text[from..within.end].find(')').map_or(from, |n| from + n + 1)
        });
        start..self.boundary(end)
    }

    fn link(
        &mut self,
        node: Node<'_>,
        link: &NodeLink,
        hint: Range<usize>,
        within: &Range<usize>,
        out: &mut Vec<Inline>,
    ) {
        let range = self.bracketed(b"[<", hint, within);
        self.cursor = (range.start + 1).min(range.end);
        self.fresh = false;
        let body = self.run(node, &range);
        self.cursor = self.cursor.max(range.end);
        self.odd_attributes(&range);
        if !link.title.is_empty() {
            self.typed.link_titles.push(range.clone());
        }
        self.linked(&link.url, body, range.clone(), out);
        self.paged(node, range, out);
    }

    /// Adds a link; without a body it shows the number or the address that it leads to.
    pub(super) fn linked(&mut self, url: &str, mut body: Vec<Inline>, range: Range<usize>, out: &mut Vec<Inline>) {
        if let Some(target) = super::targets::read(url) {
            let kind = match target.place().filter(|_| body.is_empty()) {
                Some(place) => InlineKind::Ref { target: place.to_owned(), shows: Shows::Number },
                None => InlineKind::Link { target, body },
            };
            return self.push(range, kind, out);
        }
        let lower = url.to_ascii_lowercase();
        let schemes = ["https://", "http://", "mailto:"];
        let known = schemes.iter().any(|s| lower.starts_with(s) && lower.len() > s.len());
        if !known || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
            let hint = msg!(
                "link to an https, http or mailto address; inside the book write `[text](#id)` or `[text](chapter#id)`"
            );
            self.error(range.clone(), msg!("a link cannot lead to `{url}`", url), hint);
            if body.is_empty() {
                return;
            }
            return self.push(range, InlineKind::Link { target: LinkTarget::Refused(url.to_owned()), body }, out);
        }
        if body.is_empty() {
            let span = self.span(range.clone());
            body.push(Inline { span, kind: InlineKind::Text(url.to_owned()) });
        }
        self.push(range, InlineKind::Link { target: LinkTarget::Url(url.to_owned()), body }, out);
    }

    /// Reports a brace after a link or picture that comrak could not read as attributes.
    pub(super) fn odd_attributes(&mut self, range: &Range<usize>) {
        if !self.input.text[range.end..].starts_with('{') {
            return;
        }
        match super::attrs::read(self.input.text, range.end) {
            Ok(found) => {
                let hint =
                    msg!("use only letters a to z, digits, `-`, `_`, `:`, `.` and `%`, or put the value in quotes");
                self.error(range.end..found.end, msg!("these attributes cannot be read"), hint);
            }
            Err(bad) => {
                let place = bad.range.start..self.first_line(&bad.range).end;
                self.error(place, msg!("these attributes cannot be read"), bad.hint);
            }
        }
    }

    /// A line break in the file: nothing between Chinese characters, else one space.
    fn soft_break(&mut self, node: Node<'_>, within: &Range<usize>, out: &mut Vec<Inline>) {
        if self.verse {
            return self.line_break(within, out);
        }
        let range = self.newline(within);
        self.cursor = range.end;
        self.fresh = true;
        if cjk::joins(self.last, next_char(node), self.input.lang) {
            return;
        }
        self.last = Some(' ');
        out.push(Inline { span: self.span(range), kind: InlineKind::Text(" ".to_owned()) });
    }

    fn line_break(&mut self, within: &Range<usize>, out: &mut Vec<Inline>) {
        let start = self.cursor;
        let newline = self.newline(within);
        self.last = None;
        self.push(start..newline.end.max(start), InlineKind::LineBreak, out);
        self.fresh = true;
    }

    /// The next line break from the cursor on.
    fn newline(&self, within: &Range<usize>) -> Range<usize> {
        let bytes = self.input.text.as_bytes();
        let from = self.cursor.min(within.end);
        let Some(start) = (from..within.end).find(|&i| matches!(bytes[i], b'\n' | b'\r')) else {
            return from..from;
        };
        let both = bytes[start] == b'\r' && bytes.get(start + 1) == Some(&b'\n') && start + 2 <= within.end;
        start..start + 1 + usize::from(both)
    }
}

/// The first character of running text after a node in its paragraph.
fn next_char(node: Node<'_>) -> Option<char> {
    let mut at = Some(node);
    while let Some(current) = at {
        if let Some(next) = current.next_sibling() {
            if let Some(found) = first_char(next) {
                return found;
            }
            at = Some(next);
            continue;
        }
        let parent = current.parent()?;
        if parent.data().value.block() {
            return None;
        }
        at = Some(parent);
    }
    None
}

/// The first character that a node shows: `None` if it shows nothing, `Some(None)` if it shows no text.
fn first_char(node: Node<'_>) -> Option<Option<char>> {
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) if !text.is_empty() => return Some(text.chars().next()),
            NodeValue::Code(code) => return Some(code.literal.chars().next()),
            NodeValue::Math(_) | NodeValue::Image(_) | NodeValue::SoftBreak | NodeValue::LineBreak => {
                return Some(None);
            }
            _ => {}
        }
    }
    None
}
