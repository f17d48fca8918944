//! A long report for people: by cause, the worst first, and of each cause a few.

use std::cmp::Reverse;

use super::human::{Page, human};
use super::{Report, Tally};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;

/// With so many findings a report is read from first to last.
const SHORT: usize = 50;

/// How many findings of a code a long report shows.
const EACH: usize = 10;

/// The findings of a report: at most `limit` of a code, the worst first; 0 is all. Without a limit a short report shows all, in
/// the order of their places.
pub fn digest(report: &Report<'_>, limit: Option<usize>, color: bool, page: Page) -> String {
    match limit {
        None if report.open.len() <= SHORT => human(report.open, report.sources, report.locale, color, page),
        _ => by_cause(report, limit.unwrap_or(EACH), color, page),
    }
}

fn by_cause(report: &Report<'_>, limit: usize, color: bool, page: Page) -> String {
    let mut out = String::new();
    for (code, findings) in causes(report.open) {
        let shown = if limit == 0 { findings.len() } else { limit.min(findings.len()) };
        out.push_str(&human(&findings[..shown], report.sources, report.locale, color, page));
        let left = findings.len() - shown;
        if left > 0 {
            out.push_str(&page.fill(report.locale.say(&more(code, left)), 0));
            out.push_str("\n\n");
        }
    }
    out
}

fn more(code: Code, left: usize) -> Message {
    plural!(
        left,
        "{left} further finding of `{code}`: `--select {code} --limit 0` shows all",
        "{left} further findings of `{code}`: `--select {code} --limit 0` shows all",
        code = code.as_str()
    )
}

/// Findings by code, those with the most errors first; the worst first in each.
fn causes(findings: &[Diagnostic]) -> Vec<(Code, Vec<Diagnostic>)> {
    let mut causes: Vec<(Code, Vec<Diagnostic>)> = Vec::new();
    for finding in findings {
        match causes.iter_mut().find(|(code, _)| *code == finding.check) {
            Some((_, of_it)) => of_it.push(finding.clone()),
            None => causes.push((finding.check, vec![finding.clone()])),
        }
    }
    for (_, findings) in &mut causes {
        findings.sort_by_key(|finding| Reverse(finding.severity));
    }
    causes.sort_by_key(|(_, findings)| Reverse(Tally::of(findings).gravity()));
    causes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::report::sample::Sample;

    /// A finding for each digit of a code: 0 for an error, 1 for a warning, 2 for a note.
    fn shown(found: &[(&'static str, &str)], limit: Option<usize>) -> String {
        let mut open = Vec::new();
        for (code, digits) in found {
            for digit in digits.chars() {
                let severity = [Severity::Error, Severity::Warning, Severity::Info][digit as usize - '0' as usize];
                open.push(Diagnostic::new(severity, (*code).into(), Message::data("m")));
            }
        }
        let sample = Sample { open, ..Sample::new("a.md", "") };
        let text = sample.with(|report| digest(report, limit, false, Page::open(110)));
        text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_worst_cause_comes_first_and_is_cut() {
        insta::assert_snapshot!(shown(&[("a", "22"), ("b", "1112"), ("c", "2110")], Some(2)), @r"
        error[c]: m
        warning[c]: m
        2 further findings of `c`: `--select c --limit 0` shows all
        warning[b]: m
        warning[b]: m
        2 further findings of `b`: `--select b --limit 0` shows all
        info[a]: m
        info[a]: m
        ");
    }

    #[test]
    fn a_short_report_is_in_the_order_of_places() {
        assert_eq!(shown(&[("a", "2"), ("b", "0")], None), "info[a]: m\nerror[b]: m");
        assert_eq!(shown(&[("a", "2"), ("b", "0")], Some(0)), "error[b]: m\ninfo[a]: m");
    }

    #[test]
    fn a_long_report_is_cut_unasked() {
        let many = "1".repeat(SHORT + 1);
        assert_eq!(shown(&[("a", &many)], None).lines().count(), EACH + 1);
        assert_eq!(shown(&[("a", &many)], Some(0)).lines().count(), SHORT + 1);
    }
}
