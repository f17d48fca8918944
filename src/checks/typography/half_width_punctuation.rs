use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use super::habit::Tally;
use crate::checks::language::is_foreign;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Width;
use crate::lang::width::{full_mark, is_full};
use crate::lang::zh::is_han;

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
        for prose in context.prose(lang).iter().filter(|prose| !is_foreign(&prose.text, lang)) {
            brackets.keep(prose.text.matches('（').count());
            for (mark, tally) in STOPS.chars().zip(&mut stops) {
                let wide = full_mark(mark).expect("every stop has a full-width form");
                tally.keep(prose.text.matches(wide).count());
                let slips: Vec<usize> = prose.text.match_indices(mark).map(|(at, _)| at).collect();
                if let Some(finding) = stop(prose, mark, wide, slips) {
                    tally.slip(finding);
                }
            }
            for (at, c) in prose.text.char_indices() {
                if c == '('
                    && let Some(end) = chinese_brackets(prose, at)
                {
                    brackets.slip(pair(prose, at, end));
                }
            }
        }
        for (mark, tally) in STOPS.chars().zip(stops) {
            tally.report(msg!("this book uses the half-width ‘{mark}’ in Chinese", mark), found);
        }
        brackets.report(msg!("this book uses half-width brackets around Chinese"), found);
    }
}

/// Whether a mark follows Chinese, and Chinese or the end follows it.
fn stands_in_chinese(prose: &Prose<'_>, at: usize) -> bool {
    let before = prose.before(at).is_some_and(|c| is_han(c) || "”’」』）》".contains(c));
    let rest = prose.text[at + 1..].trim_start_matches(' ');
    let after = rest.chars().next().is_none_or(|c| is_han(c) || "“‘「『（《\n".contains(c));
    // Three dots are an ellipsis.
    before && after && !prose.text[at..].starts_with("..")
}

/// One finding for all slips with one mark in a unit.
fn stop(prose: &Prose<'_>, mark: char, wide: char, places: Vec<usize>) -> Option<Diagnostic> {
    let mut slips = places.into_iter().filter(|at| stands_in_chinese(prose, *at)).peekable();
    let first = *slips.peek()?;
    let message = msg!("half-width ‘{mark}’ in Chinese; write ‘{wide}’", mark, wide);
    let mut finding = Diagnostic::warning(CHECK.name, message).at(prose.place(first..first + 1));
    for (nth, at) in slips.enumerate() {
        let spaces = prose.text[at + 1..].len() - prose.text[at + 1..].trim_start_matches(' ').len();
        if nth > 0 {
            finding = finding.label(prose.place(at..at + 1), msg!("here too"));
        }
        if let Some(span) = prose.exact(at..at + 1 + spaces) {
            finding = finding.edit(span, wide);
        }
    }
    Some(finding)
}

/// The end of the brackets that open at `at`, if there is Chinese inside and directly before them.
fn chinese_brackets(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let open = at + 1;
    let inside = &prose.text[open..];
    let (end, _) = inside.char_indices().find(|(_, c)| "()（）".contains(*c)).filter(|(_, c)| *c == ')')?;
    let chinese = inside[..end].chars().filter(|c| is_han(*c)).count();
    let close = open + end;
    let (before, after) = (prose.before(at).is_some_and(is_han), prose.after(close + 1).is_none_or(is_full));
    (chinese > 1 && before && after).then_some(close)
}

fn pair(prose: &Prose<'_>, open: usize, close: usize) -> Diagnostic {
    let message = msg!("half-width brackets around Chinese; write ‘（’ and ‘）’");
    let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(prose.place(open..close + 1));
    match (prose.exact(open..open + 1), prose.exact(close..close + 1)) {
        (Some(first), Some(last)) => finding.edit(first, '（').edit(last, '）'),
        _ => finding,
    }
}
