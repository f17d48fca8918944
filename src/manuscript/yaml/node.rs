//! A YAML tree whose nodes know where they stand: `serde_yaml`'s values joined with the scanner's scalars.

use serde_yaml::Value;

use super::Area;
use super::gate::{Style, Token};
use crate::source::Span;

/// A YAML value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The value as `serde_yaml` reads it.
    pub(crate) value: Value,
    /// Its place; of a collection, from its first scalar to its last.
    pub(crate) span: Span,
    /// Its parts.
    pub(crate) kind: Kind,
}

/// What a node is made of.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// Nothing.
    Null,
    /// A word, number or text, as read; numbers as written.
    Scalar(String),
    /// A list.
    Seq(Vec<Node>),
    /// A mapping in the order written.
    Map(Vec<(String, Span, Node)>),
}

/// Joins a parsed value with the scalars found in its text.
pub(super) fn build(value: Value, tokens: &[Token], area: Area<'_>) -> Node {
    Builder { tokens, next: 0, area, here: area.whole() }.node(value)
}

struct Builder<'a> {
    tokens: &'a [Token],
    next: usize,
    area: Area<'a>,
    /// The last place met: stands in for values that have none of their own.
    here: Span,
}

impl Builder<'_> {
    fn node(&mut self, value: Value) -> Node {
        match &value {
            Value::Null => {
                let written = self.peek().is_some_and(|t| matches!(t, "~" | "null" | "Null" | "NULL"));
                let span = if written { self.scalar("").0 } else { self.here };
                Node { value, span, kind: Kind::Null }
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                let read = value.as_str().unwrap_or_default().to_owned();
                let (span, written) = self.scalar(&read);
                let text = if value.is_string() { read } else { written.unwrap_or_else(|| plain(&value)) };
                Node { value, span, kind: Kind::Scalar(text) }
            }
            Value::Sequence(list) => {
                let nodes: Vec<Node> = list.iter().map(|v| self.node(v.clone())).collect();
                let span = hull(nodes.iter().map(|n| n.span)).unwrap_or(self.here);
                Node { value, span, kind: Kind::Seq(nodes) }
            }
            Value::Mapping(map) => {
                let mut entries = Vec::new();
                for (key, inner) in map {
                    let key = self.node(key.clone());
                    let name = match key.kind {
                        Kind::Scalar(name) => name,
                        _ => String::new(),
                    };
                    self.here = key.span;
                    entries.push((name, key.span, self.node(inner.clone())));
                }
                let span = hull(entries.iter().map(|(_, k, n)| k.to(n.span))).unwrap_or(self.here);
                Node { value, span, kind: Kind::Map(entries) }
            }
            // The gate lets no tag through.
            Value::Tagged(tagged) => self.node(tagged.value.clone()),
        }
    }

    fn peek(&self) -> Option<&str> {
        let token = self.tokens.get(self.next).filter(|t| t.style == Style::Plain)?;
        self.area.text.get(token.range.clone())
    }

    /// Takes the next scalar: its place without quotes where that shows the value itself, and its text if plain.
    fn scalar(&mut self, read: &str) -> (Span, Option<String>) {
        let Some(token) = self.tokens.get(self.next) else {
            return (self.here, None);
        };
        self.next += 1;
        let text = &self.area.text[token.range.clone()];
        let inner = text.len() >= 2
            && token.style == Style::Quoted
            && text.get(1..text.len() - 1).is_some_and(|inside| inside == read);
        let range = if inner {
            token.range.start + 1..token.range.end - 1
        } else {
            token.range.start..token.range.start + text.trim_end().len()
        };
        self.here = self.area.span(range);
        (self.here, (token.style == Style::Plain).then(|| text.to_owned()))
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    }
}

fn hull(mut spans: impl Iterator<Item = Span>) -> Option<Span> {
    let first = spans.next()?;
    Some(spans.fold(first, Span::to))
}
