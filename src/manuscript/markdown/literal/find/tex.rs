//! Formulas and commands of TeX.

use std::ops::Range;

use super::super::page::ESCAPED;
use super::{Line, Place, Places, between, ends_in_word, is_tight, reach};

/// `$` before what only a formula has.
pub(in super::super) fn dollars(place: Place<'_>) -> Places {
    let text = place.line.text;
    let is_formula = |at: usize| {
        let rest = &text[at + 1..];
        let begins = rest.trim_start().starts_with(|c: char| c.is_ascii_lowercase() || c == '\\');
        let end = rest.find('$').unwrap_or(rest.len());
        let end = rest[..end].find(['，', '。', '；', '、', '：', '！', '？']).unwrap_or(end);
        let mathematical = reach(&rest[..end], 0).contains(['^', '_', '=', '\\']);
        // A letter alone, set off by blanks.
        let letter = rest
            .split_once('$')
            .is_some_and(|(inner, _)| inner.len() == inner.trim().len() + 2 && inner.trim().len() == 1);
        begins && (mathematical || letter) && !ends_in_word(&text[..at])
    };
    let signs = text.match_indices('$').map(|(at, _)| at);
    let double = text.find("$$").map(|at| at..at + 2);
    double.into_iter().chain(signs.filter(|at| is_formula(*at)).map(|at| at..at + 1)).take(1).collect()
}

pub(in super::super) fn wide_dollars(place: Place<'_>) -> Places {
    between(place.line.text, "＄", "＄", |_, inner| {
        is_tight(inner) && !inner.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `\(x\)` and `\[x\]`: Markdown takes them for escaped brackets.
pub(in super::super) fn tex_formula(place: Place<'_>) -> Places {
    let Line { text, written, .. } = place.line;
    let escape = format!("{ESCAPED}{ESCAPED}");
    let mut found = Vec::new();
    for (open, close) in [("\\(", "\\)"), ("\\[", "\\]")] {
        for (at, _) in
            written.match_indices(open).filter(|(at, _)| text.get(*at..).is_some_and(|rest| rest.starts_with(&escape)))
        {
            let inner = at + 2;
            let end = reach(written, inner).find(close).map(|n| inner + n);
            let Some(end) = end.filter(|end| text[*end..].starts_with(&escape)) else { continue };
            let formula = &written[inner..end];
            let letter =
                open == "\\(" && formula.trim().len() <= 2 && formula.trim().chars().all(|c| c.is_ascii_alphabetic());
            if formula.contains(['^', '_', '=', '\\']) || letter && !formula.trim().is_empty() {
                found.push(at..end + 2);
            }
        }
    }
    found
}

pub(in super::super) fn page_break(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = Vec::new();
    for command in ["\\newpage", "\\pagebreak", "\\clearpage", "\\cleardoublepage", "\\newline"] {
        let ends = |at: usize| !text[at + command.len()..].starts_with(|c: char| c.is_ascii_alphabetic());
        found.extend(text.match_indices(command).filter(|(at, _)| ends(*at)).map(|(at, _)| at..at + command.len()));
    }
    found
}

/// `\eqref{…}` and other references of TeX.
pub(in super::super) fn tex_reference(place: Place<'_>) -> Places {
    let is_reference = |range: &Range<usize>| {
        let name = place.line.text[range.start + 1..range.end].split('{').next().unwrap_or_default();
        matches!(name, "ref" | "eqref" | "pageref" | "autoref" | "cref" | "Cref" | "nameref")
    };
    tex_command(place).into_iter().filter(is_reference).collect()
}

/// `\textbf{…}` and the like.
pub(in super::super) fn tex_command(place: Place<'_>) -> Places {
    let text = place.line.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('\\') {
        let name = text[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let after = at + 1 + name;
        if name > 1 && text[after..].starts_with('{') && !ends_in_word(&text[..at]) && !text[..at].ends_with(':') {
            let end = reach(text, after).find('}').map_or(after, |n| after + n + 1);
            found.push(at..end);
        }
    }
    found
}
