//! The pages of the codes at a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use textwrap::WordSeparator;

use crate::checks;
use crate::codes::{self, Entry};
use crate::message::Locale;

const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CODE: Style = AnsiColor::Green.on_default();

/// The page of a code, with a line on its group and level: as it is written, or with headings, code and examples set
/// off in lines of at most `width` columns.
pub fn page(entry: &Entry, locale: Locale, style: Option<usize>) -> String {
    let (group, level) = (entry.group, entry.severity.word());
    let facts = if has_level(entry) {
        msg!("{group}, {level} unless book.yaml says otherwise", group, level)
    } else {
        msg!("{group}, {level} that cannot be turned off", group, level)
    };
    let facts = locale.say(&facts);
    let docs = entry.page.text(locale);
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

/// Whether `book.yaml` sets the level.
fn has_level(entry: &Entry) -> bool {
    checks::named(entry.code.as_str()).is_some() || codes::is_levelled(entry.code)
}

/// All codes by group, with what each means and its level: the checks, and after them what a build reports.
pub fn list(locale: Locale, style: Option<usize>) -> String {
    let bold = if style.is_some() { BOLD } else { Style::new() };
    let (checks, others): (Vec<Entry>, Vec<Entry>) =
        checks::entries().partition(|entry| checks::named(entry.code.as_str()).is_some());
    let mut out = String::new();
    for (title, entries) in
        [(msg!("Checks, whose levels book.yaml sets:"), checks), (msg!("Other errors and warnings:"), others)]
    {
        let _ = writeln!(out, "{bold}{}{bold:#}\n", locale.say(&title));
        groups(&entries, locale, style, &mut out);
        out.push('\n');
    }
    out + &locale.say(&msg!("`dama-pub explain CODE` shows the page of a code.")) + "\n"
}

/// A line for each code under the name of its group.
fn groups(entries: &[Entry], locale: Locale, style: Option<usize>, out: &mut String) {
    let bold = if style.is_some() { BOLD } else { Style::new() };
    let dim = if style.is_some() { DIM } else { Style::new() };
    let mut groups: Vec<&str> = entries.iter().map(|entry| entry.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let width = entries.iter().map(|entry| entry.code.as_str().len()).max().unwrap_or(0);
    for group in groups {
        let _ = writeln!(out, "{bold}{group}{bold:#}");
        for entry in entries.iter().filter(|entry| entry.group == group) {
            let (code, level) = (entry.code, entry.severity.name());
            let _ = writeln!(out, "  {code:<width$}  {dim}{level:<7}{dim:#}  {}", locale.say(&entry.summary));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn every_page_can_be_shown() {
        for entry in checks::entries() {
            let shown = page(&entry, Locale::English, Some(80));
            assert!(shown.contains(&format!("{BOLD}How to fix{BOLD:#}")), "{shown}");
            let examples = plain(&shown).lines().filter(|line| line.trim() == "findings").count();
            assert_eq!(examples, entry.page.english.matches("```findings").count(), "{shown}");
            let last = entry.page.english.lines().last().expect("a page has lines");
            assert!(page(&entry, Locale::English, None).contains(last), "all of it is there");
        }
    }

    #[test]
    fn prose_is_broken_at_the_width_of_the_terminal() {
        let entry = checks::entry("unused-waiver").expect("a check");
        let shown = plain(&page(&entry, Locale::English, Some(40)));
        let prose = shown.lines().filter(|line| !line.starts_with("    ")).skip(1);
        assert!(prose.into_iter().all(|line| line.len() <= 40), "{shown}");
    }

    #[test]
    fn a_page_says_whether_book_yaml_sets_the_level() {
        let facts = |name| page(&checks::entry(name).expect("a code"), Locale::English, None);
        assert!(facts("number").contains("\nvalues, error unless book.yaml says otherwise\n"));
        assert!(facts("overflow").contains("\npages, error unless book.yaml says otherwise\n"));
        assert!(facts("missing-image").contains("\nmanuscript, error that cannot be turned off\n"));
    }

    #[test]
    fn the_list_has_every_code_under_its_group() {
        let shown = list(Locale::English, None);
        for entry in checks::entries() {
            let under = shown.split_once(&format!("\n{}\n", entry.group)).expect("its group is there").1;
            let under = under.lines().take_while(|line| line.starts_with("  "));
            let line = format!("  {} ", entry.code);
            assert_eq!(under.filter(|shown| shown.starts_with(&line)).count(), 1, "{}", entry.code);
        }
    }
}
