//! From text to the tree.

use std::ops::Range;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Element, Node};
use crate::exchange::returned::Refusal;
use crate::message::Message;

/// Most bytes of a file.
const BYTES: usize = 64 << 20;
/// Deepest nesting of elements.
const DEPTH: usize = 128;
/// Most attributes of an element.
const ATTRIBUTES: usize = 256;
/// Most elements of a file.
const ELEMENTS: usize = 1_000_000;

/// What becomes of a declaration of the type of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::forms) enum Doctype {
    /// It is refused.
    Refused,
    /// It may name the type, and declare nothing.
    Named,
}

/// Reads a file.
///
/// # Errors
/// Says where and why it is refused: it is no XML, or over a bound, or wants to declare something.
pub(in crate::exchange::forms) fn read(text: &str, doctype: Doctype) -> Result<Element, Refusal> {
    if text.len() > BYTES {
        let message = msg!("the file has {size} bytes; at most {limit} are allowed", size = text.len(), limit = BYTES);
        return Err(Refusal { message, hint: None, at: None });
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offset = text.len() - body.len();
    let mut reader = Reader::from_str(body);
    let mut tree = Tree::default();
    loop {
        let start = place(reader.buffer_position(), offset, text);
        let event = reader.read_event();
        let at = start..place(reader.buffer_position(), offset, text).max(start);
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                let from = place(reader.error_position(), offset, text).min(at.end);
                return Err(malformed(error.to_string(), from..at.end));
            }
        };
        let hint = matches!(event, Event::DocType(_) | Event::GeneralRef(_))
            .then(|| msg!("save the file anew in the program that it comes from, without declarations of its own"));
        if matches!(event, Event::Eof) {
            return tree.finish(at.end);
        }
        tree.take(event, at.clone(), doctype).map_err(|message| Refusal { message, hint, at: Some(at) })?;
    }
}

/// A place of the reader in the whole text, at the beginning of a character.
fn place(position: u64, offset: usize, text: &str) -> usize {
    let at = usize::try_from(position).unwrap_or(usize::MAX).saturating_add(offset);
    text.floor_char_boundary(at.min(text.len()))
}

fn malformed(reason: String, at: Range<usize>) -> Refusal {
    let hint = Some(msg!("save the file anew in the program that it comes from; the file may have been cut off"));
    Refusal { message: msg!("its XML is malformed: {reason}", reason), hint, at: Some(at) }
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
    fn take(&mut self, event: Event<'_>, at: Range<usize>, doctype: Doctype) -> Result<(), Message> {
        match event {
            Event::Start(tag) => {
                let element = self.element(&tag, at)?;
                self.open.push(element);
            }
            Event::Empty(tag) => {
                let element = self.element(&tag, at)?;
                self.close(element);
            }
            Event::End(_) => {
                if let Some(mut element) = self.open.pop() {
                    element.at.end = at.end;
                    self.close(element);
                }
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.text(&resolved(&reference)?),
            Event::DocType(declared) if doctype == Doctype::Refused || declared.contains('[') => {
                return Err(msg!("it has a DOCTYPE, by which a file can say other things than it shows"));
            }
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Eof => {}
        }
        Ok(())
    }

    /// An element as its first tag begins it.
    fn element(&mut self, tag: &BytesStart<'_>, at: Range<usize>) -> Result<Element, Message> {
        self.elements += 1;
        if self.elements > ELEMENTS {
            return Err(msg!("it has more than {limit} elements", limit = ELEMENTS));
        }
        if self.open.len() >= DEPTH {
            return Err(msg!("its elements are nested more than {limit} deep", limit = DEPTH));
        }
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| reason(error.to_string()))?;
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| reason(error.to_string()))?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
            if attributes.len() > ATTRIBUTES {
                return Err(msg!("one of its elements has more than {limit} attributes", limit = ATTRIBUTES));
            }
        }
        let written = tag.name();
        let written: &str = written.as_ref();
        let (prefix, name) = written.split_once(':').map_or((None, written), |(prefix, name)| (Some(prefix), name));
        let namespace = self.namespace(prefix, &attributes).map(str::to_owned);
        let is_first = self.open.is_empty() && self.root.is_none();
        let is_foreign = !is_first && namespace != self.own;
        if is_first {
            self.own = namespace;
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

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else { return };
        match element.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => element.children.push(Node::Text(text.to_owned())),
        }
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(outer) => outer.children.push(Node::Element(element)),
            None if self.root.is_none() => self.root = Some(element),
            None => {}
        }
    }

    fn finish(mut self, end: usize) -> Result<Element, Refusal> {
        if let Some(open) = self.open.pop() {
            let mut refusal = malformed(String::new(), open.at.start..end);
            refusal.message = msg!("its element <{name}> has no end", name = open.name);
            return Err(refusal);
        }
        let empty = || Refusal { message: msg!("there is no XML in it"), hint: None, at: Some(0..end) };
        self.root.ok_or_else(empty)
    }
}

fn reason(reason: String) -> Message {
    msg!("its XML is malformed: {reason}", reason)
}

/// What a reference stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<String, Message> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| reason(error.to_string()))? {
        return Ok(c.to_string());
    }
    let name: &str = reference;
    let c = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(msg!("it uses the entity {name}, which XML does not know by itself", name)),
    };
    Ok(c.to_owned())
}
