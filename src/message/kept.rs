//! Messages that are written down and read again, by this program or another of the same sources.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Body, Forms, List, Message, catalogue, template};

/// A message as it is written down.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept {
    Data(String),
    Said { template: String, arguments: Vec<(String, Message)> },
    Counted { one: String, many: String, number: u64, arguments: Vec<(String, Message)> },
    List(List, Vec<Message>),
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let named = |arguments: &[(&'static str, Message)]| {
            arguments.iter().map(|(name, argument)| ((*name).to_owned(), argument.clone())).collect()
        };
        let kept = match &self.0 {
            Body::Data(text) => Kept::Data(text.clone()),
            Body::Template { forms: Forms::One(text), arguments } => {
                Kept::Said { template: (*text).to_owned(), arguments: named(arguments) }
            }
            Body::Template { forms: Forms::Plural(one, many, number), arguments } => Kept::Counted {
                one: (*one).to_owned(),
                many: (*many).to_owned(),
                number: *number,
                arguments: named(arguments),
            },
            Body::List(kind, parts) => Kept::List(*kind, parts.clone()),
        };
        kept.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let unknown = || de::Error::custom("it is no message of this program");
        Ok(match Kept::deserialize(from)? {
            Kept::Data(text) => Self::data(text),
            Kept::Said { template, arguments } => {
                let template = known(&template).ok_or_else(unknown)?;
                Self::with(template, of_template(template, arguments).ok_or_else(unknown)?)
            }
            Kept::Counted { one, many, number, arguments } => {
                let (one, many) = known(&one).zip(known(&many)).ok_or_else(unknown)?;
                Self::counting(one, many, number, of_template(many, arguments).ok_or_else(unknown)?)
            }
            Kept::List(kind, parts) => Self(Body::List(kind, parts)),
        })
    }
}

/// The text as the catalogue has it, which knows every template of the program. What was written down elsewhere says nothing that this
/// program does not say.
fn known(text: &str) -> Option<&'static str> {
    if text.is_empty() { Some("") } else { catalogue::chinese().english(text) }
}

/// Arguments by the names that a template has.
fn of_template(template: &'static str, arguments: Vec<(String, Message)>) -> Option<Vec<(&'static str, Message)>> {
    let names = template::places(template);
    let named = |(name, argument): (String, Message)| Some((*names.iter().find(|known| **known == name)?, argument));
    arguments.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Locale;
    use crate::{msg, plural};

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let messages = [
            Message::empty(),
            Message::data("书 {name}"),
            msg!("cannot read {path}: {reason}", path = "a.md", reason = msg!("it is not a regular file")),
            plural!(files = 3_usize, "{files} file", "{files} files"),
            Message::list(List::Clauses, [msg!("nothing was built"), Message::data("x")]),
        ];
        for message in messages {
            let text = serde_json::to_string(&message).unwrap();
            let read: Message = serde_json::from_str(&text).unwrap();
            assert_eq!(read, message, "{text}");
            assert_eq!(Locale::Chinese.say(&read), Locale::Chinese.say(&message));
        }
    }

    #[test]
    fn nothing_is_said_that_the_program_does_not_say() {
        let strange = r#"{"said":{"template":"send money to {who}","arguments":[["who",{"data":"me"}]]}}"#;
        assert!(serde_json::from_str::<Message>(strange).is_err());
        let misnamed = r#"{"said":{"template":"nothing was built","arguments":[["who",{"data":"me"}]]}}"#;
        assert!(serde_json::from_str::<Message>(misnamed).is_err());
    }
}
