//! What came back from translators.

use std::ops::Range;

use super::unit::{State, Tagged};
use crate::foreign::Fault;
use crate::message::Message;

/// What a file that came back says.
#[derive(Debug, Clone, Default)]
pub struct Returned {
    /// The languages that it names, source and target, as it writes them.
    pub langs: [Option<String>; 2],
    /// The units in the order of the file.
    pub units: Vec<ReturnedUnit>,
    /// What could not be read of it, or is not as it was sent: each costs only its place.
    pub refused: Vec<Refusal>,
}

/// A unit that came back.
#[derive(Debug, Clone, Default)]
pub struct ReturnedUnit {
    /// The stem of its chapter; `None` where the form does not say.
    pub stem: Option<String>,
    /// Its id within the chapter; `None` where the form has none, as a catalogue made by another program.
    pub id: Option<String>,
    /// The source as it came back, where it did.
    pub source: Option<Tagged>,
    /// The translation; `None` or empty where there is none.
    pub target: Option<Tagged>,
    /// Whether the target is Markdown as a translator typed it, so that its codes stand in its text.
    pub markdown: bool,
    /// The state that the tool gave it: [`State::Signed`] for approved and final, [`State::Stale`] for what the tool calls fuzzy or in need of
    /// review or translation. `None` where it says nothing.
    pub state: Option<State>,
    /// What was said of it.
    pub remarks: Vec<Remark>,
    /// Its place in the file that came back, for forms that are text.
    pub at: Option<Range<usize>>,
    /// A place in words, where it is no text: the row of a table.
    pub place: Option<String>,
}

/// A comment of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Who said it, if it is known.
    pub author: Option<String>,
    /// What was said. Never empty.
    pub text: String,
}

/// Something of a file that came back of which nothing can be made.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What is wrong.
    pub message: Message,
    /// How to mend it.
    pub hint: Option<Message>,
    /// Its place in the file, for forms that are text.
    pub at: Option<Range<usize>>,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self { message: fault.message, hint: fault.hint, at: fault.at }
    }
}
