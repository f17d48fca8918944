//! Rows of tables that have more or fewer cells than the head: sites show them somehow, a book wants them whole.

use super::lines::{self, Line};
use super::told::Told;
use crate::diagnostic::Severity;
use crate::import::Kind;

/// Gives each row of the tables of a page as many cells as its head has.
pub(super) fn settle(page: &str, lines: &mut [Line], told: &mut Told) {
    let mut at = 1;
    while at < lines.len() {
        let is_table = lines[at].is_prose()
            && lines[at - 1].is_prose()
            && is_rule(&lines[at].text)
            && cells(&lines[at - 1].text).len() > 1;
        if !is_table {
            at += 1;
            continue;
        }
        let (head, rule) = (cells(&lines[at - 1].text).len(), cells(&lines[at].text).len());
        let columns = head.max(rule);
        if head != rule {
            let message = msg!(
                "the head of the table and the line below it have {head} and {rule} cells: the shorter one has empty ones more",
                head,
                rule
            );
            told.once(Kind::Changed, Severity::Warning, (page, lines[at].at), message);
            pad(&mut lines[at - 1].text, columns, "  ");
            pad(&mut lines[at].text, columns, " --- ");
        }
        at += 1;
        while at < lines.len() && lines[at].is_prose() && lines[at].text.contains('|') && !lines[at].is_blank() {
            row(page, &mut lines[at], columns, told);
            at += 1;
        }
    }
}

fn row(page: &str, line: &mut Line, columns: usize, told: &mut Told) {
    let found: Vec<String> = cells(&line.text).into_iter().map(str::to_owned).collect();
    if found.len() < columns {
        pad(&mut line.text, columns, "  ");
    } else if found.len() > columns {
        let message = msg!("the row has more cells than the head of its table: they stand in its last one");
        told.once(Kind::Changed, Severity::Warning, (page, line.at), message);
        let last = found[columns - 1..].join("\\|");
        let kept = found[..columns - 1].iter().map(String::as_str).chain([last.as_str()]);
        let prefix = lines::prefix(&line.text);
        line.text = format!("{prefix}|{}|", kept.collect::<Vec<_>>().join("|"));
    }
}

/// Adds cells to a row.
fn pad(text: &mut String, columns: usize, cell: &str) {
    let count = cells(text).len();
    let trimmed = text.trim_end();
    let closed = trimmed.ends_with('|') && !trimmed.ends_with("\\|");
    let more = format!("{cell}|").repeat(columns.saturating_sub(count));
    let bar = if closed || more.is_empty() { "" } else { "|" };
    *text = format!("{trimmed}{bar}{more}");
}

/// Whether a line stands under the head of a table.
fn is_rule(text: &str) -> bool {
    let text = text[lines::prefix(text).len()..].trim();
    text.contains('-') && text.contains('|') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a row. A bar behind a backslash parts none.
fn cells(text: &str) -> Vec<&str> {
    let text = text[lines::prefix(text).len()..].trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').filter(|text| !text.ends_with('\\')).unwrap_or(text);
    let (mut found, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        if c == '|' && !escaped {
            found.push(&text[start..at]);
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_as_many_cells_as_the_head() {
        for (text, wanted) in [
            ("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 |  |\n| 1 | 2 |\n"),
            ("a | b\n--|--\n1 | `x | y`\n", "a | b\n--|--\n|1 | `x \\| y`|\n"),
            ("> | a | b |\n> |---|\n> | 1 |\n", "> | a | b |\n> |---| --- |\n> | 1 |  |\n"),
            ("a | b\n\n1 | 2 | 3\n", "a | b\n\n1 | 2 | 3\n"),
        ] {
            let mut found = lines::of(text, 1);
            settle("p.md", &mut found, &mut Told::default());
            let found: String = found.iter().map(|line| format!("{}\n", line.text)).collect();
            assert_eq!(found, wanted);
        }
    }
}
