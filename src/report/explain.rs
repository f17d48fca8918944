//! The pages of the checks at a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use textwrap::WordSeparator;

use crate::checks::{CHECKS, Check};
use crate::words::Tongue;

const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CODE: Style = AnsiColor::Green.on_default();

/// The page of a check, with a line on its group and level: as it is written, or with headings, code and examples set
/// off in lines of at most `width` columns.
pub fn page(check: &Check, tongue: Tongue, style: Option<usize>) -> String {
    let facts = format!("{}, {} unless book.yaml says otherwise", check.group, check.default_level.name());
    let facts = tongue.say(&facts);
    let docs = check.page(tongue);
    let mut lines = docs.lines();
    let title = lines.next().unwrap_or_default();
    let Some(width) = style else {
        return format!("{title}\n\n{facts}\n{}\n", lines.collect::<Vec<_>>().join("\n"));
    };
    let mut out = format!("{HEADING}{}{HEADING:#}  {DIM}{facts}{DIM:#}\n", title.trim_start_matches("# "));
    let mut fence: Option<&str> = None;
    let mut paragraph = String::new();
    for line in lines {
        let info = line.trim_start_matches('`');
        let ticks = &line[..line.len() - info.len()];
        match fence {
            None if ticks.len() >= 3 => {
                fill(&mut paragraph, width, &mut out);
                fence = Some(ticks);
                let _ = writeln!(out, "  {DIM}{info}{DIM:#}");
            }
            None => prose(line, &mut paragraph, width, &mut out),
            // A longer fence may hold shorter ones.
            Some(open) if line == open => fence = None,
            Some(_) => {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    fill(&mut paragraph, width, &mut out);
    out
}

/// Takes a line into its paragraph, or writes it where it is one of its own.
fn prose(line: &str, paragraph: &mut String, width: usize, out: &mut String) {
    let heading = line.strip_prefix("## ");
    if line.is_empty() || heading.is_some() || line.starts_with(['-', '|']) {
        fill(paragraph, width, out);
    }
    match heading {
        Some(heading) => {
            let _ = writeln!(out, "{BOLD}{heading}{BOLD:#}");
        }
        None if line.is_empty() => out.push('\n'),
        None => {
            paragraph.push_str(if paragraph.is_empty() { "" } else { " " });
            paragraph.push_str(line.trim_end());
        }
    }
}

/// Writes a paragraph in lines of at most `width` columns.
fn fill(paragraph: &mut String, width: usize, out: &mut String) {
    if paragraph.is_empty() {
        return;
    }
    let indent = if paragraph.starts_with("- ") { "  " } else { "" };
    // A table is left as it is.
    let width = if paragraph.starts_with('|') { usize::MAX } else { width };
    // Lines of Chinese end between any two characters that the rules of Unicode let part.
    let chinese = paragraph.chars().any(|c| c >= '\u{3000}');
    let words = if chinese { WordSeparator::UnicodeBreakProperties } else { WordSeparator::AsciiSpace };
    let options = textwrap::Options::new(width).subsequent_indent(indent).word_separator(words);
    let lines = textwrap::fill(paragraph, options);
    let _ = writeln!(out, "{}", code(&lines));
    paragraph.clear();
}

/// A text with what stands between backticks coloured instead.
fn code(text: &str) -> String {
    if !text.matches('`').count().is_multiple_of(2) {
        return text.to_owned();
    }
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        let _ = if at % 2 == 0 { write!(out, "{part}") } else { write!(out, "{CODE}{part}{CODE:#}") };
    }
    out
}

/// All checks by group, with what each finds and its level.
pub fn list(tongue: Tongue, style: Option<usize>) -> String {
    let bold = if style.is_some() { BOLD } else { Style::new() };
    let dim = if style.is_some() { DIM } else { Style::new() };
    let mut groups: Vec<&str> = CHECKS.iter().map(|check| check.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for group in groups {
        let _ = writeln!(out, "{bold}{group}{bold:#}");
        for check in CHECKS.iter().filter(|check| check.group == group) {
            let (name, level) = (check.name, check.default_level.name());
            let _ = writeln!(out, "  {name:<width$}  {dim}{level:<7}{dim:#}  {}", tongue.say(check.summary));
        }
    }
    out + "\n" + &tongue.say("`dama-pub explain CHECK` shows the page of a check.") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn every_page_can_be_shown() {
        for check in CHECKS {
            let shown = page(check, Tongue::English, Some(80));
            assert!(shown.contains(&format!("{BOLD}How to fix{BOLD:#}")), "{shown}");
            let examples = plain(&shown).lines().filter(|line| line.trim() == "findings").count();
            assert_eq!(examples, check.docs.matches("```findings").count(), "{shown}");
            assert!(
                page(check, Tongue::English, None).contains(check.docs.lines().last().unwrap()),
                "all of it is there"
            );
        }
    }

    #[test]
    fn prose_is_broken_at_the_width_of_the_terminal() {
        let check = crate::checks::named("unused-waiver").unwrap();
        let shown = plain(&page(check, Tongue::English, Some(40)));
        let prose = shown.lines().filter(|line| !line.starts_with("    ")).skip(1);
        assert!(prose.into_iter().all(|line| line.len() <= 40), "{shown}");
    }

    #[test]
    fn the_list_has_every_check_under_its_group() {
        let shown = list(Tongue::English, None);
        for check in CHECKS {
            assert!(shown.contains(&format!("  {}", check.name)) && shown.contains(check.summary));
        }
        // Every group once, in order.
        let mut groups: Vec<&str> = CHECKS.iter().map(|check| check.group).collect();
        groups.sort_unstable();
        groups.dedup();
        let heads: Vec<&str> = shown.lines().filter(|line| groups.contains(line)).collect();
        assert_eq!(heads, groups, "{shown}");
    }
}
