//! What is told of a folder.

use std::collections::{BTreeMap, BTreeSet};

use super::tree;
use crate::diagnostic::Severity;
use crate::import::{Entry, Kind};
use crate::manuscript::encoding::Foreign;
use crate::message::Message;

/// The entries of a report while they are gathered.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) entries: Vec<Entry>,
    /// Entries of which one stands for all of its kind in a file, by file and message.
    once: BTreeMap<(String, String), usize>,
    /// Files of the tree that is read that are in the book, or of which it was told why they are not.
    used: BTreeSet<(usize, String)>,
    /// The number of the tree that is read.
    pub(super) tree: usize,
    /// What paths of the tree that is read begin with in the report: its name, where there are others.
    pub(super) folder: String,
}

impl Told {
    /// A report of the same tree, of what may not come to pass.
    pub(super) fn beside(&self) -> Self {
        Self { folder: self.folder.clone(), tree: self.tree, ..Self::default() }
    }

    /// Notes that nothing more is to be told of a file as a whole.
    pub(super) fn use_file(&mut self, path: &str) {
        self.used.insert((self.tree, path.to_owned()));
    }

    /// The files of a tree of which this was noted.
    pub(super) fn used(&self, tree: usize) -> BTreeSet<String> {
        self.used.iter().filter(|(known, _)| *known == tree).map(|(_, path)| path.clone()).collect()
    }

    /// Ends what is told of one text, from entry `own` on. What it tells as another text of its tree did, whose entries begin at `first`,
    /// is left out: both are made of the same pages.
    pub(super) fn end_text(&mut self, first: usize, own: usize) {
        self.once.clear();
        let key = |entry: &Entry| (entry.file.clone(), entry.at.clone(), entry.message.to_string());
        let before: BTreeSet<_> = self.entries[first..own].iter().map(key).collect();
        let mut at = 0;
        self.entries.retain(|entry| {
            at += 1;
            at <= own || !before.contains(&key(entry))
        });
        self.gather(own);
    }

    /// Tells what is the same on many pages once, where it is first. Only what kept all text is gathered.
    fn gather(&mut self, own: usize) {
        let is_same = |entry: &Entry| entry.kind == Kind::Changed && entry.lost.is_empty();
        let mut pages: BTreeMap<String, usize> = BTreeMap::new();
        for entry in self.entries[own..].iter().filter(|entry| is_same(entry)) {
            *pages.entry(entry.message.to_string()).or_default() += 1;
        }
        let (mut at, mut seen) = (0, BTreeSet::new());
        self.entries.retain_mut(|entry| {
            at += 1;
            let message = entry.message.to_string();
            let count = pages.get(&message).copied().unwrap_or(0);
            if at <= own || !is_same(entry) || count <= MANY {
                return true;
            }
            let is_first = seen.insert(message);
            if is_first {
                entry.message = msg!("{message}; so it is on {count} pages", message = entry.message.clone(), count);
            }
            is_first
        });
    }

    /// Tells of one thing.
    pub(super) fn tell(&mut self, kind: Kind, severity: Severity, (file, at): (&str, usize), message: Message) {
        self.lose(kind, severity, (file, at), message, String::new());
    }

    /// Tells what a file that is not UTF-8 was read as, or that signs of it could not be read.
    pub(super) fn foreign(&mut self, foreign: &Foreign, path: &str) {
        match foreign.encoding {
            Some(encoding) => {
                let message = msg!("the file is not UTF-8: it looks like {encoding}, and is read as that", encoding);
                self.once(Kind::Guessed, Severity::Info, (path, 0), message);
            }
            None => {
                let message = msg!("the file is not UTF-8: signs that cannot be read are lost");
                self.once(Kind::Dropped, Severity::Error, (path, 0), message);
            }
        }
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
        let file = tree::join(&self.folder, file);
        self.entries.push(Entry { kind, severity, file, at, message, lost });
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

/// How many lines are named, and pages told one by one.
const MANY: usize = 8;
