//! `manuscript/reviewed.yaml`: what was signed off.
//!
//! The file is YAML of one fixed shape, a line for each pair, and is read line by line: a book of 700 pages has some
//! 20,000 pairs and three megabytes here, more than the YAML reader accepts at once; and a line that a merge has broken
//! costs no other line. Each line is read like any other YAML.

use std::fmt::Write as _;

use super::yaml::{self, Area, Fields, Kind, Node, quoted};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::message::Message;
use crate::model::{Fingerprint, Lang, Record, Reviewed};
use crate::source::{FileId, Files, Sources};

/// Where sign-offs are kept.
pub const REVIEWED_FILE: &str = "manuscript/reviewed.yaml";

/// Longest record accepted, in bytes: some 100,000 pairs.
const MAX_BYTES: usize = 16 << 20;

/// The shape of the file. It changes when older versions of this program would misread the lines.
const FORM: &str = "form: 1";

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

fn read(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Reviewed {
    let mut reader = RecordReader { sink, found: Reviewed::default(), lang: None, stem: None, lost: false };
    let unmarked = yaml::unmarked(text);
    let mut base = text.len() - unmarked.len();
    for line in unmarked.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if !reader.line(Area { file, text: bare, base }) {
            break;
        }
        base += line.len();
    }
    reader.found
}

struct RecordReader<'a> {
    sink: &'a mut Vec<Diagnostic>,
    found: Reviewed,
    lang: Option<Lang>,
    stem: Option<String>,
    /// Whether a chapter's name could not be read: the lines under it belong nowhere, which is reported once.
    lost: bool,
}

impl RecordReader<'_> {
    /// Takes a line; returns whether the rest can be read.
    fn line(&mut self, area: Area<'_>) -> bool {
        let line = area.text;
        if line.trim().is_empty() || line.trim_start().starts_with('#') || line == FORM {
        } else if line.starts_with("form:") {
            self.error(area, msg!("this record has a format that this version cannot read"), WRITE_AGAIN);
            return false;
        } else if is_conflict(line) {
            // One finding for each conflict: the other markers belong to it.
            if line.starts_with("<<<<<<<") {
                self.error(area, msg!("a merge left a conflict here"), KEEP_BOTH);
            }
        } else if let Some(pair) = line.strip_prefix("    - ") {
            let base = area.base + line.len() - pair.len();
            self.pair(Area { text: pair, base, ..area });
        } else if self.heading(line) {
            self.lost = false;
        } else {
            (self.stem, self.lost) = (None, true);
            self.error(area, msg!("this line does not have the form that `dama-pub accept` writes"), REMOVE);
        }
        true
    }

    fn error(&mut self, area: Area<'_>, message: Message, hint: Message) {
        self.sink.push(Diagnostic::error(codes::REVIEWED, message).at(area.whole()).hint(hint));
    }

    /// A language or a chapter.
    fn heading(&mut self, line: &str) -> bool {
        let Some(name) = line.trim_end().strip_suffix(':') else { return false };
        match name.strip_prefix("  ") {
            Some(stem) if !stem.starts_with(' ') => {
                self.stem = if stem.starts_with('"') { serde_json::from_str(stem).ok() } else { Some(stem.to_owned()) };
                self.stem.is_some()
            }
            Some(_) => false,
            None => {
                (self.lang, self.stem) = (Lang::new(name), None);
                self.lang.is_some()
            }
        }
    }

    fn pair(&mut self, area: Area<'_>) {
        if self.lost {
            return;
        }
        let (Some(lang), Some(stem)) = (self.lang.clone(), self.stem.clone()) else {
            return self.error(area, msg!("this line is not under a language and a chapter"), REMOVE);
        };
        let before = self.sink.len();
        let Some(node) = yaml::parse(area, self.sink) else { return };
        let Some(mut fields) = Fields::open(node, msg!("a sign-off"), self.sink) else { return };
        let id = fields.text("id", self.sink).map(|id| id.value);
        let source = self.fingerprints(&mut fields, "source");
        let target = self.fingerprints(&mut fields, "target");
        let texts = fields.take("text").map_or_else(Vec::new, |entry| texts(entry.node));
        fields.finish(&msg!("a sign-off"), self.sink);
        match (source, target) {
            // A misspelt key is already reported.
            _ if self.sink.len() > before => {}
            (Some(source), Some(targets)) if source.len() == texts.len() => {
                let sources = source.into_iter().zip(texts).collect();
                self.found.push(&lang, &stem, Record { id, sources, targets });
            }
            (Some(_), Some(_)) => self.error(area, msg!("`text` must have the text of each source block"), REMOVE),
            _ => self.error(area, msg!("a sign-off needs `source` and `target`"), REMOVE),
        }
    }

    fn fingerprints(&mut self, fields: &mut Fields, key: &'static str) -> Option<Vec<Fingerprint>> {
        let written = fields.text(key, self.sink)?;
        let found: Option<Vec<Fingerprint>> = written.value.split('+').map(Fingerprint::parse).collect();
        if found.is_none() {
            let message = msg!("`{key}` must be a fingerprint of ten letters, or several joined by `+`", key);
            self.sink.push(Diagnostic::error(codes::REVIEWED, message).at(written.span).hint(REMOVE));
        }
        found
    }
}

const WRITE_AGAIN: Message =
    msg!("use the version that wrote it, or remove the file and sign off again with `dama-pub accept --all`");
const KEEP_BOTH: Message = msg!("keep the lines of both sides and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`");
const REMOVE: Message =
    msg!("restore the line from version control, or remove it; its block then counts as not reviewed");

fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
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
    let mut out = format!("{HEADER}{FORM}\n");
    let mut open: Option<&Lang> = None;
    for (lang, stem, records) in reviewed.chapters() {
        if open != Some(lang) {
            let _ = writeln!(out, "{lang}:");
            open = Some(lang);
        }
        let plain = !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        let _ = if plain { writeln!(out, "  {stem}:") } else { writeln!(out, "  {}:", quoted(stem)) };
        for record in records {
            pair(record, &mut out);
        }
    }
    out
}

fn pair(record: &Record, out: &mut String) {
    let join =
        |prints: &mut dyn Iterator<Item = &Fingerprint>| prints.map(Fingerprint::as_str).collect::<Vec<_>>().join("+");
    let source = join(&mut record.sources.iter().map(|(print, _)| print));
    let target = join(&mut record.targets.iter());
    let id = record.id.as_ref().map_or(String::new(), |id| format!("id: {}, ", quoted(id)));
    let texts: Vec<String> = record.sources.iter().map(|(_, text)| quoted(text)).collect();
    let text = if let [text] = &texts[..] { text.clone() } else { format!("[{}]", texts.join(", ")) };
    let _ = writeln!(out, "    - {{source: {source}, target: {target}, {id}text: {text}}}");
}

#[cfg(test)]
#[path = "reviewed_tests.rs"]
mod tests;
