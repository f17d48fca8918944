//! Forms of report: diagnostics in, text out.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// For people at a terminal: each finding with its lines of source, the place underlined, and its hints.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let _ = (diagnostics, sources, color);
    todo!()
}

/// For programs: one JSON object with a schema version and all findings.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let _ = (diagnostics, sources);
    todo!()
}
