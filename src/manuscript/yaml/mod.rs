//! The one door to YAML: a tree whose every node knows its place, or findings in the program's own words.
//!
//! Size and characters are looked at on the text itself; depth, anchors, aliases, tags and second documents are refused
//! as the parser's events arrive, before anything could be expanded.

mod doubts;
mod fields;
mod node;
mod reader;
mod slip;
mod stop;
mod widths;

pub(crate) use fields::{Entry, Fields};
pub(crate) use node::{Kind, Node, Style};
pub(crate) use slip::code_point;
pub(crate) use widths::explain;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use slip::Slip;

/// Longest YAML text accepted, in bytes.
pub(crate) const MAX_BYTES: usize = 256 * 1024;
/// Deepest nesting of lists and mappings accepted.
pub(crate) const MAX_DEPTH: usize = 32;

/// A piece of a source file that holds YAML.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area<'a> {
    /// The file.
    pub(crate) file: FileId,
    /// The YAML.
    pub(crate) text: &'a str,
    /// Where `text` begins in the file, in bytes.
    pub(crate) base: usize,
}

impl Area<'_> {
    /// A span of the file for a range of the YAML text.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// The range of the YAML text for a span of the file.
    fn range(&self, span: Span) -> std::ops::Range<usize> {
        span.start.saturating_sub(self.base)..span.end.saturating_sub(self.base)
    }

    /// The YAML text under a span of the file.
    fn written(&self, span: Span) -> &str {
        self.text.get(self.range(span)).unwrap_or_default()
    }

    /// The first line that says something, for messages about the whole text.
    pub(crate) fn whole(&self) -> Span {
        let start = self.text.len() - self.text.trim_start().len();
        let end = self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |n| start + n);
        self.span(start..end)
    }
}

/// A text without the byte order mark that may begin it, for `serde_yaml`, which takes the mark for a document of its own.
pub(crate) fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A text in double quotes, as JSON and YAML both read it.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is always JSON")
}

/// Parses YAML. `None` when it cannot be read; the reason is then in `sink`, as is what it hardly means.
pub(crate) fn parse(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut slips: Vec<Slip> = slip::of_characters(area.text).into_iter().collect();
    let mut node = if slips.is_empty() { reader::read(area, &mut slips) } else { None };
    if let Some(node) = &node {
        doubts::look(node, area, &mut slips);
    }
    if slips.iter().any(Slip::is_error) {
        node = None;
    }
    sink.extend(slips.into_iter().map(|slip| slip.diagnostic(area)));
    node
}

#[cfg(test)]
mod tests;
