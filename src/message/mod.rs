//! What the program says: messages as values, rendered in the language of whoever reads them.
//!
//! A [`Message`] is an English template with named arguments. [`msg!`](crate::msg) and [`plural!`](crate::plural) make it
//! where it arises; nothing is formatted until a [`Locale`] renders it. A catalogue in gettext's PO form gives the
//! template in another language, found by the exact English text. An argument is data (a path, a name, the book's own
//! words, a number), which no locale changes, or another message.

mod argument;
mod catalogue;
mod kept;
mod list;
mod locale;
#[macro_use]
mod macros;
mod system;
mod template;
mod visible;

use std::fmt;

pub use argument::Argument;
pub use catalogue::CHINESE;
pub use list::List;
pub use locale::Locale;
pub use system::reason;
pub use template::fits;
pub use visible::{
    escape_brackets, is_command, is_formula, visible, visible_in_line, visible_styled, without_log_commands,
};

/// Something to say. Compare it, store it, and render it with [`Locale::say`]; [`fmt::Display`] gives the English.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message(Body);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Body {
    /// Data: the same in every language.
    Data(String),
    /// An English text and what stands in its places.
    Template { forms: Forms, arguments: Vec<(&'static str, Message)> },
    /// Several messages in a row.
    List(List, Vec<Message>),
}

/// A template in English, which has two forms where it counts something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Forms {
    One(&'static str),
    /// The forms for one and for any other number, and the number.
    Plural(&'static str, &'static str, u64),
}

impl Message {
    /// A message without arguments. Call it through [`msg!`](crate::msg), which the catalogue's test reads.
    pub const fn plain(template: &'static str) -> Self {
        Self(Body::Template { forms: Forms::One(template), arguments: Vec::new() })
    }

    /// A message with arguments. Call it through [`msg!`](crate::msg), which checks that they fit.
    pub const fn with(template: &'static str, arguments: Vec<(&'static str, Message)>) -> Self {
        Self(Body::Template { forms: Forms::One(template), arguments })
    }

    /// A message that counts. Call it through [`plural!`](crate::plural), which checks that the arguments fit.
    pub const fn counting(
        one: &'static str,
        many: &'static str,
        number: u64,
        arguments: Vec<(&'static str, Message)>,
    ) -> Self {
        Self(Body::Template { forms: Forms::Plural(one, many, number), arguments })
    }

    /// Data that stands where a message is expected: the same in every language.
    pub fn data(text: impl Into<String>) -> Self {
        Self(Body::Data(text.into()))
    }

    /// A message with nothing in it.
    pub const fn empty() -> Self {
        Self(Body::Data(String::new()))
    }

    /// Several messages in a row; empty ones are left out.
    pub fn list(kind: List, parts: impl IntoIterator<Item: Argument>) -> Self {
        let parts = parts.into_iter().map(Argument::into_message).filter(|part| !part.is_empty());
        Self(Body::List(kind, parts.collect()))
    }

    /// The English template that it was made from; `None` for data and lists.
    pub(crate) fn template(&self) -> Option<&'static str> {
        match &self.0 {
            Body::Template { forms, .. } => Some(forms.template()),
            Body::Data(_) | Body::List(..) => None,
        }
    }

    /// The data among its arguments, each with its name, in order.
    pub(crate) fn data_arguments(&self) -> Vec<(&'static str, &str)> {
        let Body::Template { arguments, .. } = &self.0 else { return Vec::new() };
        let mut found = Vec::new();
        for (name, argument) in arguments {
            if let Body::Data(text) = &argument.0 {
                found.push((*name, text.as_str()));
            }
        }
        found
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Body::Data(text) => text.is_empty(),
            Body::Template { forms, .. } => forms.template().is_empty(),
            Body::List(_, parts) => parts.is_empty(),
        }
    }

    fn render(&self, locale: Locale, out: &mut String) {
        match &self.0 {
            Body::Data(text) => out.push_str(text),
            Body::Template { forms, arguments } => {
                let fill = |name: &str, out: &mut String| {
                    if let Some((_, argument)) = arguments.iter().find(|(known, _)| *known == name) {
                        argument.render(locale, out);
                    }
                };
                template::fill(locale.template(*forms), &fill, out);
            }
            Body::List(kind, parts) => {
                for (at, part) in parts.iter().enumerate() {
                    out.push_str(kind.before(at, parts.len(), locale));
                    part.render(locale, out);
                }
            }
        }
    }
}

impl Forms {
    /// The English text for the number.
    fn template(self) -> &'static str {
        match self {
            Forms::One(template) | Forms::Plural(template, _, 1) | Forms::Plural(_, template, _) => template,
        }
    }

    /// The text by which a catalogue knows it.
    fn id(self) -> &'static str {
        match self {
            Forms::One(template) | Forms::Plural(template, ..) => template,
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&Locale::English.say(self))
    }
}

#[cfg(test)]
mod tests;
