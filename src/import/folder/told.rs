//! What is told of a folder.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::import::{Entry, Kind};
use crate::message::Message;

/// The entries of a report while they are gathered.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) entries: Vec<Entry>,
    /// Entries of which one stands for all of its kind in a file, by file and message.
    once: BTreeMap<(String, String), usize>,
}

impl Told {
    /// Tells of one thing.
    pub(super) fn tell(&mut self, kind: Kind, severity: Severity, (file, at): (&str, usize), message: Message) {
        self.lose(kind, severity, (file, at), message, String::new());
    }

    /// Tells of one thing, and what text went with it.
    pub(super) fn lose(
        &mut self,
        kind: Kind,
        severity: Severity,
        (file, at): (&str, usize),
        message: Message,
        lost: String,
    ) {
        let at = if at == 0 { String::new() } else { at.to_string() };
        self.entries.push(Entry { kind, severity, file: file.to_owned(), at, message, lost });
    }

    /// Tells once in a file of things of one kind, at the lines where they stand.
    pub(super) fn once(&mut self, kind: Kind, severity: Severity, (file, at): (&str, usize), message: Message) {
        let key = (file.to_owned(), message.to_string());
        let Some(known) = self.once.get(&key).and_then(|known| self.entries.get_mut(*known)) else {
            self.once.insert(key, self.entries.len());
            return self.tell(kind, severity, (file, at), message);
        };
        let at = at.to_string();
        let lines = known.at.split(", ").count();
        if lines < MANY && !known.at.split(", ").any(|line| line == at) {
            known.at.push_str(&format!(", {at}"));
        } else if lines == MANY {
            known.at.push_str(", …");
        }
    }
}

/// How many lines are named.
const MANY: usize = 8;
