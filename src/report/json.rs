//! For programs: one JSON object with a schema version and all findings.

use serde::Serialize;

use super::Tally;
use super::programs::pretty;
use crate::diagnostic::{Diagnostic, Edit, Label};
use crate::message::{List, Locale, Message};
use crate::source::Sources;

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/diagnostics/1";

#[derive(Serialize)]
struct Report<'a> {
    schema: &'a str,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    check: &'a str,
    severity: &'a str,
    message: String,
    #[serde(flatten)]
    place: Option<Location<'a>>,
    labels: Vec<Location<'a>>,
    hints: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    edits: Vec<Change<'a>>,
}

/// A change that fixes a finding: the bytes from `byte_start` up to `byte_end` become `text`.
#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    byte_start: usize,
    byte_end: usize,
    text: &'a str,
}

/// Lines and columns count from 1, columns in characters; bytes from 0. The end is the first character after the place.
#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: usize,
    byte_end: usize,
    text: String,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    waived: usize,
    held_back: usize,
}

/// How many findings are not shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hidden {
    /// Waived by a comment in the manuscript.
    pub waived: usize,
    /// Accepted by the baseline.
    pub held_back: usize,
}

impl Hidden {
    /// The counts in words; empty where nothing is hidden.
    pub fn message(self) -> Message {
        let waived = (self.waived > 0).then(|| msg!("{waived} waived", waived = self.waived));
        let held = (self.held_back > 0).then(|| msg!("{held} held back by the baseline", held = self.held_back));
        Message::list(List::Clauses, waived.into_iter().chain(held))
    }
}

/// One JSON object, indented, with a final line break.
pub fn json(diagnostics: &[Diagnostic], hidden: Hidden, sources: &Sources, locale: Locale) -> String {
    let tally = Tally::of(diagnostics);
    let report = Report {
        schema: SCHEMA,
        findings: diagnostics.iter().map(|d| finding(d, sources, locale)).collect(),
        summary: Summary {
            errors: tally.errors,
            warnings: tally.warnings,
            infos: tally.infos,
            waived: hidden.waived,
            held_back: hidden.held_back,
        },
    };
    pretty(&report)
}

pub(super) fn finding<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, locale: Locale) -> Finding<'a> {
    Finding {
        check: diagnostic.check.as_str(),
        severity: diagnostic.severity.name(),
        message: locale.say(&diagnostic.message),
        place: diagnostic.primary.as_ref().map(|label| place(label, sources, locale)),
        labels: diagnostic.labels.iter().map(|label| place(label, sources, locale)).collect(),
        hints: diagnostic.hints.iter().map(|hint| locale.say(hint)).collect(),
        edits: diagnostic.edits.iter().map(|edit| change(edit, sources)).collect(),
    }
}

fn change<'a>(edit: &'a Edit, sources: &'a Sources) -> Change<'a> {
    let (file, span) = (sources.get(edit.span.file).path(), sources.clamp(edit.span));
    Change { file, byte_start: span.start, byte_end: span.end, text: &edit.text }
}

fn place<'a>(label: &'a Label, sources: &'a Sources, locale: Locale) -> Location<'a> {
    let (file, span) = (sources.get(label.span.file), sources.clamp(label.span));
    let (start, end) = (file.position(span.start), file.position(span.end));
    Location {
        file: file.path(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_start: span.start,
        byte_end: span.end,
        text: locale.say(&label.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Span};

    #[test]
    fn places_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("zh/a.md", "甲\n乙丙丁\n"));
        let text = json(
            &[Diagnostic::error("number".into(), Message::data("m"))
                .at(Span::new(file, 7..10))
                .hint(Message::data("h"))],
            Hidden::default(),
            &sources,
            Locale::English,
        );
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let finding = &value["findings"][0];
        assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &2.into()));
        assert_eq!((&finding["end_column"], &finding["byte_start"]), (&3.into(), &7.into()));
        assert_eq!(value["summary"]["errors"], 1);
    }
}
