//! XML of strangers, and text as XML.
//!
//! One tree, made in two ways: of XML that must be right ([`whole()`]), and of pages of XHTML as they come ([`page`]). What is read
//! is bounded in size, number and depth, so that whoever walks the tree may call itself. Nothing is fetched: a declaration of
//! entities is refused, and so is each entity beside the five that XML has by itself; pages know those that HTML names.

pub(crate) mod entities;
pub(crate) mod page;
pub(crate) mod stream;
mod whole;
mod write;

use std::ops::Range;

pub(crate) use stream::Doctype;
pub(crate) use whole::whole;
pub(crate) use write::{attribute, can_carry, id, legal, of_id, text};

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its name, without a prefix; in a page, in small letters.
    pub(crate) name: String,
    /// Whether it is of another vocabulary than the root. Pages do not ask.
    pub(crate) is_foreign: bool,
    /// Attributes by their names with prefixes, as they are written.
    pub(crate) attributes: Vec<(String, String)>,
    /// What it holds.
    pub(crate) children: Vec<Node>,
    /// From its first tag to the end of its last.
    pub(crate) at: Range<usize>,
}

/// What stands in an element.
#[derive(Debug)]
pub(crate) enum Node {
    /// Another element.
    Element(Element),
    /// Text, with all its spaces.
    Text(String),
}

impl Element {
    /// An attribute, by its name as it is written.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// An attribute by its name without a prefix, whatever prefix it has.
    pub(crate) fn local(&self, name: &str) -> Option<&str> {
        let is_it = |known: &str| known.rsplit(':').next() == Some(name);
        self.attributes.iter().find(|(known, _)| is_it(known)).map(|(_, value)| value.as_str())
    }

    /// The elements directly in it.
    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// The elements directly in it that are of the vocabulary of the root.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Element> {
        self.elements().filter(|element| !element.is_foreign)
    }

    /// The first element of a name directly in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The first of a name directly in it that is of the vocabulary of the root.
    pub(crate) fn own_child(&self, name: &str) -> Option<&Element> {
        self.own().find(|element| element.name == name)
    }

    /// Those of a name and of the vocabulary of the root, in containers within it too, in their order.
    pub(crate) fn within<'a>(&'a self, name: &str, containers: &[&str]) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for element in self.own() {
            if element.name == name {
                found.push(element);
            } else if containers.contains(&element.name.as_str()) {
                found.extend(element.within(name, containers));
            }
        }
        found
    }

    /// The first element of a name anywhere in it.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }

    /// Every element of a name anywhere in it.
    pub(crate) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.all(name, found);
        }
    }

    /// All text in it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.add_text(out),
                Node::Text(text) => out.push_str(text),
            }
        }
    }

    /// The text directly in it.
    pub(crate) fn own_text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Text(text) => Some(text.clone()),
            Node::Element(_) => None,
        };
        self.children.iter().filter_map(text).collect()
    }

    /// Adds text at the end; what stands there already is continued.
    fn push_text(&mut self, text: &str) {
        match self.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => self.children.push(Node::Text(text.to_owned())),
        }
    }
}

impl Node {
    /// The element that it is.
    pub(crate) fn element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }

    /// The element that it is, itself.
    pub(crate) fn into_element(self) -> Option<Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
