//! What YAML reads without complaint, though hardly as its author meant it.

use super::node::{Kind, Node, Style};
use super::slip::Slip;
use super::{Area, stop};
use crate::source::Span;

/// Looks over a tree that was read from `area`.
pub(super) fn look(node: &Node, area: Area<'_>, found: &mut Vec<Slip>) {
    let mut doubts = Doubts { area, found };
    doubts.node(node);
}

struct Doubts<'a> {
    area: Area<'a>,
    found: &'a mut Vec<Slip>,
}

impl Doubts<'_> {
    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::Null => {}
            Kind::Scalar(_) => self.plain(node, Slip::into_doubt),
            Kind::Seq(nodes) => {
                for item in nodes {
                    match item.kind {
                        // Below an item a hyphen is meant for another one.
                        Kind::Scalar(_) => self.plain(item, std::convert::identity),
                        _ => self.node(item),
                    }
                    self.comma(node, item);
                }
            }
            Kind::Map(entries) => {
                for (key, place, value) in entries {
                    self.node(value);
                    self.key(key, *place, node.style, value);
                    self.empty(*place, value);
                }
            }
        }
    }

    /// A text on one line or several, without quotes. `graded` says how grave a hyphen is that begins a line of it.
    fn plain(&mut self, node: &Node, graded: fn(Slip) -> Slip) {
        if !matches!(node.style, Style::Plain { .. }) {
            return;
        }
        let range = self.area.range(node.span);
        self.comment(range.end);
        let mut start = range.start;
        let lines: Vec<&str> = self.area.written(node.span).split_inclusive(['\n', '\r']).collect();
        let mut slips = Vec::new();
        for (number, line) in lines.into_iter().enumerate() {
            let content = line.trim();
            let at = start + line.len() - line.trim_start().len();
            if number > 0 && content.starts_with("- ") {
                let hint = msg!("align it with the list items it belongs to, or quote the text");
                let message = msg!("this ‘-’ does not start a list item: the line continues the text above");
                slips.push(graded(Slip::error(at..at + 1, message, hint)));
            } else if number > 0 && is_known_form(content) {
                slips.extend(stop::key(content, at).map(Slip::into_doubt));
            }
            start += line.len();
        }
        self.found.append(&mut slips);
    }

    /// A comment after a value that looks as if it were part of the value: no space follows its hash.
    fn comment(&mut self, end: usize) {
        let rest = self.area.text.get(end..).unwrap_or_default();
        let rest = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        let comment = rest.trim();
        let gap = rest.len() - rest.trim_start().len();
        let glued = comment.strip_prefix('#').and_then(|words| words.chars().next());
        if gap == 0 || glued.is_none_or(|next| next.is_whitespace() || next.is_ascii_punctuation()) {
            return;
        }
        let range = end + gap..end + gap + comment.len();
        let message = msg!("‘{comment}’ is read as a comment, not as part of the value", comment);
        let hint = msg!("quote the whole value, or put a space after ‘#’ if it is a comment");
        self.found.push(Slip::doubt(range, message, hint));
    }

    fn key(&mut self, key: &str, place: Span, style: Style, value: &Node) {
        let at = self.area.range(place).start;
        if let Some(blank) = key.chars().next().filter(|first| first.is_whitespace() && !first.is_ascii()) {
            self.found.push(stop::wide_blank(at, blank));
        }
        // In braces a key may stand alone, so what was glued to its colon is part of the key.
        if style == Style::Flow && value.span == place && self.area.written(place) == key {
            self.found.extend(stop::key(key, at));
        }
    }

    /// A key whose value is hidden behind a hash, or a block of text without text.
    fn empty(&mut self, place: Span, value: &Node) {
        let end = self.area.range(place).end;
        let rest = self.area.text.get(end..).unwrap_or_default();
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let Some(after) = rest.strip_prefix(':') else { return };
        let at = self.area.text.len() - after.len();
        match &value.kind {
            Kind::Null if value.span == place => self.comment(at),
            Kind::Scalar(text) if value.style == Style::Block && text.trim().is_empty() => {
                let range = stop::word(self.area.text, at + after.len() - after.trim_start().len());
                let header = self.area.text.get(range.clone()).unwrap_or_default();
                let message = msg!("the text block that ‘{header}’ starts is empty", header);
                let hint = msg!("quote the value if the sign belongs to it; otherwise indent the text below it");
                self.found.push(Slip::doubt(range, message, hint));
            }
            _ => {}
        }
    }

    /// A comma between the items of a list that does not part them.
    fn comma(&mut self, list: &Node, item: &Node) {
        if list.style != Style::Flow || !matches!(item.style, Style::Plain { .. }) {
            return;
        }
        let written = self.area.written(item.span);
        let Some(at) = written.find(['，', '、']) else { return };
        let sign = written[at..].chars().next().unwrap_or_default();
        let start = self.area.range(item.span).start;
        self.found.push(stop::comma(start + at, sign).into_doubt());
    }
}

/// Whether a line begins as the keys of a manuscript's files do: in small letters.
fn is_known_form(line: &str) -> bool {
    let key = line.split([':', '：']).next().unwrap_or_default();
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !key.starts_with('-')
}
