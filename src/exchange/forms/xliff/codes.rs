//! Inline elements as they are read, of all versions: their names mean the same in each.

use super::super::inline::Token;
use crate::exchange::returned::Remark;
use crate::foreign::xml::{Element, Node};
use crate::message::Message;

/// What stands in a source or a target.
#[derive(Debug, Default)]
pub(super) struct Inside {
    pub(super) tokens: Vec<Token>,
    /// What was said of parts of it.
    pub(super) remarks: Vec<Remark>,
    /// The sentences that it is parted in, each with whether it says something.
    pub(super) sentences: Vec<(String, bool)>,
}

impl Inside {
    /// Adds what stands in an element.
    ///
    /// # Errors
    /// Says what of it cannot be read.
    pub(super) fn take(&mut self, element: &Element) -> Result<(), Message> {
        for node in &element.children {
            match node {
                Node::Text(text) => self.tokens.push(Token::Text(text.clone())),
                Node::Element(inner) if !inner.is_foreign => self.element(inner)?,
                Node::Element(inner) => return Err(unknown(inner)),
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &Element) -> Result<(), Message> {
        let of = |names: &[&str]| {
            let named = names.iter().find_map(|name| element.attribute(name));
            named.map(str::to_owned).ok_or_else(|| msg!("a code in it has no id: <{name}>", name = &element.name))
        };
        match element.name.as_str() {
            "g" | "pc" => {
                let id = of(&["id"])?;
                let key = format!("around {id}");
                self.tokens.push(Token::Open { key: key.clone(), id });
                self.take(element)?;
                self.tokens.push(Token::Close { key });
            }
            "x" | "ph" => self.tokens.push(Token::Single(of(&["id"])?)),
            "bpt" | "bx" => self.tokens.push(Token::Open { key: of(&["rid", "id"])?, id: of(&["id"])? }),
            "sc" => self.tokens.push(Token::Open { key: of(&["id"])?, id: of(&["id"])? }),
            "ept" | "ex" => self.tokens.push(Token::Close { key: of(&["rid", "id"])? }),
            "ec" => self.tokens.push(Token::Close { key: of(&["startRef", "id"])? }),
            "it" => self.tokens.push(match element.attribute("pos") {
                Some("open") => Token::Open { key: of(&["rid", "id"])?, id: of(&["id"])? },
                Some("close") => Token::Close { key: of(&["rid", "id"])? },
                _ => Token::Single(of(&["id"])?),
            }),
            "mrk" => self.marked(element)?,
            "sm" => self.remark(element),
            "em" => {}
            "cp" => self.tokens.push(Token::Text(character(element)?.to_string())),
            _ => return Err(unknown(element)),
        }
        Ok(())
    }

    /// What is marked is text like any other.
    fn marked(&mut self, element: &Element) -> Result<(), Message> {
        self.remark(element);
        if element.attribute("mtype") == Some("seg") {
            let id = element.attribute("mid").unwrap_or_default().to_owned();
            let says = element.own().next().is_some() || !element.text().trim().is_empty();
            self.sentences.push((id, says));
        }
        self.take(element)
    }

    /// What is said of a part of a text: an attribute of its mark.
    fn remark(&mut self, element: &Element) {
        let is_comment = element.attribute("type") == Some("comment");
        let said = element.attribute("comment").or_else(|| element.attribute("value").filter(|_| is_comment));
        if let Some(text) = said.map(str::trim).filter(|text| !text.is_empty()) {
            self.remarks.push(Remark { author: None, text: text.to_owned() });
        }
    }
}

fn unknown(element: &Element) -> Message {
    msg!("it is not known what <{name}> in it is", name = &element.name)
}

/// The character that a `cp` stands for.
fn character(element: &Element) -> Result<char, Message> {
    let hex = element.attribute("hex").unwrap_or_default();
    let is_number = hex.bytes().all(|b| b.is_ascii_hexdigit());
    let c = u32::from_str_radix(hex, 16).ok().filter(|_| is_number).and_then(char::from_u32);
    c.ok_or_else(|| msg!("there is no character with the number “{hex}”", hex))
}
