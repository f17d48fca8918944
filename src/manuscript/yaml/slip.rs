//! What is wrong with YAML, and the things that are refused whatever a parser makes of them.

use std::ops::Range;

use super::{Area, MAX_BYTES, MAX_DEPTH};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::manuscript::combining::MOST;
use crate::message::Message;
use crate::source::Span;

/// Something wrong with YAML, in the program's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slip {
    /// Its bytes in the YAML text.
    range: Range<usize>,
    severity: Severity,
    message: Message,
    hint: Message,
    /// The first place of what may stand only once.
    first: Option<Span>,
}

impl Slip {
    /// A slip that leaves no way to read the text.
    pub(super) fn error(range: Range<usize>, message: Message, hint: Message) -> Self {
        Self { range, severity: Severity::Error, message, hint, first: None }
    }

    /// What can be read, though hardly as it was meant.
    pub(super) fn doubt(range: Range<usize>, message: Message, hint: Message) -> Self {
        Self::error(range, message, hint).into_doubt()
    }

    /// The same where the text can be read all the same.
    pub(super) fn into_doubt(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Where it ends in the YAML text.
    pub(super) fn end(&self) -> usize {
        self.range.end
    }

    /// Whether the text cannot be read.
    pub(super) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The slip as a finding.
    pub(super) fn diagnostic(self, area: Area<'_>) -> Diagnostic {
        let found = Diagnostic::new(self.severity, codes::YAML, self.message).at(area.span(self.range)).hint(self.hint);
        match self.first {
            Some(first) => found.label(first, msg!("first here")),
            None => found,
        }
    }
}

fn no_reference() -> Message {
    msg!("quote the value if the sign belongs to it; otherwise write out what it refers to")
}

pub(super) fn anchor(range: Range<usize>) -> Slip {
    Slip::error(range, msg!("a value that starts with ‘&’ is a YAML anchor; anchors are not allowed"), no_reference())
}

pub(super) fn alias(range: Range<usize>) -> Slip {
    Slip::error(range, msg!("a value that starts with ‘*’ is a YAML alias; aliases are not allowed"), no_reference())
}

pub(super) fn tag(range: Range<usize>) -> Slip {
    let hint = msg!("quote the value if the sign belongs to it; otherwise remove the tag");
    Slip::error(range, msg!("a value that starts with ‘!’ has a YAML tag; tags are not allowed"), hint)
}

pub(super) fn directive(range: Range<usize>) -> Slip {
    Slip::error(range, msg!("YAML directives are not allowed"), msg!("remove this line"))
}

pub(super) fn second_document(range: Range<usize>) -> Slip {
    Slip::error(range, msg!("a second YAML document begins here"), msg!("keep one document in one file"))
}

pub(super) fn complex_key(range: Range<usize>) -> Slip {
    Slip::error(range, msg!("a key must be a simple word"), msg!("write it as ‘key: value’"))
}

pub(super) fn crowded(range: Range<usize>) -> Slip {
    let message = msg!("more than {limit} combining marks stand on one letter", limit = MOST);
    Slip::error(range, message, msg!("write the letter again, with the marks that it has"))
}

pub(super) fn no_key(range: Range<usize>) -> Slip {
    Slip::error(range, msg!("missing key before this colon"), msg!("write it as ‘key: value’"))
}

pub(super) fn written_twice(range: Range<usize>, key: &str, first: Span) -> Slip {
    let slip = Slip::error(range, msg!("duplicate key ‘{key}’", key), msg!("remove one of the two"));
    Slip { first: Some(first), ..slip }
}

pub(super) fn too_deep(range: Range<usize>) -> Slip {
    Slip::error(
        range,
        msg!("this YAML is nested more than {limit} levels deep", limit = MAX_DEPTH),
        msg!("write it flatter"),
    )
}

/// What is wrong with a text before its structure is looked at.
pub(super) fn of_characters(text: &str) -> Option<Slip> {
    if text.len() > MAX_BYTES {
        let end = text.chars().next().map_or(0, char::len_utf8);
        let message = msg!("this YAML is longer than {limit} KiB", limit = MAX_BYTES / 1024);
        return Some(Slip::error(0..end, message, msg!("split it, or move long text into a chapter")));
    }
    let text_start = text.len() - super::unmarked(text).len();
    let (at, found) = text.char_indices().find(|(at, c)| *at >= text_start && !is_printable(*c))?;
    let message = msg!("the character {character} is not allowed in YAML", character = code_point(found));
    Some(Slip::error(at..at + found.len_utf8(), message, msg!("delete it; your editor may not show it")))
}

/// A character as Unicode names it, for characters that cannot be seen.
pub(crate) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// YAML 1.2.2, production 1, without the byte order mark, which may begin a text and nothing else.
fn is_printable(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    !control && !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
