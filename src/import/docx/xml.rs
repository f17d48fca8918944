//! A part of a package as a tree. Names are without their prefixes: what Word, WPS and LibreOffice write is told apart by them.

use crate::exchange::forms::bounded::{self, DocumentType, Part};
use crate::message::Message;

/// Most elements of a part: a book of a thousand pages has a million.
const MOST: usize = 4_000_000;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Child {
    Node(Node),
    Text(String),
}

impl Node {
    /// Reads a part.
    pub(super) fn read(xml: &str) -> Result<Self, Message> {
        let mut open = vec![Node::default()];
        let mut count = 0usize;
        bounded::read(xml, DocumentType::Refused, &mut |part| {
            match part {
                Part::Open(tag) => {
                    count += 1;
                    if count > MOST {
                        return Err(msg!("it has more than {limit} elements", limit = MOST));
                    }
                    let mut written = tag.attributes();
                    let attributes = written.with_checks(false).flatten().filter_map(|attribute| {
                        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
                        Some((attribute.key.local_name().as_ref().to_owned(), value.into_owned()))
                    });
                    open.push(Node {
                        name: tag.local_name().as_ref().to_owned(),
                        attributes: attributes.collect(),
                        children: Vec::new(),
                    });
                }
                Part::Close => {
                    if let Some(node) = open.pop()
                        && let Some(parent) = open.last_mut()
                    {
                        parent.children.push(Child::Node(node));
                    }
                }
                Part::Text(text) => {
                    let Some(node) = open.last_mut() else { return Ok(()) };
                    match node.children.last_mut() {
                        Some(Child::Text(before)) => before.push_str(&text),
                        _ => node.children.push(Child::Text(text.into_owned())),
                    }
                }
            }
            Ok(())
        })?;
        Ok(open.into_iter().next().unwrap_or_default())
    }

    /// The elements directly in this one.
    pub(super) fn nodes(&self) -> impl DoubleEndedIterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The first element of a name directly in this one.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name == name)
    }

    /// The first element of a name anywhere inside.
    pub(super) fn find(&self, name: &str) -> Option<&Node> {
        self.nodes().find_map(|node| if node.name == name { Some(node) } else { node.find(name) })
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The attribute `val` of an element directly in this one.
    pub(super) fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.get("val")
    }

    /// Whether a property that is on or off is on; `None` where nothing is said.
    pub(super) fn toggle(&self, name: &str) -> Option<bool> {
        let node = self.child(name)?;
        Some(!matches!(node.get("val"), Some("0" | "false" | "off" | "none")))
    }

    /// The text directly in this element.
    pub(super) fn own_text(&self) -> String {
        let text = |child: &Child| match child {
            Child::Text(text) => Some(text.clone()),
            Child::Node(_) => None,
        };
        self.children.iter().filter_map(text).collect()
    }

    /// The text of all runs inside, deleted ones too.
    pub(super) fn all_text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        if matches!(self.name.as_str(), "t" | "delText") {
            out.push_str(&self.own_text());
        }
        self.nodes().for_each(|node| node.push_text(out));
    }
}
