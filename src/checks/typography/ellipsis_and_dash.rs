use std::ops::Range;

use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use super::habit::{Tally, tallied};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Width;
use crate::lang::width::is_full;
use crate::lang::zh::is_han;
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("ellipsis-and-dash"),
    group: "typography",
    summary: msg!("an ellipsis or a dash in a form that the language does not use"),
    default_level: Severity::Info,
    page: page!("ellipsis_and_dash"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs() {
        let marks = &lang.conventions().typography;
        tallied(context, lang, msg!("this book writes ellipses in another form"), found, |prose, tally| {
            for run in runs(&prose.text, &['.', '…', '。']).filter(|run| is_ellipsis(prose, run)) {
                note(prose, run, marks.ellipsis, &msg!("an ellipsis"), tally);
            }
        });
        tallied(context, lang, msg!("this book writes dashes in another form"), found, |prose, tally| {
            for run in runs(&prose.text, &['-', '—']).filter(|run| is_dash(prose, run)) {
                note(prose, run, marks.dash, &msg!("a dash"), tally);
            }
        });
    }
}

fn note(prose: &Prose<'_>, run: Range<usize>, right: &str, mark: &Message, tally: &mut Tally) {
    let written = &prose.text[run.clone()];
    if written == right {
        return tally.keep(1);
    }
    let language = prose.lang.name();
    let message = msg!("{mark} is written ‘{right}’ in {language}, not ‘{written}’", mark, right, language, written);
    let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(prose.place(run.clone()));
    tally.slip(match prose.exact(run) {
        Some(span) => finding.edit(span, right),
        None => finding,
    });
}

/// Ranges of characters that are all among `marks`.
fn runs<'t>(text: &'t str, marks: &'t [char]) -> impl Iterator<Item = Range<usize>> + 't {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(marks)?;
        at = text[start..].find(|c| !marks.contains(&c)).map_or(text.len(), |n| start + n);
        Some(start..at)
    })
}

fn is_full_width(prose: &Prose<'_>) -> bool {
    prose.lang.conventions().typography.width == Width::Full
}

fn is_ellipsis(prose: &Prose<'_>, run: &Range<usize>) -> bool {
    let (before, after) = (prose.before(run.start), prose.after(run.end));
    // An English phrase in a Chinese text has English ellipses.
    if is_full_width(prose) && ![before, after].into_iter().flatten().any(is_full) {
        return false;
    }
    // A full stop may follow an ellipsis; two dots are a range.
    let run = &prose.text[run.clone()];
    let dots = run.trim_end_matches('。');
    match dots.chars().next() {
        None => run.chars().count() >= 3,
        Some('…') => !dots.contains('.'),
        Some(_) => dots.len() >= 3 && dots.bytes().all(|b| b == b'.'),
    }
}

/// Whether a run of hyphens or dashes separates two parts of a sentence.
fn is_dash(prose: &Prose<'_>, run: &Range<usize>) -> bool {
    let written = &prose.text[run.clone()];
    let (before, after) = (prose.before(run.start), prose.after(run.end));
    let hyphens = written.bytes().all(|b| b == b'-');
    match (before, after) {
        // A single hyphen is not a dash, nor is an option such as --help.
        (Some(b), Some(a)) if hyphens => {
            let word = |c: char| c.is_alphabetic() || "”’\"）".contains(c);
            matches!(written.len(), 2 | 3) && (b == ' ' && a == ' ' || word(b) && word(a))
        }
        (Some(b), Some(a)) if is_full_width(prose) => is_han(b) || is_han(a),
        (Some(_), Some(_)) => true,
        _ => false,
    }
}
