//! Errata as a page for readers.

use std::fmt::Write as _;

use super::words::Part;
use super::{Change, ChapterErrata, Errata, Heading, Place, Section, in_each, remark};
use crate::message::Locale;

const STYLE: &str = include_str!("page.css");

/// The errata as a page that needs nothing else: no script, no font, no picture.
pub fn html(errata: &Errata, heading: &Heading<'_>) -> String {
    let titles = &heading.titles;
    let lang = titles.first().map_or(Locale::default().tag(), |(tag, _)| tag.as_str());
    let word = escape(&in_each(titles, &msg!("Errata")));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{word}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{word}</h1>\n",
        escape(lang)
    );
    for (tag, title) in titles {
        let _ = writeln!(out, "<p class=\"title\" lang=\"{}\">{}</p>", escape(tag), escape(title));
    }
    let (old, new, date) = (escape(heading.old), escape(heading.new), escape(heading.date));
    let _ = writeln!(out, "<p>{old} → {new} (<time>{date}</time>)</p>\n</header>\n<main>");
    if errata.chapters.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", escape(&in_each(titles, &msg!("No change in the text."))));
    }
    errata.chapters.iter().for_each(|one| chapter(one, &mut out));
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn chapter(chapter: &ChapterErrata, out: &mut String) {
    out.push_str("<section>\n<h2>");
    for (at, section) in chapter.sections.iter().enumerate() {
        let gap = if at > 0 { " / " } else { "" };
        let _ = write!(out, "{gap}<span lang=\"{}\">{}</span>", escape(&section.language), escape(&section.title));
    }
    out.push_str("</h2>\n");
    for section in &chapter.sections {
        let _ = writeln!(out, "<ul lang=\"{}\">", escape(&section.language));
        section.changes.iter().for_each(|(place, change)| item(section, place, change, out));
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

fn item(section: &Section, place: &Place, change: &Change, out: &mut String) {
    let locale = Locale::of(&section.language);
    let mut about = match place.under.as_str() {
        "" => place.kind.clone(),
        under => locale.say(&msg!("{kind}, under “{heading}”", kind = &place.kind, heading = under)),
    };
    let remark = remark(change, &section.language);
    if !remark.is_empty() {
        about = format!("{about} · {remark}");
    }
    let said = match change {
        Change::Reworded { parts } => parts.iter().map(part).collect(),
        Change::Added(text) => format!("<ins>{}</ins>", escape(text)),
        Change::Removed(text) => format!("<del>{}</del>", escape(text)),
        Change::Moved(text) | Change::Redrawn(text) => escape(text),
    };
    let _ =
        writeln!(out, "<li><span class=\"about\">{}</span> <span class=\"text\">{said}</span></li>", escape(&about));
}

fn part(part: &Part) -> String {
    match part {
        Part::Kept(text) => escape(text),
        Part::Removed(text) => format!("<del>{}</del>", shown(text)),
        Part::Added(text) => format!("<ins>{}</ins>", shown(text)),
    }
}

/// A part of a text; a space alone is drawn, for nobody sees it else.
fn shown(text: &str) -> String {
    if text.trim().is_empty() { "␣".repeat(text.chars().count()) } else { escape(text) }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
