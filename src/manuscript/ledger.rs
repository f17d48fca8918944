//! Files of one fixed shape that the program writes: languages, under them chapters, under them a line for each entry.
//!
//! Such a file is YAML, but is read line by line: it may be longer than the YAML reader accepts at once, and a line that a
//! merge has broken costs no other line. Each line is read like any other YAML.

use super::yaml::{self, Area, Fields, Node, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{Fingerprint, Lang};
use crate::source::FileId;

/// The shape of the files. It changes when older versions of this program would misread the lines.
pub(super) const FORM: &str = "form: 1";

const KEEP_BOTH: Message = msg!("keep the lines of both sides and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`");

/// One such file, and what is said of it.
pub(super) struct Ledger {
    pub(super) code: Code,
    /// What an entry is called.
    pub(super) entry: Message,
    /// That a line has another form than the program writes.
    pub(super) odd: Message,
    /// What to do with a file of a newer form.
    pub(super) newer: Message,
    /// What to do with a line that cannot be used.
    pub(super) mend: Message,
}

impl Ledger {
    /// Reads a file; `take` is given each entry with its language and the stem of its chapter. Lines that cannot be used are
    /// reported and left out.
    pub(super) fn read(
        &self,
        file: FileId,
        text: &str,
        sink: &mut Vec<Diagnostic>,
        take: &mut dyn FnMut(&Lang, &str, Line<'_>),
    ) {
        let mut reader = Reader { ledger: self, sink, lang: None, stem: None, lost: false };
        let unmarked = yaml::unmarked(text);
        let mut base = text.len() - unmarked.len();
        for line in unmarked.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            if !reader.line(Area { file, text: bare, base }, take) {
                break;
            }
            base += line.len();
        }
    }

    fn error(&self, area: Area<'_>, message: Message, hint: &Message) -> Diagnostic {
        Diagnostic::error(self.code, message).at(area.whole()).hint(hint.clone())
    }
}

/// The line of an entry.
pub(super) struct Line<'a> {
    ledger: &'a Ledger,
    pub(super) area: Area<'a>,
    pub(super) sink: &'a mut Vec<Diagnostic>,
}

impl Line<'_> {
    /// Its keys and values.
    pub(super) fn fields(&mut self) -> Option<Fields> {
        let node: Node = yaml::parse(self.area, self.sink)?;
        Fields::open(node, self.ledger.entry.clone(), self.sink)
    }

    /// Reports keys that it should not have.
    pub(super) fn finish(&mut self, fields: Fields) {
        fields.finish(&self.ledger.entry, self.sink);
    }

    /// Says what is wrong with it.
    pub(super) fn error(&mut self, message: Message) {
        self.sink.push(self.ledger.error(self.area, message, &self.ledger.mend));
    }

    /// The fingerprints of a key, joined by `+`.
    pub(super) fn fingerprints(&mut self, fields: &mut Fields, key: &'static str) -> Option<Vec<Fingerprint>> {
        let written = fields.text(key, self.sink)?;
        let found: Option<Vec<Fingerprint>> = written.value.split('+').map(Fingerprint::parse).collect();
        if found.is_none() {
            let message = msg!("`{key}` must be a fingerprint of ten letters, or several joined by `+`", key);
            let finding = Diagnostic::error(self.ledger.code, message).at(written.span);
            self.sink.push(finding.hint(self.ledger.mend.clone()));
        }
        found
    }
}

struct Reader<'a> {
    ledger: &'a Ledger,
    sink: &'a mut Vec<Diagnostic>,
    lang: Option<Lang>,
    stem: Option<String>,
    /// Whether a chapter's name could not be read: the lines under it belong nowhere, which is reported once.
    lost: bool,
}

impl Reader<'_> {
    /// Takes a line; returns whether the rest can be read.
    fn line(&mut self, area: Area<'_>, take: &mut dyn FnMut(&Lang, &str, Line<'_>)) -> bool {
        let (line, ledger) = (area.text, self.ledger);
        if line.trim().is_empty() || line.trim_start().starts_with('#') || line == FORM {
        } else if line.starts_with("form:") {
            self.error(area, msg!("this record has a format that this version cannot read"), &ledger.newer);
            return false;
        } else if is_conflict(line) {
            // One finding for each conflict: the other markers belong to it.
            if line.starts_with("<<<<<<<") {
                self.error(area, msg!("a merge left a conflict here"), &KEEP_BOTH);
            }
        } else if let Some(entry) = line.strip_prefix("    - ") {
            let base = area.base + line.len() - entry.len();
            self.entry(Area { text: entry, base, ..area }, take);
        } else if self.heading(line) {
            self.lost = false;
        } else {
            (self.stem, self.lost) = (None, true);
            self.error(area, ledger.odd.clone(), &ledger.mend);
        }
        true
    }

    fn error(&mut self, area: Area<'_>, message: Message, hint: &Message) {
        self.sink.push(self.ledger.error(area, message, hint));
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

    fn entry(&mut self, area: Area<'_>, take: &mut dyn FnMut(&Lang, &str, Line<'_>)) {
        if self.lost {
            return;
        }
        match (&self.lang, &self.stem) {
            (Some(lang), Some(stem)) => take(lang, stem, Line { ledger: self.ledger, area, sink: self.sink }),
            _ => {
                let hint = &self.ledger.mend;
                self.error(area, msg!("this line is not under a language and a chapter"), hint);
            }
        }
    }
}

fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}

/// Such a file: what stands at its head, then each chapter with its entries as `line` writes them.
pub(super) fn write<'a, T: 'a>(
    header: &str,
    chapters: impl Iterator<Item = (&'a Lang, &'a str, &'a [T])>,
    line: impl Fn(&T) -> String,
) -> String {
    let mut out = format!("{header}{FORM}\n");
    let mut open: Option<&Lang> = None;
    for (lang, stem, entries) in chapters {
        if open != Some(lang) {
            out += &format!("{lang}:\n");
            open = Some(lang);
        }
        let plain = !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        out += &if plain { format!("  {stem}:\n") } else { format!("  {}:\n", quoted(stem)) };
        for entry in entries {
            out += &format!("    - {{{}}}\n", line(entry));
        }
    }
    out
}

/// Fingerprints as a file has them.
pub(super) fn joined<'a>(prints: impl Iterator<Item = &'a Fingerprint>) -> String {
    prints.map(Fingerprint::as_str).collect::<Vec<_>>().join("+")
}
