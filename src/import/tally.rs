//! What happens often and is told once.

use std::collections::BTreeMap;

use super::report::{Entry, Kind, Report};
use crate::diagnostic::Severity;
use crate::message::Message;

/// A report that is being written.
#[derive(Debug, Default)]
pub(super) struct Tally {
    entries: Vec<Entry>,
    /// Where the entry of a message stands that is told once in a file.
    told: BTreeMap<(String, Message), usize>,
}

impl Tally {
    /// Tells something of one place.
    pub(super) fn tell(
        &mut self,
        kind: Kind,
        severity: Severity,
        (file, at): (&str, &str),
        message: Message,
        lost: &str,
    ) {
        let (file, at, lost) = (file.to_owned(), at.to_owned(), lost.to_owned());
        self.entries.push(Entry { kind, severity, file, at, message, lost });
    }

    /// Tells something once in a file, where it happens first; the text that is lost by it is gathered there.
    pub(super) fn once(
        &mut self,
        kind: Kind,
        severity: Severity,
        (file, at): (&str, &str),
        message: Message,
        lost: &str,
    ) {
        let key = (file.to_owned(), message.clone());
        match self.told.get(&key).and_then(|&known| self.entries.get_mut(known)) {
            Some(entry) if lost.is_empty() || entry.lost.is_empty() => entry.lost.push_str(lost),
            Some(entry) => {
                entry.lost.push(' ');
                entry.lost.push_str(lost);
            }
            None => {
                self.told.insert(key, self.entries.len());
                self.tell(kind, severity, (file, at), message, lost);
            }
        }
    }

    /// The report.
    pub(super) fn finish(self) -> Report {
        Report { entries: self.entries }
    }
}
