//! The one door to `serde_yaml`: a gate that refuses dangerous text, then a tree whose every node knows its place.
//!
//! `serde_yaml` expands aliases before anyone can count them, so the text is scanned first: size, depth,
//! anchors, aliases, tags and second documents are refused on the text itself.

mod fields;
mod gate;
mod node;

pub(crate) use fields::{Entry, Fields};
pub(crate) use node::{Kind, Node};

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Longest YAML text accepted, in bytes.
pub(crate) const MAX_BYTES: usize = 256 * 1024;
/// Deepest nesting of lists and mappings accepted.
pub(crate) const MAX_DEPTH: usize = 32;

/// The name under which trouble with YAML is reported.
pub(crate) const CHECK: &str = "yaml";

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

    /// The first line that says something, for messages about the whole text.
    pub(crate) fn whole(&self) -> Span {
        let start = self.text.len() - self.text.trim_start().len();
        let end = self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |n| start + n);
        self.span(start..end)
    }
}

/// Parses YAML behind the gate. `None` when it was refused; the reason is then in `sink`.
pub(crate) fn parse(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    let tokens = match gate::scan(area.text) {
        Ok(tokens) => tokens,
        Err(refusal) => {
            sink.push(refusal.diagnostic(area));
            return None;
        }
    };
    match serde_yaml::from_str::<serde_yaml::Value>(area.text) {
        Ok(value) => Some(node::build(value, &tokens, area)),
        Err(error) => {
            sink.push(syntax_error(&error, area));
            None
        }
    }
}

/// Passes text through the gate alone, for callers that hand it to another reader of YAML.
pub(crate) fn admit(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> bool {
    match gate::scan(area.text) {
        Ok(_) => true,
        Err(refusal) => {
            sink.push(refusal.diagnostic(area));
            false
        }
    }
}

/// A `serde_yaml` error as a finding at its own line and column.
fn syntax_error(error: &serde_yaml::Error, area: Area<'_>) -> Diagnostic {
    let (span, message) = located(error, area);
    Diagnostic::error(CHECK, format!("this is not well-formed YAML: {message}"))
        .at(span)
        .hint("put quotes around a value that holds ‘: ’ or ‘ #’, and indent with spaces")
}

/// The same for an entry of the bibliography that is YAML but not in Hayagriva's form.
pub(crate) fn reference_error(error: &serde_yaml::Error, area: Area<'_>) -> Diagnostic {
    let (span, message) = located(error, area);
    Diagnostic::error("references", format!("the references cannot be read: {message}"))
        .at(span)
        .hint("write entries in the form of Hayagriva: ‘key:’ and under it type, title, author, date")
}

/// Where an error is, and what it says without its line and column.
fn located(error: &serde_yaml::Error, area: Area<'_>) -> (Span, String) {
    let span = error.location().map_or(area.whole(), |at| {
        let start = floor(area.text, at.index());
        let end = area.text[start..].find(['\n', '\r']).map_or(area.text.len(), |n| start + n);
        area.span(start..end)
    });
    let message = error.to_string();
    let message = match message.find(" at line ") {
        Some(cut) => message[..cut].to_owned(),
        None => message,
    };
    (span, message)
}

fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

#[cfg(test)]
mod tests;
