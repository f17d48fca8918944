//! Text between tags, in HTML and in the expressions of JavaScript.

use super::lexer::Lexer;
use super::syntax::{Markup, Syntax};
use super::{Kind, Remark};

/// The most elements that stand in one another; what is deeper is read as text.
const DEEPEST: usize = 100;
/// Stands in a text for code.
const OBJECT: char = crate::lang::OBJECT;

#[derive(Debug, PartialEq, Eq)]
enum Tag {
    Open,
    /// It closes an element, or its own.
    Closed,
}

impl Lexer<'_> {
    /// Whether `<` begins a tag.
    pub(super) fn begins_tag(&self) -> bool {
        let mut chars = self.rest().chars();
        chars.next() == Some('<')
            && chars.next().is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '>' | '!' | '?'))
    }

    /// Reads a document of HTML: tags with text between them.
    pub(super) fn document(&mut self) {
        let mut text = self.remark();
        while let Some(c) = self.rest().chars().next() {
            if self.comment() {
                continue;
            }
            if self.begins_tag() {
                self.finish(text);
                let name = self.tag_name().to_lowercase();
                let tag = self.tag();
                if let Some(syntax) = Syntax::inside(&name).filter(|_| tag == Tag::Open) {
                    let around = std::mem::replace(&mut self.syntax, syntax);
                    self.code(Some("</"));
                    self.syntax = around;
                }
                text = self.remark();
            } else {
                self.take(&mut text, c);
            }
        }
        self.finish(text);
    }

    /// Reads an element with all that it holds.
    pub(super) fn element(&mut self) {
        if self.tag() == Tag::Closed || self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        let mut text = self.remark();
        while let Some(c) = self.rest().chars().next() {
            if self.begins_tag() {
                self.finish(text);
                if self.rest().starts_with("</") {
                    self.tag();
                    self.depth -= 1;
                    return;
                }
                self.element();
                text = self.remark();
            } else if c == '{' {
                text.text.push(OBJECT);
                self.braces();
            } else {
                self.take(&mut text, c);
            }
        }
        self.finish(text);
        self.depth -= 1;
    }

    /// Reads code in braces. A space and a comment in braces stand for themselves.
    fn braces(&mut self) {
        let inner = self.rest()[1..].trim_start();
        let space = ["' '}", "\" \"}"].iter().find(|space| inner.starts_with(**space));
        if let Some(space) = space {
            self.skip(self.rest().len() - inner.len() + space.len());
            return;
        }
        if inner.starts_with("/*") {
            let end = inner.find("*/").map_or("", |end| inner[end + 2..].trim_start());
            if let Some(after) = end.strip_prefix('}') {
                self.skip(self.rest().len() - inner.len());
                self.comment();
                self.skip(self.rest().len() - after.len());
                return;
            }
        }
        self.push(Kind::Code, 1);
        self.code(Some("}"));
        if self.rest().starts_with('}') {
            self.push(Kind::Code, 1);
        }
    }

    fn tag_name(&self) -> &str {
        let rest = &self.rest()[1..];
        &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())]
    }

    /// Reads a tag with its attributes.
    fn tag(&mut self) -> Tag {
        let closing = self.rest().starts_with("</") || self.rest().starts_with("<!") || self.rest().starts_with("<?");
        self.push(Kind::Code, 1);
        while let Some(c) = self.rest().chars().next() {
            if self.rest().starts_with("/>") {
                self.push(Kind::Code, 2);
                return Tag::Closed;
            }
            match c {
                '>' => {
                    self.push(Kind::Code, 1);
                    return if closing { Tag::Closed } else { Tag::Open };
                }
                '{' if self.syntax.markup == Markup::Jsx => self.braces(),
                c if c.is_whitespace() => self.skip(c.len_utf8()),
                _ if self.comment() || self.string() => {}
                c => {
                    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.');
                    let rest = self.rest();
                    let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
                    self.push(Kind::Code, end.max(c.len_utf8()));
                }
            }
        }
        Tag::Closed
    }

    /// An empty text that begins here.
    fn remark(&self) -> Remark {
        Remark { before: self.tokens.len(), end: self.tokens.len(), text: String::new(), line: self.line }
    }

    /// Ends a text here.
    fn finish(&mut self, text: Remark) {
        self.prose.push(Remark { end: self.tokens.len(), ..text });
    }

    /// Adds a character to a text, and space only between words.
    fn take(&mut self, text: &mut Remark, c: char) {
        if text.text.is_empty() {
            text.line = self.line;
        }
        if !c.is_whitespace() {
            text.text.push(c);
        } else if !text.text.is_empty() && !text.text.ends_with(' ') {
            text.text.push(' ');
        }
        self.skip(c.len_utf8());
    }
}
