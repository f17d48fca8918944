//! Taking a mapping apart key by key, so that every trouble is reported at its own place.

use super::{CHECK, Kind, Node};
use crate::diagnostic::{Diagnostic, nearest};
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

/// The entries of a mapping that nobody has taken yet.
#[derive(Debug)]
pub(crate) struct Fields {
    entries: Vec<(String, Span, Node)>,
    asked: Vec<&'static str>,
    span: Span,
}

impl Fields {
    /// Opens a mapping. Anything else is reported; nothing at all counts as an empty mapping.
    pub(crate) fn open(node: Node, what: &str, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let span = node.span;
        match node.kind {
            Kind::Map(entries) => Some(Self { entries, asked: Vec::new(), span }),
            Kind::Null => Some(Self { entries: Vec::new(), asked: Vec::new(), span }),
            _ => {
                sink.push(expected(what, "keys with values, one ‘key: value’ on a line", span));
                None
            }
        }
    }

    /// The place of the mapping.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Takes a key's entry, if the author wrote it and gave it a value.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Entry> {
        self.asked.push(key);
        let at = self.entries.iter().position(|(name, _, _)| name == key)?;
        let (_, key_span, node) = self.entries.remove(at);
        (!matches!(node.kind, Kind::Null)).then_some(Entry { key_span, node })
    }

    /// Takes a key whose value must be one text.
    pub(crate) fn text(&mut self, key: &'static str, sink: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let entry = self.take(key)?;
        entry.node.text(&format!("‘{key}’"), sink)
    }

    /// All entries left, with their keys.
    pub(crate) fn rest(self) -> Vec<(String, Span, Node)> {
        self.entries
    }

    /// Reports the entries left as unknown keys.
    pub(crate) fn finish(self, what: &str, sink: &mut Vec<Diagnostic>) {
        for (key, span, _) in &self.entries {
            let found = Diagnostic::error(CHECK, format!("{what} has no key ‘{key}’")).at(*span);
            sink.push(match nearest(key, self.asked.iter().copied()) {
                Some(near) => found.hint(format!("did you mean ‘{near}’?")),
                None => found.hint(format!("the keys are {}", self.asked.join(", "))),
            });
        }
    }
}

impl Node {
    /// The node as one text; anything else is reported.
    pub(crate) fn text(self, what: &str, sink: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        match self.kind {
            Kind::Scalar(value) => Some(Spanned { value, span: self.span }),
            _ => {
                sink.push(expected(what, "one text", self.span));
                None
            }
        }
    }

    /// The node as a list; anything else is reported.
    pub(crate) fn list(self, what: &str, sink: &mut Vec<Diagnostic>) -> Vec<Node> {
        match self.kind {
            Kind::Seq(nodes) => nodes,
            _ => {
                sink.push(expected(what, "a list, as in [a, b]", self.span));
                Vec::new()
            }
        }
    }
}

fn expected(what: &str, form: &str, span: Span) -> Diagnostic {
    Diagnostic::error(CHECK, format!("{what} must be {form}")).at(span)
}
