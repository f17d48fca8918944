//! Tags of HTML, as comrak has found them well formed.

use std::ops::Range;

/// A tag and its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::manuscript::markdown) struct Tag {
    /// The element, in lower case.
    pub(in crate::manuscript::markdown) name: String,
    pub(in crate::manuscript::markdown) kind: TagKind,
    pub(super) attributes: Vec<Attribute>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::manuscript::markdown) enum TagKind {
    Open,
    Close,
    /// `<br/>`.
    Alone,
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name, in lower case.
    pub(super) name: String,
    /// What it says; nothing for a name alone.
    pub(super) value: String,
    /// Its bytes in the tag.
    pub(super) place: Range<usize>,
    /// The bytes of its value, without quotation marks.
    pub(super) inner: Range<usize>,
}

impl Tag {
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }
}

/// The length of the tag that a text begins with; a `>` inside quotation marks does not end it.
pub(super) fn length(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(mark), c) if mark == c => quote = None,
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Reads a tag; `None` for a declaration, an instruction or a comment.
pub(in crate::manuscript::markdown) fn read(html: &str) -> Option<Tag> {
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let alone = inner.ends_with('/');
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    let start = 1 + usize::from(closes);
    let kind = match (closes, alone) {
        (true, _) => TagKind::Close,
        (false, true) => TagKind::Alone,
        (false, false) => TagKind::Open,
    };
    let attributes = attributes(&html[..start + inner.len()], start + length);
    Some(Tag { name: inner[..length].to_ascii_lowercase(), kind, attributes })
}

/// The attributes from byte `at` on.
fn attributes(tag: &str, mut at: usize) -> Vec<Attribute> {
    let mut found = Vec::new();
    loop {
        at = skip(tag, at);
        let start = at;
        at += tag[at..].find(|c: char| c.is_whitespace() || c == '=').unwrap_or(tag.len() - at);
        if at == start {
            return found;
        }
        let name = tag[start..at].to_ascii_lowercase();
        let equals = skip(tag, at);
        let mut inner = at..at;
        if tag[equals..].starts_with('=') {
            let written = written_value(tag, skip(tag, equals + 1));
            at = written.end;
            inner = unquoted(tag, written);
        }
        let value = &tag[inner.clone()];
        let value = quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Into::into);
        found.push(Attribute { name, value, place: start..at, inner });
    }
}

/// A value with its quotation marks, if it has any.
fn written_value(tag: &str, start: usize) -> Range<usize> {
    let rest = &tag[start..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let length = match quote {
        Some(quote) => rest[1..].find(quote).map_or(rest.len(), |n| n + 2),
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    start..start + length
}

/// A value without its quotation marks; typographic ones are taken for what they were meant to be.
fn unquoted(tag: &str, written: Range<usize>) -> Range<usize> {
    const QUOTES: [char; 4] = ['“', '”', '‘', '’'];
    let value = &tag[written.clone()];
    if let Some(inner) = value.strip_prefix(['"', '\'']) {
        let end = inner.strip_suffix(['"', '\'']).unwrap_or(inner).len();
        return written.start + 1..written.start + 1 + end;
    }
    let start = written.start + value.len() - value.trim_start_matches(QUOTES).len();
    start..start + tag[start..written.end].trim_end_matches(QUOTES).len()
}

fn skip(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_browsers_read_them() {
        let html = "<IMG src=a/b.png ALT='甲 > \"乙\"' title = \"a &amp; b\" hidden width=“50%” />";
        let tag = read(html).unwrap();
        assert_eq!((tag.name.as_str(), tag.kind), ("img", TagKind::Alone));
        let found: Vec<_> = tag.attributes.iter().map(|a| (a.name.as_str(), a.value.as_str())).collect();
        let wanted = [("src", "a/b.png"), ("alt", "甲 > \"乙\""), ("title", "a & b"), ("hidden", ""), ("width", "50%")];
        assert_eq!(found, wanted);
        assert_eq!(&html[tag.attributes[2].place.clone()], "title = \"a &amp; b\"");
        assert_eq!(length(html), html.len());
        assert_eq!(length("<a b='>'>c>"), 9);
    }

    #[test]
    fn other_markup_is_no_tag() {
        assert_eq!(read("</B >").map(|tag| (tag.name, tag.kind)), Some(("b".to_owned(), TagKind::Close)));
        for other in ["<!-- a -->", "<!DOCTYPE x>", "<?php x ?>", "<![CDATA[x]]>", "<>", "</>"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
