//! XHTML as a tree. It is read as it comes: what is not well-formed costs its place and no text.
//!
//! **Invariant:** the tree is at most `PAGE_DEPTH` deep, so that whoever walks it may call itself.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Element, Node, entities};
use crate::foreign::bounds;

/// Elements of HTML that never hold anything.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// A page that was read.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// An element without a name that holds all.
    pub(crate) root: Element,
    /// The place of the first fault, if it is not well-formed.
    pub(crate) fault: Option<usize>,
}

/// Reads a page.
pub(crate) fn read(text: &str) -> Tree {
    let mut building = Building::default();
    let mut from = 0;
    for _ in 0..bounds::PAGE_FAULTS {
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
        } else if self.open.len() >= bounds::PAGE_DEPTH || self.elements > bounds::PAGE_ELEMENTS {
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
        self.open.last_mut().unwrap_or(&mut self.root).push_text(text);
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
    Element { name: local(tag.name().as_ref()), is_foreign: false, attributes, children: Vec::new(), at }
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
