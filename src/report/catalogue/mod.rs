//! What is told of many books, for people.

use std::fmt::Write as _;

use super::columns::aligned;
use crate::message::{Locale, Message};

/// Rows under their heads: the first `words` columns are aligned left, those of numbers right.
pub fn table(heads: &[String], rows: impl IntoIterator<Item = Vec<String>>, words: usize) -> String {
    let all: Vec<Vec<String>> = std::iter::once(heads.to_vec()).chain(rows).collect();
    aligned(&all, |at| at < words).into_iter().map(|line| line + "\n").collect()
}

/// How a book stands.
#[derive(Debug, Clone, Default)]
pub struct StatusRow {
    /// Its name in the catalogue.
    pub book: String,
    /// What the checks find; nothing where it could not be checked.
    pub errors: Option<u64>,
    /// Likewise.
    pub warnings: Option<u64>,
    /// Blocks of all translations together.
    pub blocks: u64,
    /// Of these, those that are signed off.
    pub reviewed: u64,
    /// Of these, those whose source or translation has changed since.
    pub stale: u64,
    /// How many artifacts the last build left.
    pub artifacts: usize,
    /// The last release.
    pub released: Option<String>,
    /// Why it could not be checked.
    pub said: String,
}

/// A page of all books, those with errors first.
pub fn page(rows: &[StatusRow], locale: Locale) -> String {
    let mut rows: Vec<&StatusRow> = rows.iter().collect();
    rows.sort_by_key(|row| {
        (std::cmp::Reverse(row.errors.unwrap_or(u64::MAX)), std::cmp::Reverse(row.stale), &row.book)
    });
    let say = |message: Message| escaped(&locale.say(&message));
    let title = say(msg!("Catalogue"));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{title}</title>\n<style>\n\
         body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2em; }}\ntable {{ border-collapse: collapse; }}\n\
         th, td {{ padding: .3em .8em; border-bottom: 1px solid #ccc; text-align: right; }}\n\
         th:first-child, td:first-child {{ text-align: left; }}\ntr.wrong td:first-child {{ border-left: 4px solid #b00; }}\n\
         </style></head>\n<body>\n<h1>{title}</h1>\n<table>\n<tr>",
        locale.tag()
    );
    let heads = [
        msg!("book"),
        msg!("errors"),
        msg!("warnings"),
        msg!("blocks"),
        msg!("signed off"),
        msg!("changed since"),
        msg!("artifacts"),
        msg!("last release"),
    ];
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", say(head));
    }
    out.push_str("</tr>\n");
    for row in rows {
        out.push_str(&line(row));
    }
    out.push_str("</table>\n</body>\n</html>\n");
    out
}

fn line(row: &StatusRow) -> String {
    let wrong = row.errors.is_none_or(|errors| errors > 0);
    let count = |count: Option<u64>| count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    let share = |part: u64| match row.blocks {
        0 => "–".to_owned(),
        blocks => format!("{part} ({} %)", part * 100 / blocks),
    };
    let cells = [
        count(row.errors),
        count(row.warnings),
        row.blocks.to_string(),
        share(row.reviewed),
        share(row.stale),
        row.artifacts.to_string(),
        escaped(row.released.as_deref().unwrap_or("–")),
    ];
    let said = if row.said.is_empty() { String::new() } else { format!("<br><small>{}</small>", escaped(&row.said)) };
    let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
    let class = if wrong { " class=\"wrong\"" } else { "" };
    format!("<tr{class}><td>{}{said}</td>{cells}</tr>\n", escaped(&row.book))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_with_errors_come_first_and_no_name_is_markup() {
        let row =
            |book: &str, errors| StatusRow { book: book.into(), errors, blocks: 4, stale: 1, ..StatusRow::default() };
        let page = page(&[row("a<b>", Some(0)), row("c", Some(2)), row("d", None)], Locale::English);
        let places = ["<td>d<", "<td>c<", "<td>a&lt;b&gt;<"].map(|cell| page.find(cell).unwrap());
        assert!(places.is_sorted(), "{page}");
        assert!(page.contains("1 (25 %)") && !page.contains("<b>"));
    }
}
