//! From XML to the tree.

use std::ops::Range;

use quick_xml::events::BytesStart;

use super::stream::{self, Doctype, Part, attributes};
use super::{Element, Node};
use crate::foreign::{Fault, bounds};
use crate::message::Message;

/// Reads a file.
///
/// # Errors
/// Says where and why it is refused: it is no XML, or over a bound, or wants to declare something.
pub(crate) fn whole(text: &str, doctype: Doctype) -> Result<Element, Fault> {
    let mut tree = Tree::default();
    stream::read(text, doctype, &mut |part, at| {
        match part {
            Part::Open(tag) => {
                let element = tree.element(tag, at)?;
                tree.open.push(element);
            }
            Part::Close => tree.close(at.end),
            Part::Text(text) => {
                if let Some(element) = tree.open.last_mut() {
                    element.push_text(&text);
                }
            }
        }
        Ok(())
    })?;
    tree.root.ok_or_else(|| Fault { at: Some(0..text.len()), ..msg!("there is no XML in it").into() })
}

/// The tree as far as it is read.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    /// The namespace of the root.
    own: Option<String>,
    elements: usize,
}

impl Tree {
    /// An element as its first tag begins it.
    fn element(&mut self, tag: &BytesStart<'_>, at: Range<usize>) -> Result<Element, Message> {
        self.elements += 1;
        if self.elements > bounds::ELEMENTS {
            return Err(msg!("it has more than {limit} elements", limit = bounds::ELEMENTS));
        }
        let attributes = attributes(tag)?;
        let written = tag.name();
        let written: &str = written.as_ref();
        let (prefix, name) = written.split_once(':').map_or((None, written), |(prefix, name)| (Some(prefix), name));
        let namespace = self.namespace(prefix, &attributes);
        let is_first = self.open.is_empty() && self.root.is_none();
        let is_foreign = !is_first && namespace != self.own.as_deref();
        if is_first {
            self.own = namespace.map(str::to_owned);
        }
        Ok(Element { name: name.to_owned(), is_foreign, attributes, children: Vec::new(), at })
    }

    /// The namespace of a prefix in an element with these attributes. A prefix that is declared nowhere is one of its own.
    fn namespace<'a>(&'a self, prefix: Option<&'a str>, own: &'a [(String, String)]) -> Option<&'a str> {
        let declares = |name: &str| match (name.strip_prefix("xmlns"), prefix) {
            (Some(""), None) => true,
            (Some(rest), Some(prefix)) => rest.strip_prefix(':') == Some(prefix),
            _ => false,
        };
        let outer = self.open.iter().rev().map(|element| element.attributes.as_slice());
        let declared = std::iter::once(own).chain(outer).flatten().find(|(name, _)| declares(name));
        declared.map(|(_, value)| value.as_str()).or(prefix).filter(|namespace| !namespace.is_empty())
    }

    fn close(&mut self, end: usize) {
        let Some(mut element) = self.open.pop() else { return };
        element.at.end = end;
        match self.open.last_mut() {
            Some(outer) => outer.children.push(Node::Element(element)),
            None if self.root.is_none() => self.root = Some(element),
            None => {}
        }
    }
}
