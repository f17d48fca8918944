//! Errata as Markdown: for a release's notes, a mail, a page of the web.

use std::fmt::Write as _;

use super::words::Part;
use super::{Change, Errata, Heading, Section, in_each, remark};
use crate::message::Locale;

/// The errata as Markdown: what was taken out is struck through, what is new is bold.
pub fn markdown(errata: &Errata, heading: &Heading<'_>) -> String {
    let titles = &heading.titles;
    let mut out = format!("# {}\n\n", in_each(titles, &msg!("Errata")));
    for (_, title) in titles {
        let _ = writeln!(out, "{}  ", escape(title));
    }
    let _ = writeln!(out, "{} → {} ({})\n", escape(heading.old), escape(heading.new), heading.date);
    if errata.chapters.is_empty() {
        let _ = writeln!(out, "{}", in_each(titles, &msg!("No change in the text.")));
    }
    for chapter in &errata.chapters {
        let names: Vec<String> = chapter.sections.iter().map(|section| escape(&section.title)).collect();
        let _ = writeln!(out, "## {}\n", names.join(" / "));
        chapter.sections.iter().for_each(|one| section(one, &mut out));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn section(section: &Section, out: &mut String) {
    let locale = Locale::of(&section.language);
    for (place, change) in &section.changes {
        let under = match place.under.as_str() {
            "" => escape(&place.kind),
            under => escape(&locale.say(&msg!("{kind}, under “{heading}”", kind = &place.kind, heading = under))),
        };
        let remark = remark(change, &section.language);
        let remark = if remark.is_empty() { String::new() } else { format!(" ({remark})") };
        let said = match change {
            Change::Reworded { parts } => parts.iter().map(part).collect(),
            Change::Added(text) => format!("**{}**", escape(text)),
            Change::Removed(text) => format!("~~{}~~", escape(text)),
            Change::Moved(text) | Change::Redrawn(text) => escape(text),
        };
        let _ = writeln!(out, "- `{}` {under}{remark}: {said}", section.language);
    }
    out.push('\n');
}

fn part(part: &Part) -> String {
    let marked = |text: &str, mark: &str| {
        // A mark beside a space is none.
        let inner = text.trim();
        let (before, after) = text.split_once(inner).unwrap_or((text, ""));
        if inner.is_empty() {
            format!("{mark}␣{mark}")
        } else {
            format!("{before}{mark}{}{mark}{after}", escape(inner))
        }
    };
    match part {
        Part::Kept(text) => escape(text),
        Part::Removed(text) => marked(text, "~~"),
        Part::Added(text) => marked(text, "**"),
    }
}

/// A text of which no sign is markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
