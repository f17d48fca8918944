//! The page round the rows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde_json::json;
use textwrap::core::display_width;

use super::contents::{bar, contents, title};
use super::row::{RowWriter, finding_item, with_code};
use super::rows::{Row, Section, State};
use super::words::{keys, words};
use super::{Review, words::state_word};
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::report::html::escape;
use crate::report::policy::policy;

pub(super) const STYLE: &str = include_str!("page.css");
pub(super) const SCRIPT: &str = include_str!("page.js");

/// Columns of a side, and lines of both from which a new leaf begins. Leaves are of one height, more or less, so that a browser that lays
/// out only what is seen guesses the length of the rest.
const COLUMNS: usize = 56;
const LEAF: usize = 60;

/// The whole page.
pub(super) fn page(review: &Review<'_>, sections: &[Section<'_>]) -> String {
    let say = |text: &Message| escape(&review.locale.say(text));
    let book = review.book.meta.title_in(&review.alignment.source);
    let title = match book {
        "" => say(&msg!("Review")),
        title => say(&msg!("{title}: review", title)),
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n",
        review.locale.tag(),
        policy(STYLE, SCRIPT, review.live),
    );
    head(review, sections, &title, &mut out);
    contents(review, sections, &mut out);
    let _ = write!(out, "<main id=\"book\">\n<noscript><p class=\"note\">{}</p></noscript>\n", say(&without_script()));
    of_the_book(review, &mut out);
    let texts: Vec<String> =
        sections.par_iter().enumerate().map(|(number, section)| chapter(review, section, number)).collect();
    texts.iter().for_each(|text| out.push_str(text));
    let _ = write!(out, "<p id=\"nothing\" class=\"note\" hidden>{}</p>\n</main>\n", say(&msg!("No block fits.")));
    dialogs(review, &mut out);
    // Within JSON `<` may be written as an escape, so that no text ends the element.
    let data = json!({
        "title": book, "source": review.alignment.source.tag(), "target": review.alignment.target.tag(),
        "live": review.live, "words": words(review.locale),
    });
    let data = data.to_string().replace('<', "\\u003c");
    let _ = write!(
        out,
        "<script type=\"application/json\" id=\"data\">{data}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    );
    out
}

fn without_script() -> Message {
    msg!("Filters, search and comments need JavaScript; the text is all here without it.")
}

/// Title, progress, filters.
fn head(review: &Review<'_>, sections: &[Section<'_>], title: &str, out: &mut String) {
    let say = |text: &Message| escape(&review.locale.say(text));
    let languages =
        msg!("{source} and {target}", source = review.alignment.source.name(), target = review.alignment.target.name());
    let _ = write!(
        out,
        "<header>\n<div class=\"line\"><button id=\"contents\" aria-expanded=\"false\" aria-controls=\"toc\">☰ {}</button>\
         <h1>{title}</h1><span class=\"langs\">{}</span>",
        say(&msg!("Contents")),
        say(&languages),
    );
    bar(review, sections, out);
    legend(review, sections, out);
    let _ = write!(
        out,
        "<span class=\"gap\"></span><span class=\"acts\"><button id=\"save\" hidden>{0} <b></b></button>\
         <button id=\"next\">{1} ↓</button><button id=\"ask\" aria-label=\"{2}\" title=\"{2}\">?</button></span></div>\n\
         <div class=\"line tools\">",
        say(&msg!("Download my comments")),
        say(&msg!("Next finding")),
        say(&msg!("Keys and help")),
    );
    out.push_str("<span class=\"set\" role=\"group\">");
    let rows = || sections.iter().flat_map(|section| &section.rows);
    let states = |wanted: &[State]| rows().filter(|row| wanted.contains(&row.state)).count();
    let with_findings: usize = sections
        .iter()
        .map(|section| {
            section.findings.placed.iter().filter_map(|(_, row)| *row).collect::<std::collections::BTreeSet<_>>().len()
        })
        .sum();
    let filters = [
        ("all", msg!("All"), rows().count()),
        ("findings", msg!("Findings"), with_findings),
        ("stale", msg!("Changed"), states(&[State::Stale, State::Changed])),
        ("unsigned", msg!("Not signed off"), states(&[State::Translated, State::Stale, State::Changed])),
        ("missing", msg!("Not translated"), states(&[State::Missing, State::Draft, State::Extra])),
        ("mine", msg!("My comments"), 0),
    ];
    for (name, word, count) in filters {
        let _ = write!(
            out,
            "<button data-show=\"{name}\" aria-pressed=\"{}\">{} <b>{count}</b></button>",
            name == "all",
            say(&word)
        );
    }
    out.push_str("</span>");
    selects(review, sections, out);
    let search = say(&msg!("Search"));
    let _ = write!(
        out,
        "<input type=\"search\" id=\"q\" placeholder=\"{search}\" aria-label=\"{search}\"><output id=\"count\"></output></div>\n</header>\n"
    );
}

