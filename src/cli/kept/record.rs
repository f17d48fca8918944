//! The record that lies beside artifacts.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::finding::KeptFinding;
use super::pages::KeptPages;
use crate::inputs::{Digest, Inputs, PROGRAM, Settings};

/// The name of the record in the folder of the artifacts.
pub(in crate::cli) const RECORD: &str = ".dama-pub.json";

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/made/1";

/// Most runs with different options that a record knows.
#[cfg(feature = "pages")]
const RUNS: usize = 8;

/// What is known of an artifact that was made without errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::cli) struct Kept {
    /// Of all that it was made from.
    pub(in crate::cli) digest: Digest,
    /// What was read in making it, beside the text of the book.
    pub(in crate::cli) further: Inputs,
    /// Of the file.
    pub(in crate::cli) content: Digest,
    pub(in crate::cli) bytes: usize,
    pub(in crate::cli) pages: Option<usize>,
    /// How long it took.
    pub(in crate::cli) seconds: f64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::cli) findings: Vec<KeptFinding>,
    /// Whether the last run took it from a cache.
    #[serde(default)]
    pub(in crate::cli) cached: bool,
}

/// A run that made all that it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::cli) struct Run {
    /// What it was asked for.
    pub(in crate::cli) asked: Settings,
    /// All that it read.
    pub(in crate::cli) inputs: Inputs,
    /// What is in the artifacts, by their names.
    pub(in crate::cli) made: BTreeMap<String, Digest>,
    /// What it said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::cli) findings: Vec<KeptFinding>,
    /// How long it took.
    pub(in crate::cli) seconds: f64,
}

/// What earlier runs have made in a folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::cli) struct Record {
    schema: String,
    /// The program that wrote it: another one makes something else of the same book.
    program: String,
    /// The artifacts, by their names.
    pub(in crate::cli) made: BTreeMap<String, Kept>,
    /// Where pages begin, by the stem of their edition's artifacts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::cli) pages: BTreeMap<String, KeptPages>,
    /// Runs, the last one at the end.
    pub(in crate::cli) runs: Vec<Run>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            program: PROGRAM.to_owned(),
            made: BTreeMap::new(),
            pages: BTreeMap::new(),
            runs: Vec::new(),
        }
    }
}

impl Record {
    /// That of a folder; an empty one where there is none of this program.
    pub(in crate::cli) fn read(out: &Path) -> Self {
        std::fs::read(out.join(RECORD)).ok().and_then(|text| Self::of(&text)).unwrap_or_default()
    }

    fn of(text: &[u8]) -> Option<Self> {
        let record: Self = serde_json::from_slice(text).ok()?;
        (record.schema == SCHEMA && record.program == PROGRAM).then_some(record)
    }

    /// As it is written.
    #[cfg(feature = "pages")]
    pub(in crate::cli) fn text(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a record is plain data")
    }

    /// The run that was asked for the same.
    #[cfg(feature = "pages")]
    pub(in crate::cli) fn run(&self, asked: &Settings) -> Option<&Run> {
        self.runs.iter().find(|run| run.asked == *asked)
    }

    /// Notes what a run was asked for, and that it made all of it, if it did.
    #[cfg(feature = "pages")]
    pub(in crate::cli) fn note(&mut self, asked: &Settings, run: Option<Run>) {
        self.runs.retain(|other| other.asked != *asked);
        self.runs.extend(run);
        let surplus = self.runs.len().saturating_sub(RUNS);
        self.runs.drain(..surplus);
    }
}

#[cfg(all(test, feature = "pages"))]
mod tests {
    use super::*;

    fn run(edition: &str) -> Run {
        let asked = Settings::default().with("edition", edition);
        Run { asked, inputs: Inputs::default(), made: BTreeMap::new(), findings: Vec::new(), seconds: 1.0 }
    }

    #[test]
    fn the_last_runs_are_known_by_what_they_were_asked_for() {
        let mut record = Record::default();
        for edition in ["a", "b", "a", "c", "d", "e", "f", "g", "h", "i"] {
            record.note(&run(edition).asked, Some(run(edition)));
        }
        let known = |edition: &str| record.run(&run(edition).asked).is_some();
        assert!(!known("b") && known("a") && known("i"));
        record.note(&run("a").asked, None);
        assert!(record.run(&run("a").asked).is_none(), "one that failed takes its place");
    }

    #[test]
    fn a_record_of_another_program_is_none() {
        let record = Record { runs: vec![run("a")], ..Record::default() };
        let text = String::from_utf8(record.text()).unwrap();
        assert_eq!(Record::of(text.as_bytes()), Some(record));
        assert_eq!(Record::of(text.replace(PROGRAM, "dama-pub 9").as_bytes()), None);
        assert_eq!(Record::of(b"{}"), None);
    }
}
