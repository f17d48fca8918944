//! What a run leaves for the next.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Begun, Kept, KeptFinding, KeptPages, RECORD, Record, Run};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{self, Diagnostic};
use crate::inputs::Inputs;
use crate::source::Sources;

/// A run at its end.
pub(in crate::cli) struct Done<'a> {
    /// What is known of its artifacts, by their names; nothing of those that it is not known of what they were made from.
    pub(in crate::cli) made: &'a BTreeMap<String, Kept>,
    /// Where the pages begin that were set, by the stem of their edition's artifacts.
    pub(in crate::cli) pages: BTreeMap<String, KeptPages>,
    /// Whether all that was asked for is among them.
    pub(in crate::cli) whole: bool,
    /// All that was read.
    pub(in crate::cli) inputs: &'a Inputs,
    /// All that was found.
    pub(in crate::cli) found: &'a [Diagnostic],
    pub(in crate::cli) took: Duration,
}

impl Begun {
    /// Writes the record, which takes its place with the artifacts.
    pub(in crate::cli) fn remember(&self, done: &Done<'_>, sources: &Sources, terminal: &Terminal) {
        let before = Record::read(&self.out);
        let mut record = before.clone();
        for (name, kept) in done.made {
            record.made.insert(name.clone(), kept.clone());
        }
        record.pages.extend(done.pages.clone());
        let sound = done.whole && done.inputs.is_sure() && !diagnostic::any_error(done.found);
        let run = sound.then(|| Run {
            asked: self.asked.clone(),
            inputs: done.inputs.clone(),
            made: done.made.iter().map(|(name, kept)| (name.clone(), kept.content)).collect(),
            findings: done.found.iter().map(|finding| KeptFinding::of(finding, sources)).collect(),
            seconds: done.took.as_secs_f64(),
        });
        record.note(&self.asked, run);
        // Without artifacts there is no folder to write it in.
        if record == before || record.made.is_empty() {
            return;
        }
        if let Err(why) = terminal.deliver(&self.out.join(RECORD), &record.text()) {
            terminal.failure(&why);
        }
    }
}
