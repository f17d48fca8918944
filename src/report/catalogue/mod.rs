//! What is told of many books, for people.

use std::fmt::Write as _;

use super::columns::aligned;
use super::policy::policy;
use crate::message::{List, Locale, Message};

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

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page of all books, those with errors first; readers sort it by any column, and search in it.
pub fn page(rows: &[StatusRow], locale: Locale) -> String {
    let mut rows: Vec<&StatusRow> = rows.iter().collect();
    rows.sort_by_key(|row| {
        let doubts = std::cmp::Reverse((row.errors.unwrap_or(u64::MAX), row.warnings, row.stale));
        (doubts, &row.book)
    });
    let say = |message: Message| escaped(&locale.say(&message));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n",
        locale.tag(),
        policy(STYLE, SCRIPT, false),
        say(totals(&rows)),
        title = say(msg!("Catalogue")),
    );
    let _ = write!(
        out,
        "<form hidden><input type=\"search\" name=\"name\" placeholder=\"{book}\" aria-label=\"{book}\"> \
         <label><input type=\"checkbox\" name=\"wrong\"> {}</label> <output></output></form>\n<table>\n<thead><tr>",
        say(msg!("only those with errors or warnings")),
        book = say(msg!("book")),
    );
    for head in heads() {
        let _ = write!(out, "<th scope=\"col\"><button type=\"button\">{}</button></th>", say(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str(&line(row));
    }
    let _ = write!(out, "</tbody>\n</table>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn heads() -> [Message; 8] {
    [
        msg!("book"),
        msg!("errors"),
        msg!("warnings"),
        msg!("blocks"),
        msg!("signed off"),
        msg!("changed since"),
        msg!("artifacts"),
        msg!("last release"),
    ]
}

/// What is to be known at a glance.
fn totals(rows: &[&StatusRow]) -> Message {
    let count = |is: fn(&StatusRow) -> bool| rows.iter().filter(|row| is(row)).count();
    let sum = |of: fn(&StatusRow) -> u64| rows.iter().map(|row| of(row)).sum::<u64>();
    let some = |n: usize, message: Message| (n > 0).then_some(message);
    let (wrong, doubtful) = (count(is_wrong), count(|row| !is_wrong(row) && is_doubtful(row)));
    let (unbuilt, blocks) = (count(|row| row.artifacts == 0), sum(|row| row.blocks));
    let share = |part: u64| (part * 100).checked_div(blocks).map(|share| format!("{share} %"));
    let signed = share(sum(|row| row.reviewed)).map(|share| msg!("{share} of all blocks signed off", share));
    let stale = share(sum(|row| row.stale)).map(|share| msg!("{share} changed since", share));
    let parts = [
        Some(plural!(books = rows.len(), "{books} book", "{books} books")),
        some(wrong, msg!("{n} with errors", n = wrong)),
        some(doubtful, msg!("{n} with warnings alone", n = doubtful)),
        some(unbuilt, msg!("{n} not built", n = unbuilt)),
        signed,
        stale,
    ];
    Message::list(List::Clauses, parts.into_iter().flatten())
}

fn is_wrong(row: &StatusRow) -> bool {
    row.errors.is_none_or(|errors| errors > 0)
}

fn is_doubtful(row: &StatusRow) -> bool {
    row.warnings.is_some_and(|warnings| warnings > 0)
}

fn line(row: &StatusRow) -> String {
    // What could not be counted is more than any number.
    let count = |count: Option<u64>| match count {
        Some(count) => format!("<td>{count}</td>"),
        None => format!("<td data-n=\"{}\">?</td>", u32::MAX),
    };
    let share = |part: u64| match (part * 100).checked_div(row.blocks) {
        Some(share) => format!("<td data-n=\"{share}\">{part} ({share} %)</td>"),
        None => "<td data-n=\"0\">–</td>".to_owned(),
    };
    let cells = [
        count(row.errors),
        count(row.warnings),
        count(Some(row.blocks)),
        share(row.reviewed),
        share(row.stale),
        count(Some(row.artifacts as u64)),
        format!("<td>{}</td>", escaped(row.released.as_deref().unwrap_or("–"))),
    ];
    let said = if row.said.is_empty() { String::new() } else { format!("<small>{}</small>", escaped(&row.said)) };
    let class = match (is_wrong(row), is_doubtful(row)) {
        (true, _) => " class=\"wrong\"",
        (false, true) => " class=\"doubtful\"",
        (false, false) => "",
    };
    format!("<tr{class}><th scope=\"row\">{}{said}</th>{}</tr>\n", escaped(&row.book), cells.concat())
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
        let places = [">d<", ">c<", ">a&lt;b&gt;<"].map(|cell| page.find(cell).unwrap());
        assert!(places.is_sorted(), "{page}");
        assert!(page.contains("1 (25 %)") && !page.contains("<b>"));
        assert!(
            page.contains(
                "<p>3 books; 2 with errors; 3 not built; 0 % of all blocks signed off; 25 % changed since</p>"
            ),
            "{page}"
        );
    }
}
