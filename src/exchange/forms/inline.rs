//! Inline codes on their way into a form and out of it.

use std::collections::BTreeMap;

use crate::exchange::unit::{Code, CodeKind, Coded, Piece, Tagged};
use crate::foreign::xml;
use crate::message::Message;

/// Deepest nesting of codes that is read.
const DEPTH: usize = 100;

/// A mark that a form writes.
pub(super) enum Mark<'a> {
    /// A pair begins.
    Open(&'a Code),
    /// A pair ends.
    Close(&'a Code),
    /// A code by itself.
    Single(&'a Code),
    /// A character that XML cannot carry, by an id of its own.
    Character(String, char),
}

/// Writes one side of a unit as XML.
pub(super) struct Side<'a> {
    mark: &'a dyn Fn(&mut String, Mark<'_>),
    /// How many of each character that XML cannot carry there were.
    characters: BTreeMap<char, usize>,
}

impl<'a> Side<'a> {
    /// A side whose codes a form marks so.
    pub(super) fn new(mark: &'a dyn Fn(&mut String, Mark<'_>)) -> Self {
        Self { mark, characters: BTreeMap::new() }
    }

    /// Adds the next part of it.
    pub(super) fn write(&mut self, out: &mut String, coded: &Coded) {
        for piece in coded {
            match piece {
                Piece::Text(text) => self.text(out, text),
                Piece::Single(code) => (self.mark)(out, Mark::Single(code)),
                Piece::Pair(code, inner) => {
                    (self.mark)(out, Mark::Open(code));
                    self.write(out, inner);
                    (self.mark)(out, Mark::Close(code));
                }
            }
        }
    }

    fn text(&mut self, out: &mut String, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(|c| !xml::can_carry(c)) {
            xml::text(out, &rest[..at]);
            let mut behind = rest[at..].chars();
            if let Some(c) = behind.next() {
                let nth = self.characters.entry(c).or_default();
                *nth += 1;
                (self.mark)(out, Mark::Character(xml::id(c, *nth), c));
            }
            rest = behind.as_str();
        }
        xml::text(out, rest);
    }
}

/// A text in two: what is said, and the space behind it.
pub(super) fn without_last_space(coded: &Coded) -> (Coded, String) {
    let mut said = coded.clone();
    let Some(Piece::Text(last)) = said.last_mut() else { return (said, String::new()) };
    let end = last.trim_end_matches(|c: char| c.is_whitespace() && xml::can_carry(c)).len();
    let space = last.split_off(end);
    if last.is_empty() {
        said.pop();
    }
    (said, space)
}

/// What is read of a form, before it is known which codes are pairs.
#[derive(Debug)]
pub(super) enum Token {
    /// Text.
    Text(String),
    /// A pair begins; the end is known by the same key.
    Open {
        /// By what its end is known.
        key: String,
        /// The id of the code.
        id: String,
    },
    /// A pair ends.
    Close {
        /// The key of its beginning.
        key: String,
    },
    /// A code by itself.
    Single(String),
}

/// A pair that is open: its key, its id, what stood before it.
type Open = (String, String, Tagged);

/// Tokens as text with codes.
///
/// # Errors
/// Says which code has no end, or no beginning, or lies across another one.
pub(super) fn nest(tokens: Vec<Token>) -> Result<Tagged, Message> {
    let mut open: Vec<Open> = Vec::new();
    let mut here: Tagged = Vec::new();
    for token in tokens {
        match token {
            Token::Text(text) => add(&mut here, &text),
            Token::Single(id) => match xml::of_id(&id) {
                Some(c) => add(&mut here, c.encode_utf8(&mut [0; 4])),
                None => here.push(Piece::Single(id)),
            },
            Token::Open { key, id } => {
                open.push((key, id, std::mem::take(&mut here)));
                if open.len() > DEPTH {
                    return Err(msg!("its codes are nested more than {limit} deep", limit = DEPTH));
                }
            }
            Token::Close { key } => close(&mut open, &mut here, &key)?,
        }
    }
    match open.pop() {
        Some((_, id, _)) => Err(msg!("the code {id} begins and does not end", id)),
        None => Ok(here),
    }
}

