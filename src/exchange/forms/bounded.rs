//! XML that came from elsewhere, event by event: without entities of its own, without a document type, and no deeper than
//! whoever reads it can follow.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::message::Message;

/// Deepest nesting of elements. Word nests tables, revisions and content controls, rarely over 40 deep.
const DEPTH: usize = 256;

/// What stands next in a document.
#[derive(Debug)]
pub(crate) enum Part<'e> {
    /// An element begins; one without content ends at once.
    Open(&'e BytesStart<'e>),
    /// The element that began last ends.
    Close,
    /// A piece of text.
    Text(Cow<'e, str>),
}

/// What becomes of a document type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocumentType {
    /// It is refused.
    Refused,
    /// It is read over if it only says where its rules are, and declares nothing.
    Named,
}

/// Gives every part of a document to `see`, in order. Elements are closed as often as they are opened.
///
/// # Errors
/// Says why the document is refused, or what `see` says.
pub(crate) fn read(
    text: &str,
    document_type: DocumentType,
    see: &mut dyn FnMut(Part<'_>) -> Result<(), Message>,
) -> Result<(), Message> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut depth = 0usize;
    loop {
        let event = reader.read_event().map_err(|error| malformed(&error.to_string()))?;
        match &event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(msg!("its elements are nested more than {limit} deep", limit = DEPTH));
                }
                see(Part::Open(tag))?;
            }
            Event::Empty(tag) => {
                see(Part::Open(tag))?;
                see(Part::Close)?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                see(Part::Close)?;
            }
            Event::Text(text) => see(Part::Text(text.xml10_content()))?,
            Event::CData(text) => see(Part::Text(text.xml10_content()))?,
            Event::GeneralRef(reference) => see(Part::Text(Cow::Owned(character(reference)?.to_string())))?,
            Event::DocType(declared) if document_type == DocumentType::Named && !declared.contains('[') => {}
            Event::DocType(_) => return Err(msg!("it has a document type, which nothing here needs")),
            Event::Eof if depth > 0 => return Err(malformed("it ends too early")),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn malformed(reason: &str) -> Message {
    msg!("its XML is malformed: {reason}", reason)
}

/// The character that a reference stands for: by its number, or one of the five that XML itself names.
fn character(reference: &BytesRef<'_>) -> Result<char, Message> {
    let named = || match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    let numbered = reference.resolve_char_ref().map_err(|error| malformed(&error.to_string()))?;
    numbered.or_else(named).ok_or_else(|| {
        let name: String = reference.chars().take(40).collect();
        msg!("it uses an entity of its own, &{name};", name)
    })
}

/// The value of an attribute, by its name without the prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a document on one line.
    fn parts(text: &str) -> Result<String, String> {
        let mut out = String::new();
        let seen = read(text, DocumentType::Refused, &mut |part| {
            match part {
                Part::Open(tag) => out += &format!("<{}", tag.local_name().as_ref()),
                Part::Close => out.push('>'),
                Part::Text(text) => out += &text,
            }
            Ok(())
        });
        seen.map(|()| out).map_err(|message| message.to_string())
    }

    #[test]
    fn elements_text_and_references_come_in_order() {
        assert_eq!(
            parts("<?xml version=\"1.0\"?><a>x &lt;&#x4e00;<b c='1'/><![CDATA[<]]></a>"),
            Ok("<ax <一<b><>".into())
        );
    }

    #[test]
    fn a_document_type_that_declares_nothing_may_be_read_over() {
        let nothing = &mut |_: Part<'_>| Ok(());
        assert!(read("<!DOCTYPE a SYSTEM \"a.dtd\"><a/>", DocumentType::Named, nothing).is_ok());
        assert!(read("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", DocumentType::Named, nothing).is_err());
    }

    #[test]
    fn what_could_blow_up_is_refused() {
        for (text, reason) in [
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "it has a document type"),
            ("<a>&b;</a>", "it uses an entity of its own, &b;"),
            ("<a>", "it ends too early"),
            ("<a></b>", "its XML is malformed"),
            (&"<a>".repeat(300), "nested more than 256 deep"),
        ] {
            let error = parts(text).expect_err(reason);
            assert!(error.contains(reason), "{error}");
        }
    }
}
