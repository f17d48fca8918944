//! XHTML as a tree. It is read as it comes: what is not well-formed costs its place and no text.
//!
//! **Invariant:** the tree is at most [`DEPTH`] deep, so that whoever walks it may call itself.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entities;

/// Deepest nesting of elements; what is deeper stands in the last element that is not.
const DEPTH: usize = 100;
/// Most elements of a page.
const ELEMENTS: usize = 1_000_000;
/// Most places of a page at which reading begins anew.
const FAULTS: usize = 2000;

/// Elements of HTML that never hold anything.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without a prefix, in small letters.
    pub(super) name: String,
    /// Attributes with their names as they are written.
    pub(super) attributes: Vec<(String, String)>,
    /// What it holds.
    pub(super) children: Vec<Node>,
    /// From its first tag to the end of its last, in the source.
    pub(super) at: Range<usize>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    /// Another element.
    Element(Element),
    /// Text, with all its spaces.
    Text(String),
}

/// A page that was read.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// An element without a name that holds all.
    pub(super) root: Element,
    /// The place of the first fault, if it is not well-formed.
    pub(super) fault: Option<usize>,
}

impl Element {
    /// An attribute, by its name as it is written.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether one of the words of an attribute is one of these.
    pub(super) fn says(&self, name: &str, words: &[&str]) -> bool {
        self.attribute(name).is_some_and(|value| value.split_ascii_whitespace().any(|word| words.contains(&word)))
    }

    /// Whether it is something by its `epub:type` or its role.
    pub(super) fn is(&self, types: &[&str]) -> bool {
        let role = self.attribute("role").and_then(|role| role.strip_prefix("doc-"));
        self.says("epub:type", types) || role.is_some_and(|role| types.contains(&role))
    }

    /// Its id; older pages name places otherwise.
    pub(super) fn id(&self) -> Option<&str> {
        let name = || self.attribute("name").filter(|_| self.name == "a");
        self.attribute("id").or_else(name).filter(|id| !id.is_empty())
    }

    /// The elements directly in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// The first element of a name anywhere in it.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }

    /// Every element of a name anywhere in it.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.all(name, found);
        }
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
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
}

impl Node {
    /// The element that it is.
    pub(super) fn element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }
}

/// Reads a page.
pub(super) fn read(text: &str) -> Tree {
    let mut building = Building::default();
    let mut from = 0;
    for _ in 0..FAULTS {
        let Some(fault) = building.read(text, from) else { return building.finish(text.len()) };
        // The sign at which it stopped is text.
        let next = text.ceil_char_boundary((fault + 1).min(text.len()));
        building.fault.get_or_insert(fault);
        building.text(text.get(fault..next).unwrap_or_default());
        from = next;
    }
    building.text(text.get(from..).unwrap_or_default());
    building.finish(text.len())
}

#[derive(Default)]
struct Building {
    open: Vec<Element>,
    root: Element,
    /// The names of open elements that are too deep.
    deeper: Vec<String>,
    elements: usize,
    fault: Option<usize>,
}

impl Building {
    /// Reads from a place to the end, or to a fault, whose place it gives.
    fn read(&mut self, text: &str, from: usize) -> Option<usize> {
        let body = text.get(from..).unwrap_or_default();
        let mut reader = Reader::from_str(body);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let at = |reader: &Reader<&[u8]>| from + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let start = at(&reader);
            match reader.read_event() {
                Ok(Event::Eof) => return None,
                Ok(event) => {
                    let end = at(&reader);
                    if is_sign(&event, text.get(start..end).unwrap_or_default()) {
                        return Some(start);
                    }
                    self.take(event, start..end);
                }
                Err(_) => {
                    let error = from + usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                    return Some(text.floor_char_boundary(error.clamp(start, text.len())));
                }
            }
        }
    }

    fn take(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, at),
            Event::Empty(tag) => {
                let element = element(&tag, at);
                self.add(Node::Element(element));
            }
            Event::End(tag) => self.end(&local(tag.name().as_ref()), at),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                match entities::resolve(name) {
                    Some(c) => self.text(c.encode_utf8(&mut [0; 4])),
                    None => self.text(&format!("&{name};")),
                }
            }
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Eof => {}
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: Range<usize>) {
        let element = element(tag, at);
        self.elements += 1;
        if VOID.contains(&element.name.as_str()) {
            self.add(Node::Element(element));
        } else if self.open.len() >= DEPTH || self.elements > ELEMENTS {
            self.fault.get_or_insert(element.at.start);
            self.deeper.push(element.name);
        } else {
            self.open.push(element);
        }
    }

    fn end(&mut self, name: &str, at: Range<usize>) {
        if self.deeper.pop().is_some() || VOID.contains(&name) {
            return;
        }
        let Some(place) = self.open.iter().rposition(|element| element.name == name) else {
            self.fault.get_or_insert(at.start);
            return;
        };
        if place + 1 < self.open.len() {
            self.fault.get_or_insert(at.start);
        }
        while self.open.len() > place {
            self.close(at.end);
        }
    }

    fn close(&mut self, end: usize) {
        if let Some(mut element) = self.open.pop() {
            element.at.end = end;
            self.add(Node::Element(element));
        }
    }

    fn text(&mut self, text: &str) {
        let element = self.open.last_mut().unwrap_or(&mut self.root);
        match element.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => element.children.push(Node::Text(text.to_owned())),
        }
    }

    fn add(&mut self, node: Node) {
        self.open.last_mut().unwrap_or(&mut self.root).children.push(node);
    }

    fn finish(mut self, end: usize) -> Tree {
        if let Some(open) = self.open.first() {
            self.fault.get_or_insert(open.at.start);
        }
        while !self.open.is_empty() {
            self.close(end);
        }
        Tree { root: self.root, fault: self.fault }
    }
}

/// Whether a `<` is only a sign: no name stands behind it, or another `<` before the end of the tag.
fn is_sign(event: &Event<'_>, tag: &str) -> bool {
    let is_tag = matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_));
    let begins = |c: char| c.is_alphabetic() || matches!(c, '_' | '/');
    is_tag && tag.strip_prefix('<').is_some_and(|rest| rest.contains('<') || !rest.starts_with(begins))
}

/// A name without its prefix.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn element(tag: &BytesStart<'_>, at: Range<usize>) -> Element {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let key: &str = attribute.key.as_ref();
        attributes.push((key.to_owned(), entities::resolved(&attribute.value)));
    }
    Element { name: local(tag.name().as_ref()), attributes, children: Vec::new(), at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_well_formed_loses_no_text() {
        for (text, said) in [
            ("<p>a &lt;b&nbsp;c</p>", "a <b\u{a0}c"),
            ("<p>a<br>b<i>c</p>d", "abcd"),
            ("a < b & c</p>d", "a < b & cd"),
            ("<p>一<![CDATA[<二>]]><!-- x -->三", "一<二>三"),
            ("<!DOCTYPE html><p>&bogus;", "&bogus;"),
        ] {
            assert_eq!(read(text).root.text(), said, "{text}");
        }
        assert!(read("<p>a<i>b</i></p>").fault.is_none());
        assert_eq!(read("<p>a<i>b</p>").fault, Some(8));
    }

    #[test]
    fn what_is_too_deep_keeps_its_text() {
        let text = format!("{}x{}y", "<div>".repeat(5000), "</div>".repeat(5000));
        assert_eq!(read(&text).root.text(), "xy");
    }
}
