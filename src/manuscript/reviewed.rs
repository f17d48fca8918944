//! `manuscript/reviewed.yaml`: what was signed off.
//!
//! A book of 700 pages has some 20,000 pairs and three megabytes here.

use super::ledger::{self, Ledger, Line};
use super::yaml::{Kind, Node, quoted};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::model::{Lang, Record, Reviewed};
use crate::source::{FileId, Files, Sources};

/// Where sign-offs are kept.
pub const REVIEWED_FILE: &str = "manuscript/reviewed.yaml";

/// Longest record accepted, in bytes: some 100,000 pairs.
const MAX_BYTES: usize = 16 << 20;

const HEADER: &str = "\
# What was signed off, written by `dama-pub accept`: a line for each block and its translation, in the order of the
# chapters. `source` and `target` stand for the wording of both; `text` is what the source said. See docs/review.md.
# In a merge keep the lines of both sides.
";

/// Reads the record as it is now, if there is one. Lines that cannot be used are reported and left out.
pub fn load_reviewed(files: &dyn Files, sources: &mut Sources) -> Reported<Reviewed> {
    let mut found = Vec::new();
    let reviewed = load(files, sources, &mut found);
    Reported::new(reviewed, found)
}

/// Reads the record, if there is one. Lines that cannot be used are reported and left out.
pub(super) fn load(files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) -> Reviewed {
    if !files.list("manuscript").iter().any(|name| name == "reviewed.yaml") {
        return Reviewed::default();
    }
    let Some(file) = super::read_text(files, sources, REVIEWED_FILE, MAX_BYTES, sink) else {
        return Reviewed::default();
    };
    read(file, sources.get(file).text(), sink)
}

const LEDGER: Ledger = Ledger {
    code: codes::REVIEWED,
    entry: msg!("a sign-off"),
    odd: msg!("this line does not have the form that `dama-pub accept` writes"),
    newer: msg!("use the version that wrote it, or remove the file and sign off again with `dama-pub accept --all`"),
    mend: msg!("restore the line from version control, or remove it; its block then counts as not reviewed"),
};

fn read(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Reviewed {
    let mut found = Reviewed::default();
    LEDGER.read(file, text, sink, &mut |lang, stem, line| pair(lang, stem, line, &mut found));
    found
}

fn pair(lang: &Lang, stem: &str, mut line: Line<'_>, found: &mut Reviewed) {
    let before = line.sink.len();
    let Some(mut fields) = line.fields() else { return };
    let id = fields.text("id", line.sink).map(|id| id.value);
    let source = line.fingerprints(&mut fields, "source");
    let target = line.fingerprints(&mut fields, "target");
    let texts = fields.take("text").map_or_else(Vec::new, |entry| texts(entry.node));
    line.finish(fields);
    match (source, target) {
        // A misspelt key is already reported.
        _ if line.sink.len() > before => {}
        (Some(source), Some(targets)) if source.len() == texts.len() => {
            let sources = source.into_iter().zip(texts).collect();
            found.push(lang, stem, Record { id, sources, targets });
        }
        (Some(_), Some(_)) => line.error(msg!("`text` must have the text of each source block")),
        _ => line.error(msg!("a sign-off needs `source` and `target`")),
    }
}

fn texts(node: Node) -> Vec<String> {
    match node.kind {
        Kind::Scalar(text) => vec![text],
        Kind::Seq(nodes) => nodes.into_iter().flat_map(texts).collect(),
        Kind::Null | Kind::Map(_) => Vec::new(),
    }
}

/// The record as a file. The same record gives the same bytes.
pub fn write(reviewed: &Reviewed) -> String {
    ledger::write(HEADER, reviewed.chapters(), written)
}

fn written(record: &Record) -> String {
    let source = ledger::joined(record.sources.iter().map(|(print, _)| print));
    let target = ledger::joined(record.targets.iter());
    let id = record.id.as_ref().map_or(String::new(), |id| format!("id: {}, ", quoted(id)));
    let texts: Vec<String> = record.sources.iter().map(|(_, text)| quoted(text)).collect();
    let text = if let [text] = &texts[..] { text.clone() } else { format!("[{}]", texts.join(", ")) };
    format!("source: {source}, target: {target}, {id}text: {text}")
}

#[cfg(test)]
#[path = "reviewed_tests.rs"]
mod tests;
