//! A YAML tree whose nodes know where they stand.

use serde_yaml::Value;

use super::quoted;
use crate::source::Span;

/// A YAML value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its place: of a text without its quotes, of a collection from its first scalar to its last; where nothing is
    /// written, that of its key.
    pub(crate) span: Span,
    /// How it is written.
    pub(crate) style: Style,
    /// Its parts.
    pub(crate) kind: Kind,
}

/// What a node is made of.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// Nothing.
    Null,
    /// A word, number or text; words and numbers as written, so that `no`, `1.0` and a date stay what they are.
    Scalar(String),
    /// A list.
    Seq(Vec<Node>),
    /// A mapping in the order written.
    Map(Vec<(String, Span, Node)>),
}

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// A scalar without quotes.
    Plain {
        /// How many of its bytes stand on its first line.
        first: usize,
    },
    /// A scalar between quotation marks.
    Quoted,
    /// A scalar below `|` or `>`.
    Block,
    /// A collection between brackets.
    Flow,
    /// A collection by its indentation.
    Indented,
}

impl Node {
    /// The node as data of no known form: plain words become numbers and truth values where YAML takes them so.
    pub(crate) fn value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Scalar(text) if matches!(self.style, Style::Plain { .. }) => plain(text),
            Kind::Scalar(text) => Value::String(text.clone()),
            Kind::Seq(nodes) => Value::Sequence(nodes.iter().map(Node::value).collect()),
            Kind::Map(entries) => {
                let entry = |(key, _, node): &(String, Span, Node)| (Value::String(key.clone()), node.value());
                Value::Mapping(entries.iter().map(entry).collect())
            }
        }
    }

    /// The node as YAML on one line that any reader takes alike.
    pub(crate) fn written(&self) -> String {
        match &self.kind {
            Kind::Null => "null".to_owned(),
            Kind::Scalar(text) if self.value().is_string() => quoted(text),
            Kind::Scalar(text) => text.clone(),
            Kind::Seq(nodes) => format!("[{}]", nodes.iter().map(Node::written).collect::<Vec<_>>().join(", ")),
            Kind::Map(entries) => {
                let entry = |(key, _, node): &(String, Span, Node)| format!("{}: {}", quoted(key), node.written());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// What a plain word stands for. `serde_yaml` decides, and is given nothing that could be more than one word.
fn plain(text: &str) -> Value {
    let word = text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'));
    let read = if word { serde_yaml::from_str(text).ok() } else { None };
    match read {
        Some(value @ (Value::Bool(_) | Value::Number(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}
