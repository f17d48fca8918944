//! Files of strangers: archives and XML. Whoever reads one reads it here, within the bounds of [`bounds`].

pub(crate) mod archive;
mod bounds;
pub(crate) mod xml;

use std::ops::Range;

use crate::message::Message;

/// Why a file is not read.
#[derive(Debug)]
pub(crate) struct Fault {
    /// What is wrong.
    pub(crate) message: Message,
    /// What helps, where something is known to.
    pub(crate) hint: Option<Message>,
    /// Its place, in a file that is text.
    pub(crate) at: Option<Range<usize>>,
}

impl From<Message> for Fault {
    fn from(message: Message) -> Self {
        Self { message, hint: None, at: None }
    }
}

impl From<Fault> for Message {
    fn from(fault: Fault) -> Self {
        fault.message
    }
}
