use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use super::clause::{chinese_brackets, is_reference_entry, stands_in_sentence};
use super::habit::{Tally, counted};
use super::name_dot::{name_dots, right};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Width;
use crate::lang::width::full_mark;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("half-width-punctuation"),
    group: "typography",
    summary: msg!("half-width punctuation in a Chinese sentence"),
    default_level: Severity::Warning,
    page: page!("half_width_punctuation"),
    look: Look::Text(run),
};

const STOPS: &str = ",;:?!.";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs_in(Width::Full) {
        // A book may have a habit with one mark and not with another.
        let mut stops: [Tally; 6] = Default::default();
        let mut brackets = Tally::default();
        for prose in context.own_prose(lang).filter(|prose| !is_reference_entry(&prose.text)) {
            brackets.keep(prose.text.matches('（').count());
            let dots = name_dots(context, prose);
            found.extend(dots.iter().map(|at| dot(prose, *at)));
            for (mark, tally) in STOPS.chars().zip(&mut stops) {
                let wide = full_mark(mark).expect("every stop has a full-width form");
                tally.keep(prose.text.matches(wide).count());
                if let Some(finding) = stop(prose, mark, wide, &dots) {
                    tally.slip(finding);
                }
            }
            for (open, _) in prose.text.match_indices('(') {
                if let Some(close) = chinese_brackets(&prose.text, open) {
                    brackets.slip(pair(prose, open, close));
                }
            }
        }
        let mut slips = Vec::new();
        for (mark, tally) in STOPS.chars().zip(stops) {
            let habit = msg!("this book uses the half-width ‘{mark}’ in Chinese", mark);
            slips.extend(tally.without_habit(habit, found));
        }
        found.extend(counted(slips, context.book));
        brackets.report(msg!("this book uses half-width brackets around Chinese"), context.book, found);
    }
}

/// A full stop between the parts of a name.
fn dot(prose: &Prose<'_>, at: usize) -> Diagnostic {
    let dot = right(prose.lang);
    let message = msg!("‘.’ between the parts of a name; write ‘{dot}’", dot);
    let finding = Diagnostic::warning(CHECK.name, message).at(prose.place(at..at + 1));
    match prose.exact(at..at + 1) {
        Some(span) => finding.edit(span, dot),
        None => finding,
    }
}

/// One finding for all slips with one mark in a unit, but those of names.
fn stop(prose: &Prose<'_>, mark: char, wide: char, dots: &[usize]) -> Option<Diagnostic> {
    let marks = prose.text.match_indices(mark).map(|(at, _)| at);
    let mut slips = marks
        .filter(|at| dots.binary_search(at).is_err() && stands_in_sentence(&prose.text, *at, prose.lang))
        .peekable();
    let first = *slips.peek()?;
    let message = msg!("half-width ‘{mark}’ in Chinese; write ‘{wide}’", mark, wide);
    let mut finding = Diagnostic::warning(CHECK.name, message).at(prose.place(first..first + 1));
    for (nth, at) in slips.enumerate() {
        if nth > 0 {
            finding = finding.label(prose.place(at..at + 1), msg!("here too"));
        }
        if let Some(span) = with_spaces(prose, at) {
            finding = finding.edit(span, wide);
        }
    }
    Some(finding)
}

/// A mark and the spaces after it, which a full-width mark does not need; without them where markup lies between.
fn with_spaces(prose: &Prose<'_>, at: usize) -> Option<Span> {
    let rest = &prose.text[at + 1..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    prose.exact(at..at + 1 + spaces).or_else(|| prose.exact(at..at + 1))
}

fn pair(prose: &Prose<'_>, open: usize, close: usize) -> Diagnostic {
    let message = msg!("half-width brackets around Chinese; write ‘（’ and ‘）’");
    let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(prose.place(open..close + 1));
    let spaces = prose.text[..open].len() - prose.text[..open].trim_end_matches(' ').len();
    let first = prose.exact(open - spaces..open + 1).or_else(|| prose.exact(open..open + 1));
    match (first, with_spaces(prose, close)) {
        (Some(first), Some(last)) => finding.edit(first, '（').edit(last, '）'),
        _ => finding,
    }
}
