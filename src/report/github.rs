//! For GitHub: workflow commands, which its runner shows beside the changed lines of a pull request.

use std::fmt::Write as _;

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};

/// A workflow command for each open finding.
pub fn github(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.open {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let _ = writeln!(out, "::{command} {}::{}", properties(finding, report), data(&message(finding, report)));
    }
    out
}

fn properties(finding: &Diagnostic, report: &Report<'_>) -> String {
    let mut list = Vec::new();
    if let Some(label) = &finding.primary {
        let file = report.sources.get(label.span.file);
        let range = file.clamp(label.span.range());
        let (start, end) = (file.position(range.start), file.position(range.end));
        list.push(format!("file={}", property(&report.path(label.span.file))));
        list.push(format!("line={},endLine={}", start.line, end.line));
        // Columns of several lines are refused.
        if start.line == end.line {
            list.push(format!("col={},endColumn={}", start.column, end.column));
        }
    }
    list.push(format!("title={}", property(finding.check.as_str())));
    list.join(",")
}

/// The message, the places that explain it and the ways to fix it, a line each.
fn message(finding: &Diagnostic, report: &Report<'_>) -> String {
    let locale = report.locale;
    let mut lines = vec![locale.say(&finding.message)];
    for label in &finding.labels {
        let at = report.sources.get(label.span.file).position(label.span.start).line;
        let place = format!("{}:{at}", report.path(label.span.file));
        lines.push(if label.text.is_empty() { place } else { format!("{place}: {}", locale.say(&label.text)) });
    }
    lines.extend(finding.hints.iter().map(|hint| locale.say(hint)));
    lines.join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;
    use crate::report::sample::{Sample, finding_in};

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        let mut sample = Sample::new("a,b: 100%.md", "一\n二三\n");
        let finding = finding_in(&sample, 4..7).hint(Message::data("第一行\r\n::error::injected"));
        sample.open = vec![Diagnostic { message: Message::data("100% wrong: here, or\nthere"), ..finding }];
        assert_eq!(
            sample.with(github),
            "::error file=a%2Cb%3A 100%25.md,line=2,endLine=2,col=1,endColumn=2,title=number::\
             100%25 wrong: here, or%0Athere%0A第一行%0D%0A::error::injected\n"
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let mut sample = Sample::new("a.md", "一\n二三\n");
        sample.open = vec![finding_in(&sample, 0..7)];
        assert_eq!(sample.with(github), "::error file=a.md,line=1,endLine=2,title=number::m\n");
    }
}
