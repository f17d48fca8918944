//! HTML that a manuscript cannot have: each element is told once in a chapter, with the way to write it.

use std::ops::Range;

use super::elements::{advice, component};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::markdown::Lower;
use crate::manuscript::markdown::tag;
use crate::message::Message;
use crate::source::Span;

/// What is wrong with a piece of HTML, and all its places.
pub(super) struct Refusal {
    message: Message,
    hint: Message,
    places: Vec<Span>,
}

impl Lower<'_, '_> {
    /// Refuses HTML that a manuscript cannot have. It is reported at the end of the chapter.
    pub(super) fn refuse(&mut self, html: &str, place: Range<usize>) {
        let (message, hint) = match tag::read(&html[..tag::length(html)]) {
            Some(tag) => {
                let framed = matches!(tag.name.as_str(), "p" | "div" | "center" | "figure" | "picture" | "span");
                // As it is written, for it may be a type of a program.
                let name = html.trim_start_matches(['<', '/']).get(..tag.name.len()).unwrap_or_default();
                let hint = if framed && html.contains("<img") {
                    msg!("write the picture alone in its paragraph: `![what it shows](../images/name.png \"caption\")`")
                } else if name.starts_with(|c: char| c.is_ascii_uppercase()) {
                    component(&tag.name)
                } else {
                    advice(&tag.name)
                };
                (msg!("the HTML element `<{name}>` is not allowed", name), hint)
            }
            None => (msg!("raw HTML is not allowed"), advice("")),
        };
        let span = self.span(place);
        match self.html.refusals.iter_mut().find(|known| known.message == message && known.hint == hint) {
            Some(known) => known.places.push(span),
            None => self.html.refusals.push(Refusal { message, hint, places: vec![span] }),
        }
    }

    pub(super) fn report_refusals(&mut self) {
        for Refusal { message, hint, places } in self.html.refusals.drain(..) {
            self.sink.push(Diagnostic::error(codes::MARKDOWN, message).at_first_of(&places).hint(hint));
        }
    }
}