fn close(open: &mut Vec<Open>, here: &mut Tagged, key: &str) -> Result<(), Message> {
    match open.pop() {
        Some((known, id, before)) if known == key => {
            let inner = std::mem::replace(here, before);
            here.push(Piece::Pair(id, inner));
            Ok(())
        }
        Some((_, id, _)) if open.iter().any(|(known, ..)| known == key) => {
            Err(msg!("the code {id} ends after the one around it", id))
        }
        _ => Err(msg!("a code ends that did not begin")),
    }
}

fn add(pieces: &mut Tagged, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// Whether it says something: a code, or text that is not all space.
pub(super) fn says(tagged: &Tagged) -> bool {
    tagged.iter().any(|piece| match piece {
        Piece::Text(text) => !text.trim().is_empty(),
        Piece::Pair(..) | Piece::Single(_) => true,
    })
}

/// A text without its codes, for people and memories: code and formulas are words of it, a break is a space.
pub(super) fn plain(coded: &Coded) -> String {
    let parts = coded.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Pair(_, inner) => plain(inner),
        Piece::Single(code) => match code.kind {
            CodeKind::Code | CodeKind::Formula | CodeKind::Ruby => code.shown.clone(),
            CodeKind::Break | CodeKind::Block => " ".to_owned(),
            _ => String::new(),
        },
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(id: &str) -> Token {
        Token::Open { key: id.to_owned(), id: id.to_owned() }
    }

    fn close(id: &str) -> Token {
        Token::Close { key: id.to_owned() }
    }

    #[test]
    fn pairs_are_made_of_what_begins_and_ends() {
        let text = |text: &str| Token::Text(text.to_owned());
        let nested =
            nest(vec![text("a"), open("1"), text("b"), open("2"), close("2"), close("1"), text("c"), text("d")]);
        let inner = vec![Piece::Text("b".to_owned()), Piece::Pair("2".to_owned(), Vec::new())];
        let pair = Piece::Pair("1".to_owned(), inner);
        assert_eq!(nested, Ok(vec![Piece::Text("a".to_owned()), pair, Piece::Text("cd".to_owned())]));
    }

    #[test]
    fn pairs_that_cross_or_lack_a_side_are_refused() {
        for (tokens, reason) in [
            (vec![open("1"), open("2"), close("1"), close("2")], "the code 2 ends after the one around it"),
            (vec![open("1"), open("2"), close("2")], "the code 1 begins and does not end"),
            (vec![close("1")], "a code ends that did not begin"),
            (vec![open("1"), close("3")], "a code ends that did not begin"),
            ((0..200).map(|n| open(&n.to_string())).collect(), "nested more than 100 deep"),
        ] {
            let message = nest(tokens).expect_err(reason).to_string();
            assert!(message.contains(reason), "{message}, not: {reason}");
        }
    }

    #[test]
    fn characters_that_xml_lacks_come_back() {
        let mark = |out: &mut String, mark: Mark<'_>| {
            if let Mark::Character(id, _) = mark {
                out.push_str(&format!("[{id}]"));
            }
        };
        let (mut side, mut out) = (Side::new(&mark), String::new());
        side.write(&mut out, &vec![Piece::Text("a\u{7}b\u{7}\u{ffff}".to_owned())]);
        assert_eq!(out, "a[u0007]b[u0007.2][uffff]");
        let back = nest(["u0007", "u0007.2", "uffff"].map(|id| Token::Single(id.to_owned())).into());
        assert_eq!(back, Ok(vec![Piece::Text("\u{7}\u{7}\u{ffff}".to_owned())]));
        for foreign in ["u0041", "u7", "u0007.x", "u+007", "1", "u"] {
            assert_eq!(xml::of_id(foreign), None, "{foreign}");
        }
    }
}
