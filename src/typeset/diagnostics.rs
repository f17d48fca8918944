//! Typst's findings in our form, each at its own file, line and column.

use std::ops::Range;

use typst::diag::{self, SourceDiagnostic};
use typst::syntax::{DiagSpan, FileId};
use typst::{World, WorldExt};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Sources, Span};

/// Warnings of Typst that mean a wrong book: how their message begins, and the name of the check.
const GRAVE: &[(&str, &str)] =
    &[("unknown font family", "unknown-font"), ("document did not converge", "not-converged")];

/// Turns Typst's findings into ours.
pub(super) fn convert(world: &dyn World, sources: &Sources, found: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    found.iter().map(|one| convert_one(world, sources, one)).collect()
}

fn convert_one(world: &dyn World, sources: &Sources, found: &SourceDiagnostic) -> Diagnostic {
    let grave = GRAVE.iter().find(|(start, _)| found.message.starts_with(start)).map(|(_, check)| *check);
    let severity = match found.severity {
        diag::Severity::Warning if grave.is_none() => Severity::Warning,
        _ => Severity::Error,
    };
    let mut out = Diagnostic::new(severity, grave.unwrap_or("typeset"), found.message.as_str());
    match place(world, sources, found.span) {
        Some(span) => out = out.at(span),
        None => {
            if let Some(id) = found.span.id() {
                out.message = format!("{}: {}", id.get().vpath().get_without_slash(), out.message);
            }
        }
    }
    // Where the manuscript itself is wrong, the way through the layout is of no use to an editor.
    let in_manuscript = |label: &Label| sources.get(label.span.file).path().starts_with("manuscript/");
    let trace = if out.primary.as_ref().is_some_and(in_manuscript) { &[][..] } else { &found.trace[..] };
    for point in trace {
        if let Some(span) = place(world, sources, point.span.into()) {
            out = out.label(span, point.v.to_string());
        }
    }
    for hint in &found.hints {
        match place(world, sources, hint.span) {
            Some(span) => out = out.label(span, hint.v.as_str()),
            None => out = out.hint(hint.v.as_str()),
        }
    }
    lead(out)
}

/// A finding that has no place but a trace stands where the trace begins.
fn lead(mut finding: Diagnostic) -> Diagnostic {
    if finding.primary.is_none() && !finding.labels.is_empty() {
        finding.primary = Some(finding.labels.remove(0));
    }
    finding
}

fn place(world: &dyn World, sources: &Sources, span: DiagSpan) -> Option<Span> {
    let id = span.id()?;
    at(sources, id, world.range(span)?)
}

/// Our span over a range of a file that Typst names; `None` when the file is not among the sources.
pub(super) fn at(sources: &Sources, id: FileId, range: Range<usize>) -> Option<Span> {
    let file = sources.find(id.get().vpath().get_without_slash())?;
    let text = sources.get(file).text();
    let snap = |offset: usize| text.floor_char_boundary(offset.min(text.len()));
    let start = snap(range.start);
    Some(Span::new(file, start..snap(range.end).max(start)))
}
