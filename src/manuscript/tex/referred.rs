//! Numbers of formulas that a formula says: `\\eqref` and `\\ref`. The outline knows them, so signs stand in their place.

use super::groups::{closing, command};
use crate::model::formula::{BARE, END, IN_PARENTHESES};

/// Commands whose group is text.
pub(super) const TEXTS: [&str; 6] = ["text", "textbf", "textit", "textrm", "textsf", "texttt"];

/// Puts signs in the place of references.
pub(super) fn marked(tex: &str) -> String {
    if tex.contains(r"\eqref") || tex.contains(r"\ref") { within(tex, false) } else { tex.to_owned() }
}

fn within(tex: &str, text: bool) -> String {
    let mut out = String::new();
    let mut rest = tex;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (name, behind) = command(&rest[at + 1..]);
        let group = behind.trim_start();
        let close = group.starts_with('{').then(|| closing(group)).flatten();
        let Some(close) = close.filter(|_| TEXTS.contains(&name) || matches!(name, "eqref" | "ref")) else {
            out.push('\\');
            out.push_str(name);
            rest = behind;
            continue;
        };
        let inner = &group[1..close];
        let said = match name {
            "eqref" => reference(IN_PARENTHESES, inner, text),
            "ref" => reference(BARE, inner, text),
            _ => format!("\\{name}{{{}}}", words(inner)),
        };
        out.push_str(&said);
        rest = &group[close + 1..];
    }
    out + rest
}

fn reference(sign: char, name: &str, text: bool) -> String {
    let name = name.trim();
    if text { format!("{sign}{name}{END}") } else { format!("\\text{{{sign}{name}{END}}}") }
}

/// Text, in which dollar signs stand around formulas.
fn words(text: &str) -> String {
    let parts = text.split('$').enumerate().map(|(at, part)| within(part, at % 2 == 0));
    parts.collect::<Vec<_>>().join("$")
}
