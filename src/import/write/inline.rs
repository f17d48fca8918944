//! Runs of text as Markdown.

use super::super::Inline;
use super::looks::looks;
use crate::exchange::{Care, block_start, escaped, fenced};

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On lines of its own.
    Line,
    /// Behind other signs on one line, such as those of a heading.
    Heading,
    /// In a cell of a table.
    Cell,
    /// In verses, whose lines end where they are typed.
    Verse,
}

/// A tidy run as Markdown.
pub(super) fn write(run: &[Inline], place: Place, care: Care) -> String {
    let mut out = String::new();
    push(run, place, care, &mut out);
    out
}

fn push(run: &[Inline], place: Place, care: Care, out: &mut String) {
    for inline in run {
        if let Some((body, _)) = looks(inline) {
            let (open, close) = signs(inline, care);
            out.push_str(open);
            push(body, place, care, out);
            out.push_str(close);
            continue;
        }
        match inline {
            Inline::Text(text) => {
                let begins = place != Place::Heading && (out.is_empty() || out.ends_with('\n'));
                let text = if begins { block_start(text, care) } else { escaped(text, care) };
                out.push_str(&in_cell(text, place, care));
            }
            Inline::Code(text) => out.push_str(&barred(&fenced(text), place)),
            Inline::Formula(text) => out.push_str(&barred(&format!("${text}$"), place)),
            Inline::Link(address, body) => link(body, address, place, care, out),
            Inline::Place(id, body) => link(body, &format!("#{id}"), place, care, out),
            Inline::Reference(id) => out.push_str(&format!("[](#{id})")),
            Inline::Picture(name, alt) => {
                out.push_str(&format!("![{}](../images/{name})", in_cell(escaped(alt, care), place, care)));
            }
            Inline::Note(name) => out.push_str(&format!("[^{name}]")),
            Inline::Citation(items) => out.push_str(&citation(items)),
            Inline::Ruby(pairs) => {
                let bar = if place == Place::Cell { '｜' } else { '|' };
                for (base, reading) in pairs {
                    out.push_str(&format!("{{{base}{bar}{reading}}}"));
                }
            }
            _ => out.push_str(match place {
                Place::Line => "\\\n",
                Place::Verse => "\n",
                Place::Heading | Place::Cell => "<br>",
            }),
        }
    }
}

fn link(body: &[Inline], target: &str, place: Place, care: Care, out: &mut String) {
    out.push('[');
    push(body, place, care, out);
    out.push_str(&format!("]({target})"));
}

fn citation(items: &[(String, Option<String>)]) -> String {
    let item = |(key, locator): &(String, Option<String>)| match locator {
        Some(locator) => format!("@{key}, {locator}"),
        None => format!("@{key}"),
    };
    format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join("; "))
}

/// A bar ends a cell wherever it stands.
fn barred(text: &str, place: Place) -> String {
    if place == Place::Cell { text.replace('|', "\\|") } else { text.to_owned() }
}

/// Escaped text in a cell: the bar is escaped with the least care, too.
fn in_cell(text: String, place: Place, care: Care) -> String {
    if place == Place::Cell && care == Care::Bare { text.replace('|', "\\|") } else { text }
}

fn signs(inline: &Inline, care: Care) -> (&'static str, &'static str) {
    let tags = care == Care::All;
    match inline {
        Inline::Emphasis(_) if tags => ("<em>", "</em>"),
        Inline::Emphasis(_) => ("*", "*"),
        Inline::Strong(_) if tags => ("<strong>", "</strong>"),
        Inline::Strong(_) => ("**", "**"),
        Inline::Strike(_) if tags => ("<del>", "</del>"),
        Inline::Strike(_) => ("~~", "~~"),
        Inline::Subscript(_) if tags => ("<sub>", "</sub>"),
        Inline::Subscript(_) => ("[", "]{.sub}"),
        Inline::Superscript(_) if tags => ("<sup>", "</sup>"),
        Inline::Superscript(_) => ("[", "]{.sup}"),
        Inline::Underline(_) if tags => ("<u>", "</u>"),
        Inline::Underline(_) => ("[", "]{.underline}"),
        Inline::Highlight(_) if tags => ("<mark>", "</mark>"),
        Inline::Highlight(_) => ("[", "]{.mark}"),
        _ if tags => ("<kbd>", "</kbd>"),
        _ => ("[", "]{.kbd}"),
    }
}
