//! Takes a mapping apart key by key, so that each problem is reported at its own place.

use super::node::Style;
use super::{Area, Kind, Node, stop};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::manuscript::typed;
use crate::message::{List, Message};
use crate::model::Spanned;
use crate::source::Span;

/// One key with its value.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The key's place.
    pub(crate) key_span: Span,
    /// The value.
    pub(crate) node: Node,
}

/// A key without a value.
#[derive(Debug)]
struct Empty {
    key: String,
    key_span: Span,
    /// The place of the word that stands for no value, such as `null`; else that of the key.
    span: Span,
}

/// The entries of a mapping that have not been taken yet.
#[derive(Debug)]
pub(crate) struct Fields {
    entries: Vec<(String, Span, Node)>,
    asked: Vec<&'static str>,
    /// Keys that the author wrote without a value.
    empty: Vec<Empty>,
    span: Span,
}

impl Fields {
    /// Opens a mapping. Anything else is reported; nothing at all counts as an empty mapping.
    pub(crate) fn open(node: Node, what: Message, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let span = node.span;
        let entries = match node.kind {
            Kind::Map(entries) => entries,
            Kind::Null => Vec::new(),
            kind => {
                let form = msg!("a mapping, with one `key: value` on each line");
                let otherwise = bracketed(expected(what, form, span), node.style);
                sink.push(slip(&kind, node.style, span).unwrap_or(otherwise));
                return None;
            }
        };
        Some(Self { entries, asked: Vec::new(), empty: Vec::new(), span })
    }

    /// The place of the mapping.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Takes a key's entry, if the author wrote it and gave it a value.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Entry> {
        self.asked.push(key);
        let at = self.entries.iter().position(|(name, _, _)| name == key)?;
        let (name, key_span, node) = self.entries.remove(at);
        if matches!(node.kind, Kind::Null) {
            self.empty.push(Empty { key: name, key_span, span: node.span });
            return None;
        }
        Some(Entry { key_span, node })
    }

    /// What to report for a key that gave no value: that it has none, if the author wrote it, else `missing`.
    pub(crate) fn absent(&self, key: &str, missing: Diagnostic) -> Diagnostic {
        let Some(empty) = self.empty.iter().find(|empty| empty.key == key) else { return missing };
        let hint = if empty.span == empty.key_span {
            msg!("write it after the colon, or indented on the next lines")
        } else {
            msg!("YAML reads this word as no value: quote it if it is meant as text")
        };
        Diagnostic::error(missing.check, msg!("`{key}` has no value", key)).at(empty.span).hint(hint)
    }

    /// The place of a key that gave no value, if the author wrote it.
    pub(crate) fn empty(&self, key: &str) -> Option<Span> {
        self.empty.iter().find(|empty| empty.key == key).map(|empty| empty.span)
    }

    /// Takes a key whose value must be one text.
    pub(crate) fn text(&mut self, key: &'static str, sink: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let entry = self.take(key)?;
        entry.node.text(typed(key), sink)
    }

    /// All entries left, with their keys.
    pub(crate) fn rest(self) -> Vec<(String, Span, Node)> {
        self.entries
    }

    /// Reports the entries left as unknown keys.
    pub(crate) fn finish(self, what: &Message, sink: &mut Vec<Diagnostic>) {
        for (key, span, _) in &self.entries {
            let found = Diagnostic::error(codes::YAML, msg!("{what} has no key `{key}`", what, key)).at(*span);
            sink.push(match nearest(key, self.asked.iter().copied()) {
                Some(near) => found.hint(msg!("did you mean `{near}`?", near)),
                None => {
                    let keys = Message::list(List::And, self.asked.iter().map(|key| typed(key)));
                    found.hint(msg!("the keys are {keys}", keys))
                }
            });
        }
    }
}

impl Node {
    /// The node as one text; anything else is reported.
    pub(crate) fn text(self, what: Message, sink: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        match self.kind {
            Kind::Scalar(value) => Some(Spanned { value, span: self.span }),
            _ => {
                sink.push(bracketed(expected(what, msg!("a single value"), self.span), self.style));
                None
            }
        }
    }

    /// The slip that made one text of what should be a list or a mapping, if there is one.
    pub(crate) fn slip(&self) -> Option<Diagnostic> {
        slip(&self.kind, self.style, self.span)
    }

    /// The node as a list; anything else is reported.
    pub(crate) fn list(self, what: Message, sink: &mut Vec<Diagnostic>) -> Vec<Node> {
        match self.kind {
            Kind::Seq(nodes) => nodes,
            kind => {
                let found = expected(what, msg!("a list, such as `[a, b]`"), self.span);
                let otherwise = match kind {
                    Kind::Map(_) => found.hint(msg!("start each entry with `- `")),
                    _ => found,
                };
                sink.push(slip(&kind, self.style, self.span).unwrap_or(otherwise));
                Vec::new()
            }
        }
    }
}

/// The slip that made something else of what should be a list or a mapping.
fn slip(kind: &Kind, style: Style, span: Span) -> Option<Diagnostic> {
    let (text, span, known) = match (kind, style) {
        (Kind::Scalar(text), Style::Plain { first }) => (text, span, first),
        (Kind::Map(entries), _) => {
            let (key, place, _) = entries.first().filter(|(key, ..)| key.starts_with('-'))?;
            (key, *place, key.len())
        }
        _ => return None,
    };
    let found = stop::item(text, 0).or_else(|| stop::list(text, 0)).or_else(|| stop::key(text, 0))?;
    // After the first line the places of signs are lost: lines are folded into one.
    let exact = found.end() <= known;
    let found = found.diagnostic(Area { file: span.file, text, base: span.start });
    Some(if exact { found } else { found.at(span) })
}

/// Adds what to do where brackets are part of a text.
fn bracketed(found: Diagnostic, style: Style) -> Diagnostic {
    match style {
        Style::Flow => found.hint(msg!("quote it if the brackets belong to the text")),
        _ => found,
    }
}

fn expected(what: Message, form: Message, span: Span) -> Diagnostic {
    Diagnostic::error(codes::YAML, msg!("{what} must be {form}", what, form)).at(span)
}
