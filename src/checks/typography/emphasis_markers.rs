use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("emphasis-markers"),
    group: "typography",
    summary: msg!("an emphasis marker that would be printed literally"),
    default_level: Severity::Error,
    page: page!("emphasis_markers"),
    look: Look::Text(run),
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

/// Whether a marker was meant as such: it touches a word on one side and is not escaped.
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
    let message = msg!("`{marker}` has no effect here and would be printed literally", marker);
    let finding = Diagnostic::error(CHECK.name, message).at(prose.place(at..at + marker.len()));
    if count > 1 {
        return finding.hint(msg!(
            "a marker cannot open before a space or close after one; move the marker, or the punctuation inside it"
        ));
    }
    let sign = &marker[..1];
    finding.hint(msg!(
        "add the other `{marker}`, or remove this one; write `\\{sign}` for the sign itself",
        marker,
        sign
    ))
}
