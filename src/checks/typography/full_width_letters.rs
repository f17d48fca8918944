use std::ops::Range;

use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use super::habit::Tally;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::width::half;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("full-width-letters"),
    group: "typography",
    summary: msg!("full-width Latin letters or digits"),
    default_level: Severity::Warning,
    page: page!("full_width_letters"),
    look: Look::Text(run),
};

/// Full-width signs that belong to a word or a number when they stand inside it: those of no Chinese sentence.
const INSIDE: &str = "．／－＋＠＿＆：＝";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs() {
        let mut tally = Tally::default();
        for prose in context.prose(lang) {
            tally.keep(words(&prose.text));
            if let Some(finding) = finding(prose) {
                tally.slip(finding);
            }
        }
        tally.report(msg!("this book writes letters and figures in full width"), context.book, found);
    }
}

/// One finding for all places of a unit.
fn finding(prose: &Prose<'_>) -> Option<Diagnostic> {
    let mut places = wide(&prose.text).into_iter();
    let first = places.next()?;
    let written = &prose.text[first.clone()];
    let message = msg!("full-width ‘{written}’; write ‘{narrow}’", written, narrow = narrow(written));
    let mut finding = Diagnostic::warning(CHECK.name, message).at(prose.place(first.clone()));
    for place in places.clone() {
        finding = finding.label(prose.place(place), msg!("here too"));
    }
    for place in std::iter::once(first).chain(places) {
        if let Some(span) = prose.exact(place.clone()) {
            finding = finding.edit(span, narrow(&prose.text[place]));
        }
    }
    Some(finding)
}

fn narrow(text: &str) -> String {
    text.chars().map(half).collect()
}

/// Words and numbers in half-width letters and figures.
fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).count()
}

fn is_wide(c: char) -> bool {
    c != half(c) && half(c).is_ascii_alphanumeric()
}

/// The words and numbers in full-width letters and figures, each with a percent sign behind it.
fn wide(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let last = found.last_mut();
        let of_number = c == '％' && before.is_some_and(|b: char| half(b).is_ascii_digit());
        match last {
            Some(last) if last.end == at && (is_wide(c) || of_number) => last.end = end,
            // A sign between two of them is of their kind.
            Some(last) if is_wide(c) && is_sign(&text[last.end..at]) => last.end = end,
            _ if is_wide(c) || of_number => found.push(at..end),
            _ => {}
        }
        before = Some(c);
    }
    found
}

fn is_sign(between: &str) -> bool {
    let mut chars = between.chars();
    chars.next().is_some_and(|c| INSIDE.contains(c)) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_found_whole() {
        let found = |text: &str| wide(text).into_iter().map(|at| narrow(&text[at])).collect::<Vec<_>>();
        assert_eq!(found("第１章，ＡＢＣ字样"), ["1", "ABC"]);
        assert_eq!(found("增长３．５％，达２０２４年"), ["3.5%", "2024"]);
        assert_eq!(found("占50％，（一）～（三）！"), ["%"]);
        assert_eq!(found("１：２，３／４"), ["1:2", "3/4"]);
        assert!(found("他说：好！（完）").is_empty());
    }
}
