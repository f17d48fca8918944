//! Writing XML: a thin stack over quick-xml's writer, so that text is always escaped and tags always match.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML document or fragment under construction, in memory.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<String>,
}

/// Attributes as name and value; the value is escaped when written.
pub(super) type Attrs<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// An empty fragment.
    pub(super) fn fragment() -> Self {
        Self { writer: Writer::new(Vec::new()), open: Vec::new() }
    }

    /// A document with its XML declaration.
    pub(super) fn document() -> Self {
        let mut xml = Self::fragment();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.event(Event::Text(BytesText::from_escaped("\n")));
        xml
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attrs: Attrs<'_>) {
        self.event(Event::Start(start(name, attrs)));
        self.open.push(name.to_owned());
    }

    /// Closes the element opened last.
    pub(super) fn close(&mut self) {
        let name = self.open.pop().expect("every close has its open");
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Closes the element opened last and ends the line, so that files stay readable.
    pub(super) fn close_line(&mut self) {
        self.close();
        self.raw("\n");
    }

    /// Writes an element without content.
    pub(super) fn empty(&mut self, name: &str, attrs: Attrs<'_>) {
        self.event(Event::Empty(start(name, attrs)));
    }

    /// Writes text, escaped, without the characters that XML 1.0 forbids.
    pub(super) fn text(&mut self, text: &str) {
        let text = legal(text);
        self.event(Event::Text(BytesText::new(&text)));
    }

    /// Writes an element that holds only text, and ends the line.
    pub(super) fn element(&mut self, name: &str, attrs: Attrs<'_>, text: &str) {
        self.open(name, attrs);
        self.text(text);
        self.close_line();
    }

    /// Writes markup that this program made or has cleaned.
    pub(super) fn raw(&mut self, markup: &str) {
        self.event(Event::Text(BytesText::from_escaped(markup)));
    }

    /// The finished bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        assert!(self.open.is_empty(), "every element is closed");
        self.writer.into_inner()
    }

    /// The finished text of a fragment.
    pub(super) fn finish_text(self) -> String {
        String::from_utf8(self.finish()).expect("written from strings")
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("writing to memory does not fail");
    }
}

fn start<'a>(name: &str, attrs: Attrs<'_>) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name.to_owned());
    for (key, value) in attrs {
        let value = legal(value);
        tag.push_attribute((*key, &*value));
    }
    tag
}

/// The text without characters that no XML 1.0 document may hold, even escaped.
fn legal(text: &str) -> String {
    text.chars().filter(|c| is_legal(*c)).collect()
}

/// Whether XML 1.0 allows a character.
pub(super) fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A document in the XHTML that EPUB asks for: head with title and stylesheet, body written by `body`.
pub(super) fn xhtml(lang: &str, title: &str, body: impl FnOnce(&mut Xml)) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.raw("<!DOCTYPE html>\n");
    let html = [
        ("xmlns", "http://www.w3.org/1999/xhtml"),
        ("xmlns:epub", "http://www.idpf.org/2007/ops"),
        ("lang", lang),
        ("xml:lang", lang),
    ];
    xml.open("html", &html);
    xml.open("head", &[]);
    xml.element("title", &[], title);
    xml.empty("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", super::STYLE)]);
    xml.close_line();
    xml.open("body", &[]);
    body(&mut xml);
    xml.close();
    xml.close_line();
    xml.finish()
}
