use super::super::prose::Prose;
use super::super::{Check, Context};
use super::habit::Tally;
use super::width::{full, is_chinese};
use crate::align::lang::zh::is_han;
use crate::checks::language::is_foreign;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "half-width-punctuation",
    summary: "a half-width mark in a Chinese sentence",
    default_level: Severity::Warning,
    docs: include_str!("half_width_punctuation.md"),
    run,
};

const STOPS: &str = ",;:?!.";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs().into_iter().filter(|lang| lang.is_chinese()) {
        let (mut stops, mut brackets) = (Tally::default(), Tally::default());
        for prose in context.prose(lang).iter().filter(|prose| !is_foreign(&prose.text, lang)) {
            stops.keep(prose.text.matches(['，', '；', '：', '？', '！', '。']).count());
            brackets.keep(prose.text.matches('（').count());
            for (at, c) in prose.text.char_indices() {
                if STOPS.contains(c) && stands_in_chinese(prose, at) {
                    stops.slip(stop(prose, at, c));
                }
                if c == '('
                    && let Some(end) = chinese_brackets(prose, at)
                {
                    brackets.slip(pair(prose, at, end));
                }
            }
        }
        stops.report("this book writes half-width marks between Chinese characters", found);
        brackets.report("this book writes half-width brackets around Chinese", found);
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

fn stop(prose: &Prose<'_>, at: usize, c: char) -> Diagnostic {
    let wide = full(c).expect("every stop has a full-width form");
    let finding = Diagnostic::warning(CHECK.name, format!("the half-width ‘{c}’ in Chinese; write ‘{wide}’"))
        .at(prose.place(at..at + 1));
    let spaces = prose.text[at + 1..].len() - prose.text[at + 1..].trim_start_matches(' ').len();
    match prose.exact(at..at + 1 + spaces) {
        Some(span) => finding.edit(span, wide),
        None => finding,
    }
}

/// The end of the brackets that open at `at`, if Chinese stands inside and right before them.
fn chinese_brackets(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let inside = &prose.text[at + 1..];
    let end = inside.find([')', '(', '（', '）'])?;
    let chinese = inside[..end].chars().filter(|c| is_han(*c)).count();
    let (before, after) = (prose.before(at).is_some_and(is_han), prose.after(at + 2 + end).is_none_or(is_chinese));
    (inside[end..].starts_with(')') && chinese > 1 && before && after).then_some(at + 1 + end)
}

fn pair(prose: &Prose<'_>, open: usize, close: usize) -> Diagnostic {
    let finding = Diagnostic::warning(CHECK.name, "half-width brackets around Chinese; write ‘（’ and ‘）’")
        .at(prose.place(open..close + 1));
    match (prose.exact(open..open + 1), prose.exact(close..close + 1)) {
        (Some(first), Some(last)) => finding.edit(first, '（').edit(last, '）'),
        _ => finding,
    }
}
