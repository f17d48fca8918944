//! For editors and for `grep`: a line for each finding.

use std::fmt::Write as _;

use super::Report;
use crate::message::visible_in_line;

/// `file:line:column: level[check]: message`, a line for each open finding.
pub fn short(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.open {
        if let Some(label) = &finding.primary {
            let file = report.sources.get(label.span.file);
            let _ =
                write!(out, "{}:{}: ", visible_in_line(&report.path(label.span.file)), file.position(label.span.start));
        }
        let message = report.locale.say(&finding.message);
        let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "{}[{}]: {message}", finding.severity.name(), finding.check);
    }
    out
}