/// What the colours of the bar stand for.
fn legend(review: &Review<'_>, sections: &[Section<'_>], out: &mut String) {
    out.push_str("<span class=\"legend\">");
    for state in State::ALL {
        let count: usize = sections.iter().map(|section| section.count(state)).sum();
        if count > 0 {
            let word = escape(&review.locale.say(&state_word(state)));
            let _ = write!(out, "<span class=\"{}\">{word} <b>{count}</b></span>", state.name());
        }
    }
    out.push_str("</span>");
}

/// The choices of a chapter and of a check.
fn selects(review: &Review<'_>, sections: &[Section<'_>], out: &mut String) {
    let say = |text: &Message| escape(&review.locale.say(text));
    let every = say(&msg!("Every chapter"));
    let _ = write!(out, "<select id=\"chapter\" aria-label=\"{every}\"><option value=\"\">{every}</option>");
    for (number, section) in sections.iter().enumerate() {
        let _ = write!(out, "<option value=\"c{number}\">{}</option>", escape(title(section)));
    }
    let every = say(&msg!("Every check"));
    let _ = write!(out, "</select><select id=\"check\" aria-label=\"{every}\"><option value=\"\">{every}</option>");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (finding, _) in sections.iter().flat_map(|section| &section.findings.placed) {
        *counts.entry(finding.check.as_str()).or_default() += 1;
    }
    for (check, count) in counts {
        let _ = write!(out, "<option value=\"{0}\">{0} ({count})</option>", escape(check));
    }
    out.push_str("</select>");
}

/// What is open of the book as a whole and of files that are no chapters.
fn of_the_book(review: &Review<'_>, out: &mut String) {
    let chapters: Vec<_> = review.book.chapters.values().flatten().map(|chapter| chapter.file).collect();
    let elsewhere =
        |finding: &&Diagnostic| finding.primary.as_ref().is_none_or(|label| !chapters.contains(&label.span.file));
    let found: Vec<&Diagnostic> = review.findings.iter().filter(elsewhere).collect();
    if found.is_empty() {
        return;
    }
    out.push_str("<ul class=\"fs whole\">");
    for (number, finding) in found.into_iter().enumerate() {
        finding_item(review, &format!("bf{number}"), finding, out);
    }
    out.push_str("</ul>\n");
}

/// A chapter with its rows, in leaves.
fn chapter(review: &Review<'_>, section: &Section<'_>, number: usize) -> String {
    let writer = RowWriter::new(review, section, number);
    let paths: Vec<&str> =
        section.source.into_iter().chain(section.target).map(|chapter| chapter.path.as_str()).collect();
    let mut out = format!(
        "<section id=\"c{number}\" data-stem=\"{}\"><h2>{} <small>{}</small></h2>",
        escape(&section.chapter().stem),
        escape(title(section)),
        escape(&paths.join(" · ")),
    );
    writer.findings(None, &mut out);
    let mut lines = LEAF;
    for (at, row) in section.rows.iter().enumerate() {
        if lines >= LEAF {
            out.push_str(if at == 0 { "\n<div class=\"leaf\">" } else { "</div>\n<div class=\"leaf\">" });
            lines = 0;
        }
        lines += height(row);
        writer.row(at, &mut out);
    }
    out.push_str(if section.rows.is_empty() { "</section>\n" } else { "</div></section>\n" });
    out
}

/// How many lines a row takes.
fn height(row: &Row<'_>) -> usize {
    let lines = |units: &[crate::align::Unit<'_>]| -> usize {
        units.iter().map(|unit| display_width(&unit.text) / COLUMNS + 1).sum()
    };
    lines(&row.sources).max(lines(&row.targets)) + 1
}

/// What opens over the page.
fn dialogs(review: &Review<'_>, out: &mut String) {
    let say = |text: &Message| escape(&review.locale.say(text));
    let _ = write!(out, "<dialog id=\"help\"><h2>{}</h2><dl>", say(&msg!("Keys")));
    for (key, what) in keys(review.live) {
        let names: Vec<String> = key.split_whitespace().map(|key| format!("<kbd>{key}</kbd>")).collect();
        let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", names.join(" "), say(&what));
    }
    let _ = write!(
        out,
        "</dl><h2>{}</h2><p>{}</p><label>{} <input id=\"by\" autocomplete=\"name\" maxlength=\"80\"></label>\
         <p><button id=\"close\">{}</button></p></dialog>\n<div id=\"toast\" role=\"status\" hidden></div>\n",
        say(&msg!("Comments")),
        with_code(&review.locale.say(&msg!(
            "✎ opens a box under a block. Download your comments as one small file and send it back: `dama-pub import-review` reads it, and `dama-pub check` shows each at its block until it is dealt with."
        ))),
        say(&msg!("Your name")),
        say(&msg!("Close")),
    );
}
