//! Typst's findings in our form, each at its own file, line and column.

use std::ops::Range;

use typst::diag::{self, SourceDiagnostic, Tracepoint};
use typst::syntax::{self, DiagSpan};
use typst::{World, WorldExt};

use super::{Job, relay, sayings};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Label, Severity};
use crate::message::Message;
use crate::source::{FileId, Sources, Span};

/// Warnings of Typst that mean a wrong book: how their message begins, and their code.
const GRAVE: &[(&str, Code)] =
    &[("unknown font family", codes::UNKNOWN_FONT), ("document did not converge", codes::NOT_CONVERGED)];

/// Turns Typst's findings into ours.
pub(super) fn convert(world: &dyn World, job: &Job<'_>, found: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    found.iter().map(|one| placed(convert_one(world, job.sources, one), job)).collect()
}

/// What has no place of its own stands at the layout, which alone can be to blame for it; what is wrong with the list of
/// references at that list, and not where the layout asks for it.
fn placed(finding: Diagnostic, job: &Job<'_>) -> Diagnostic {
    let start = |file: FileId| Span::new(file, 0..job.sources.get(file).text().lines().next().map_or(0, str::len));
    match &finding.primary {
        None => match job.sources.find(&job.layout.main) {
            Some(layout) => finding.at(start(layout)),
            None => finding,
        },
        Some(label) if job.sources.snippet(label.span).starts_with("bibliography(") => match job.book.references {
            Some(references) => Diagnostic { labels: Vec::new(), ..finding }.at(start(references)),
            None => finding,
        },
        Some(_) => finding,
    }
}

fn convert_one(world: &dyn World, sources: &Sources, found: &SourceDiagnostic) -> Diagnostic {
    let spared = relay::was_spared(&found.message);
    let text = spared.unwrap_or(&found.message);
    let grave = GRAVE.iter().find(|(start, _)| text.starts_with(start)).map(|(_, code)| *code);
    let severity = match found.severity {
        diag::Severity::Warning if grave.is_none() && spared.is_none() => Severity::Warning,
        _ => Severity::Error,
    };
    let file = found.span.id().map(|id| id.get().vpath().get_without_slash());
    let span = place(world, sources, found.span);
    let mut message = message(text, file);
    if let (Some(file), None) = (file, span) {
        message = msg!("{file}: {message}", file, message);
    }
    let mut out = Diagnostic::new(severity, grave.unwrap_or(codes::TYPESET), message);
    if let Some(span) = span {
        out = out.at(span);
    }
    // Where the manuscript itself is wrong, the way through the layout is of no use to an editor.
    let in_manuscript = |label: &Label| sources.get(label.span.file).path().starts_with("manuscript/");
    let trace = if out.primary.as_ref().is_some_and(in_manuscript) { &[][..] } else { &found.trace[..] };
    for point in trace {
        if let Some(span) = place(world, sources, point.span.into()) {
            out = out.label(span, step(&point.v));
        }
    }
    for hint in &found.hints {
        let text = say(&hint.v);
        match place(world, sources, hint.span) {
            Some(span) => out = out.label(span, text),
            None => out = out.hint(text),
        }
    }
    lead(out)
}

/// A message of a finding in a file, in our words where we have some; else Typst's own, which of a layout are set off as such.
fn message(text: &str, file: Option<&str>) -> Message {
    match known(text) {
        Some(message) => message,
        None if file.is_some_and(|file| file.starts_with("layouts/")) => {
            msg!("in the layout, Typst reports: {report}", report = text)
        }
        None => Message::data(text),
    }
}

/// What Typst says, in our words where we have some.
pub(super) fn say(text: &str) -> Message {
    known(text).unwrap_or_else(|| Message::data(text))
}

/// The message that Typst carried for us, or our words for one of its own.
fn known(text: &str) -> Option<Message> {
    if let Some(own) = relay::receive(text) {
        return Some(own);
    }
    let inside = |start: &str| text.strip_prefix(start)?.strip_suffix(')');
    if let Some(reason) = inside("failed to load file (") {
        return Some(msg!("cannot load the file: {reason}", reason = say(reason)));
    }
    if let Some(reason) = inside("failed to load package (") {
        return Some(msg!("cannot load the package: {reason}", reason = say(reason)));
    }
    sayings::known(text)
}

/// A step on the way to an error.
fn step(point: &Tracepoint) -> Message {
    match point {
        Tracepoint::Call(Some(name)) => msg!("in this call of `{name}`", name = name.as_str()),
        Tracepoint::Call(None) => msg!("in this call"),
        Tracepoint::Show(name) => msg!("while this `{name}` is shown", name = name.as_str()),
        Tracepoint::Import(name) => msg!("while `{name}` is imported", name = name.as_str()),
        Tracepoint::Include(name) => msg!("while `{name}` is included", name = name.as_str()),
    }
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
pub(super) fn at(sources: &Sources, id: syntax::FileId, range: Range<usize>) -> Option<Span> {
    let file = sources.find(id.get().vpath().get_without_slash())?;
    Some(Span::new(file, sources.get(file).clamp(range)))
}
