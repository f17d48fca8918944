//! For programs: one JSON object with a schema version and all findings.

use serde::Serialize;

use super::Tally;
use crate::diagnostic::{Diagnostic, Edit, Label};
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
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    labels: Vec<Place<'a>>,
    hints: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    edits: Vec<Change<'a>>,
}

/// A change that mends a finding: the bytes from `byte_start` up to `byte_end` become `text`.
#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    byte_start: usize,
    byte_end: usize,
    text: &'a str,
}

/// Lines and columns count from 1, columns in characters; bytes from 0. The end is the first character after the place.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: usize,
    byte_end: usize,
    text: &'a str,
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

/// One JSON object, indented, with a final line break.
pub fn json(diagnostics: &[Diagnostic], hidden: Hidden, sources: &Sources) -> String {
    let tally = Tally::of(diagnostics);
    let report = Report {
        schema: SCHEMA,
        findings: diagnostics.iter().map(|d| finding(d, sources)).collect(),
        summary: Summary {
            errors: tally.errors,
            warnings: tally.warnings,
            infos: tally.infos,
            waived: hidden.waived,
            held_back: hidden.held_back,
        },
    };
    let mut text = serde_json::to_string_pretty(&report).expect("plain data always serialises");
    text.push('\n');
    text
}

pub(super) fn finding<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Finding<'a> {
    Finding {
        check: diagnostic.check,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: diagnostic.primary.as_ref().map(|label| place(label, sources)),
        labels: diagnostic.labels.iter().map(|label| place(label, sources)).collect(),
        hints: &diagnostic.hints,
        edits: diagnostic.edits.iter().map(|edit| change(edit, sources)).collect(),
    }
}

fn change<'a>(edit: &'a Edit, sources: &'a Sources) -> Change<'a> {
    let file = sources.get(edit.span.file).path();
    Change { file, byte_start: edit.span.start, byte_end: edit.span.end, text: &edit.text }
}

fn place<'a>(label: &'a Label, sources: &'a Sources) -> Place<'a> {
    let file = sources.get(label.span.file);
    let (start, end) = (file.position(label.span.start), file.position(label.span.end));
    Place {
        file: file.path(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_start: label.span.start,
        byte_end: label.span.end,
        text: &label.text,
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
        let text =
            json(&[Diagnostic::error("number", "m").at(Span::new(file, 7..10)).hint("h")], Hidden::default(), &sources);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let finding = &value["findings"][0];
        assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &2.into()));
        assert_eq!((&finding["end_column"], &finding["byte_start"]), (&3.into(), &7.into()));
        assert_eq!(value["summary"]["errors"], 1);
    }
}
