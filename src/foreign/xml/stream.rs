//! XML that came from elsewhere, event by event: without entities of its own, without a document type, and no deeper than
//! whoever reads it can follow.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::foreign::{Fault, bounds};
use crate::message::Message;

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

/// What becomes of a declaration of the type of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doctype {
    /// It is refused.
    Refused,
    /// It may name the type, and declare nothing.
    Named,
}

/// Takes a part and its place.
type See<'s> = &'s mut dyn FnMut(Part<'_>, Range<usize>) -> Result<(), Message>;

/// Gives every part of a document to `see`, in order. Elements are closed as often as they are opened.
///
/// # Errors
/// Says why the document is refused, and where, or what `see` says.
pub(crate) fn read(text: &str, doctype: Doctype, see: See<'_>) -> Result<(), Fault> {
    if text.len() > bounds::XML {
        let (size, limit) = (text.len(), bounds::XML);
        return Err(msg!("the file has {size} bytes; at most {limit} are allowed", size, limit).into());
    }
    let body = text.trim_start_matches('\u{feff}');
    let place = |position: u64| {
        let at = usize::try_from(position).unwrap_or(usize::MAX).saturating_add(text.len() - body.len());
        text.floor_char_boundary(at.min(text.len()))
    };
    let mut reader = Reader::from_str(body);
    // Where the elements begin that are open.
    let mut open: Vec<usize> = Vec::new();
    loop {
        let start = place(reader.buffer_position());
        let event = reader.read_event();
        let at = start..place(reader.buffer_position()).max(start);
        let event = match event {
            Ok(Event::Eof) => {
                return open.pop().map_or(Ok(()), |from| Err(cut_off(msg!("it ends too early"), from..at.end)));
            }
            Ok(event) => event,
            Err(error) => {
                let from = place(reader.error_position()).min(at.end);
                return Err(cut_off(malformed(&error.to_string()), from..at.end));
            }
        };
        let hint = hint(&event);
        take(&event, at.clone(), doctype, &mut open, see).map_err(|message| Fault { message, hint, at: Some(at) })?;
    }
}

fn take(
    event: &Event<'_>,
    at: Range<usize>,
    doctype: Doctype,
    open: &mut Vec<usize>,
    see: See<'_>,
) -> Result<(), Message> {
    match event {
        Event::Start(tag) => {
            open.push(at.start);
            if open.len() > bounds::DEPTH {
                return Err(msg!("its elements are nested more than {limit} deep", limit = bounds::DEPTH));
            }
            see(Part::Open(tag), at)
        }
        Event::Empty(tag) => {
            see(Part::Open(tag), at.clone())?;
            see(Part::Close, at)
        }
        Event::End(_) => {
            open.pop();
            see(Part::Close, at)
        }
        Event::Text(text) => see(Part::Text(text.xml10_content()), at),
        Event::CData(text) => see(Part::Text(text.xml10_content()), at),
        Event::GeneralRef(reference) => see(Part::Text(Cow::Owned(character(reference)?.to_string())), at),
        Event::DocType(declared) if doctype == Doctype::Named && !declared.contains('[') => Ok(()),
        Event::DocType(_) => Err(msg!("it has a DOCTYPE, by which a file can say other things than it shows")),
        Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
    }
}

/// What helps where an event is refused.
fn hint(event: &Event<'_>) -> Option<Message> {
    matches!(event, Event::DocType(_) | Event::GeneralRef(_))
        .then(|| msg!("save the file anew in the program that it comes from, without declarations of its own"))
}

fn cut_off(message: Message, at: Range<usize>) -> Fault {
    let hint = msg!("save the file anew in the program that it comes from; the file may have been cut off");
    Fault { message, hint: Some(hint), at: Some(at) }
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
        msg!("it uses the entity {name}, which XML does not know by itself", name)
    })
}

/// All attributes of an element, with their names as they are written.
pub(super) fn attributes(tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, Message> {
    let mut found = Vec::new();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| malformed(&error.to_string()))?;
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| malformed(&error.to_string()))?;
        found.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        if found.len() > bounds::ATTRIBUTES {
            return Err(msg!("one of its elements has more than {limit} attributes", limit = bounds::ATTRIBUTES));
        }
    }
    Ok(found)
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
        let seen = read(text, Doctype::Refused, &mut |part, _| {
            match part {
                Part::Open(tag) => out += &format!("<{}", tag.local_name().as_ref()),
                Part::Close => out.push('>'),
                Part::Text(text) => out += &text,
            }
            Ok(())
        });
        seen.map(|()| out).map_err(|fault| fault.message.to_string())
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
        let nothing = &mut |_: Part<'_>, _: Range<usize>| Ok(());
        assert!(read("<!DOCTYPE a SYSTEM \"a.dtd\"><a/>", Doctype::Named, nothing).is_ok());
        assert!(read("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", Doctype::Named, nothing).is_err());
    }

    #[test]
    fn what_could_blow_up_is_refused() {
        for (text, reason) in [
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "it has a DOCTYPE"),
            ("<a>&b;</a>", "it uses the entity b"),
            ("<a>", "it ends too early"),
            ("<a></b>", "its XML is malformed"),
            (&"<a>".repeat(300), "nested more than 256 deep"),
        ] {
            let error = parts(text).expect_err(reason);
            assert!(error.contains(reason), "{error}");
        }
    }
}
