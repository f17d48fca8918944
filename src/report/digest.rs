//! A long report for people: by cause, the worst first, and of each cause a few.

use std::cmp::Reverse;

use super::Tally;
use super::human::{Page, human};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Locale, Message};
use crate::source::Sources;

/// With so many findings a report is read from first to last.
const SHORT: usize = 50;

/// How many findings of a code a long report shows.
const EACH: usize = 10;

/// How whoever sees a part of the findings gets to see all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// By options of `check`.
    Check,
    /// By another form of the messages of `build`.
    Build,
    /// By no option of this command.
    None,
}

/// The findings of a run: at most `limit` of a code, the worst first; 0 is all. Without a limit a short report shows all, in
/// the order in which they are given.
pub fn digest(
    found: &[Diagnostic],
    (sources, locale): (&Sources, Locale),
    (limit, whole): (Option<usize>, Whole),
    color: bool,
    page: Page,
) -> String {
    match limit {
        None if found.len() <= SHORT => human(found, sources, locale, color, page),
        _ => by_cause(found, (sources, locale), (limit.unwrap_or(EACH), whole), color, page),
    }
}

fn by_cause(
    found: &[Diagnostic],
    (sources, locale): (&Sources, Locale),
    (limit, whole): (usize, Whole),
    color: bool,
    page: Page,
) -> String {
    let mut out = String::new();
    for (code, findings) in causes(found) {
        let shown = if limit == 0 { findings.len() } else { limit.min(findings.len()) };
        out.push_str(&human(&findings[..shown], sources, locale, color, page));
        let left = findings.len() - shown;
        if left > 0 {
            out.push_str(&page.fill(locale.say(&more(code, left, whole)), 0));
            out.push_str("\n\n");
        }
    }
    out
}

fn more(code: Code, left: usize, whole: Whole) -> Message {
    let code = code.as_str();
    match whole {
        Whole::Check => plural!(
            left,
            "{left} further finding of `{code}`: `--select {code} --limit 0` shows all",
            "{left} further findings of `{code}`: `--select {code} --limit 0` shows all",
            code
        ),
        Whole::Build => plural!(
            left,
            "{left} further finding of `{code}`: `--message-format short` shows all",
            "{left} further findings of `{code}`: `--message-format short` shows all",
            code
        ),
        Whole::None => plural!(left, "{left} further finding of `{code}`", "{left} further findings of `{code}`", code),
    }
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
        let asked = (limit, Whole::Check);
        let text =
            sample.with(|report| digest(report.open, (report.sources, report.locale), asked, false, Page::open(110)));
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
    fn what_is_left_is_shown_by_what_the_command_has() {
        let said = |whole| more(Code::from("a"), 4_800, whole).to_string();
        assert_eq!(said(Whole::Build), "4800 further findings of `a`: `--message-format short` shows all");
        assert_eq!(said(Whole::None), "4800 further findings of `a`");
    }

    #[test]
    fn a_long_report_is_cut_unasked() {
        let many = "1".repeat(SHORT + 1);
        assert_eq!(shown(&[("a", &many)], None).lines().count(), EACH + 1);
        assert_eq!(shown(&[("a", &many)], Some(0)).lines().count(), SHORT + 1);
    }
}
