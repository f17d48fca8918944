//! What of HTML or MDX holds a text: an attribute of a tag, or an element that opens on the line before. Some translations leave
//! what stands in one kind of element as it is throughout, such as the messages of a program.

use crate::message::Message;
use crate::source::{Sources, Span};

/// What holds a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame<'s> {
    /// An attribute, by its name and that of its element.
    Attribute(&'s str, &'s str),
    /// An element, by its name.
    Element(&'s str),
}

impl Frame<'_> {
    /// What a translation does that leaves such texts in a language.
    pub(super) fn habit(&self, language: Message) -> Message {
        match self {
            Frame::Attribute(name, element) => {
                msg!("`{name}` of `<{element}>` stays in {language}", name = *name, element = *element, language)
            }
            Frame::Element(element) => {
                msg!("what stands in `<{element}>` stays in {language}", element = *element, language)
            }
        }
    }
}

/// What holds the text at a place.
pub(super) fn of(place: Span, sources: &Sources) -> Option<Frame<'_>> {
    let before = sources.snippet(Span::new(place.file, 0..place.start));
    attribute(before).or_else(|| element(before))
}

/// The attribute whose value begins where a text ends.
fn attribute(before: &str) -> Option<Frame<'_>> {
    let head = before.strip_suffix(['"', '\''])?.strip_suffix('=')?;
    let name = head.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
    let open = head.rfind('<')?;
    let element = name_at(&head[open + 1..]);
    (!name.is_empty() && !element.is_empty()).then_some(Frame::Attribute(name, element))
}

/// The element that the last line of a text opens.
fn element(before: &str) -> Option<Frame<'_>> {
    let line = before.trim_end().rsplit('\n').next().unwrap_or_default().trim_start();
    let inside = line.strip_prefix('<')?.strip_suffix('>')?;
    let name = name_at(inside);
    (!name.is_empty() && !inside.ends_with('/')).then_some(Frame::Element(name))
}

/// The name of an element that a text begins with.
fn name_at(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_markup_is_known() {
        for (before, wanted) in [
            ("文\n\n<Console level=\"error\">\n\n", Some(Frame::Element("Console"))),
            ("<Tree name=\"a\" height={9} alt=\"", Some(Frame::Attribute("alt", "Tree"))),
            ("<Tree\n  label='", Some(Frame::Attribute("label", "Tree"))),
            ("</Console>\n\n", None),
            ("<Line />\n\n", None),
            ("a line of text\n\n", None),
            ("he said: \"", None),
            ("", None),
        ] {
            assert_eq!(attribute(before).or_else(|| element(before)), wanted, "{before:?}");
        }
    }
}
