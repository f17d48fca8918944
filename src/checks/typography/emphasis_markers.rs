use super::super::prose::Prose;
use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "emphasis-markers",
    group: "typography",
    summary: "a marker of emphasis that is printed as it stands",
    default_level: Severity::Error,
    docs: include_str!("emphasis_markers.md"),
    docs_zh: include_str!("emphasis_markers.zh.md"),
    run,
};

const MARKERS: [&str; 3] = ["**", "__", "~~"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs() {
        for prose in context.prose(lang) {
            for marker in MARKERS {
                let places: Vec<usize> = prose
                    .text
                    .match_indices(marker)
                    .map(|(at, _)| at)
                    .filter(|at| is_left(prose, *at, marker))
                    .collect();
                if let Some(first) = places.first() {
                    found.push(finding(prose, *first, marker, places.len()));
                }
            }
        }
    }
}

/// Whether a marker was meant as one: it touches a word on one side, and is not escaped.
fn is_left(prose: &Prose<'_>, at: usize, marker: &str) -> bool {
    let end = at + marker.len();
    let sign = marker.chars().next();
    let (before, after) = (prose.before(at), prose.after(end));
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let longer = before == sign || after == sign;
    // An identifier has underscores inside or around a word of Latin letters.
    let name = marker == "__" && [before, after].iter().flatten().any(|c| c.is_ascii_alphanumeric());
    let alone = blank(before) && blank(after);
    prose.exact(at..end).is_some() && !longer && !name && !alone
}

fn finding(prose: &Prose<'_>, at: usize, marker: &str, count: usize) -> Diagnostic {
    let finding = Diagnostic::error(CHECK.name, format!("‘{marker}’ marks nothing here and would be printed"))
        .at(prose.place(at..at + marker.len()));
    if count > 1 {
        finding.hint("no marker opens before a space or closes after one; move it, or the punctuation inside it")
    } else {
        finding.hint(format!("add the other ‘{marker}’, or remove this one; write \\* for the sign itself"))
    }
}
