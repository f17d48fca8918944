//! XML of strangers as a tree, and text as XML.
//!
//! What is read is bounded in size, number and depth, so that whoever walks the tree may call itself. Nothing is fetched: a
//! declaration of entities is refused, and so is each entity beside the five that XML has by itself.

mod read;
mod write;

use std::ops::Range;

pub(super) use read::{Doctype, read};
pub(super) use write::{attribute, can_carry, id, of_id, text};

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: String,
    /// Whether it is of another vocabulary than the root.
    pub(super) is_foreign: bool,
    /// Attributes by their names with prefixes, as they are written.
    attributes: Vec<(String, String)>,
    /// What it holds.
    pub(super) children: Vec<Node>,
    /// From its first tag to the end of its last.
    pub(super) at: Range<usize>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    /// Another element.
    Element(Element),
    /// Text; two texts may stand beside each other.
    Text(String),
}

impl Element {
    /// An attribute without a prefix, or by its name with one.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it that are of the vocabulary of the root.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        let elements = self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        });
        elements.filter(|element| !element.is_foreign)
    }

    /// The first element of a name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The elements of a name in it, in containers within it too, in their order.
    pub(super) fn within<'a>(&'a self, name: &str, containers: &[&str]) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            } else if containers.contains(&element.name.as_str()) {
                found.extend(element.within(name, containers));
            }
        }
        found
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let parts = self.children.iter().map(|node| match node {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.clone(),
        });
        parts.collect()
    }
}

#[cfg(test)]
mod tests;
