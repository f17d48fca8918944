//! How many findings there are, by chapter and by check.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;
use textwrap::core::display_width;

use super::columns::{padded, right};
use super::{Page, Report, Tally};
use crate::checks;
use crate::diagnostic::Diagnostic;

/// The most chapters and the most codes in a summary, so that it fits a screen.
const ROWS: usize = 12;

/// Two tables for people, the chapters with the most errors first; nothing where there is nothing to count.
pub fn summary(report: &Report<'_>, color: bool, page: Page) -> String {
    if report.open.len() < 2 {
        return String::new();
    }
    let locale = report.locale;
    let bold = if color { Style::new().bold() } else { Style::new() };
    let dim = if color { Style::new().dimmed() } else { Style::new() };
    let mut chapters = tallies(report.open, |finding| report.chapter(finding));
    let mut checks = tallies(report.open, |finding| finding.check.to_string());
    let others = |tallies: &mut Vec<(String, Tally)>| {
        if tallies.len() > ROWS {
            let rest = tallies.split_off(ROWS - 1);
            let sum = rest.iter().fold(Tally::default(), |sum, (_, tally)| sum.and(*tally));
            let name = plural!(others = rest.len(), "{others} other", "{others} others");
            tallies.push((locale.say(&name), sum));
        }
    };
    others(&mut chapters);
    others(&mut checks);
    let width = chapters.iter().chain(&checks).map(|(name, _)| display_width(name)).max().unwrap_or(0);
    let heads = [(msg!("errors"), 6), (msg!("warnings"), 8), (msg!("notes"), 5)];
    let heads: String = heads.iter().map(|(head, width)| format!("  {}", right(&locale.say(head), *width))).collect();
    let mut out = format!("{bold}{}{heads}{bold:#}\n", padded(&locale.say(&msg!("by chapter")), width.max(10)));
    for (name, tally) in &chapters {
        let _ = writeln!(out, "{}  {}", padded(name, width.max(10)), counts(*tally));
    }
    let _ = writeln!(out, "\n{bold}{}{bold:#}", locale.say(&msg!("by check")));
    for (name, tally) in &checks {
        let summary = checks::entry(name).map_or(String::new(), |entry| locale.say(&entry.summary));
        let line = format!("{}  {}  ", padded(name, width.max(10)), counts(*tally));
        let column = display_width(&line);
        let summary = if page.has_room(column) { page.fill(summary, column) } else { String::new() };
        let summary = summary.replace('\n', &format!("\n{}", " ".repeat(column)));
        let _ = writeln!(out, "{}", format!("{line}{dim}{summary}{dim:#}").trim_end());
    }
    let hint = msg!("`dama-pub explain CODE` shows why a finding matters and how to fix it");
    let _ = writeln!(out, "\n{dim}{}{dim:#}", page.fill(locale.say(&hint), 0));
    out.push('\n');
    out
}

/// How many findings there are of each name, most errors first.
pub(super) fn tallies(findings: &[Diagnostic], name: impl Fn(&Diagnostic) -> String) -> Vec<(String, Tally)> {
    let mut groups: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for finding in findings {
        groups.entry(name(finding)).or_default().push(finding.clone());
    }
    let mut tallies: Vec<(String, Tally)> =
        groups.into_iter().map(|(name, findings)| (name, Tally::of(&findings))).collect();
    tallies.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.gravity()));
    tallies
}

fn counts(tally: Tally) -> String {
    let number = |n: usize| if n == 0 { "–".to_owned() } else { n.to_string() };
    format!("{:>6}  {:>8}  {:>5}", number(tally.errors), number(tally.warnings), number(tally.infos))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::Sample;

    #[test]
    fn counts_by_chapter_and_by_check() {
        let sample = Sample::checked("共有12章。\n\n第二段说明方法，它不能丢。\n", "There are 13 chapters.\n");
        insta::assert_snapshot!(sample.with(|report| summary(report, false, Page::open(110))), @r"
        by chapter     errors  warnings  notes
        the text            2         –      –

        by check
        missing-block       1         –      –  a block of the source has no counterpart in the translation
        number              1         –      –  a number is missing in the translation, or has a different value

        `dama-pub explain CODE` shows why a finding matters and how to fix it
        ");
    }

    #[test]
    fn says_nothing_of_a_clean_book() {
        assert_eq!(Sample::checked("甲乙。\n", "A and B.\n").with(|report| summary(report, true, Page::open(110))), "");
    }
}
