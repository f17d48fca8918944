use super::foreign::is_foreign;
use super::length::{Ratios, lengths};
use crate::align::{Pair, Unit, UnitKind};
use crate::checks::prose::{OBJECT, Prose};
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: "truncated",
    summary: "a translation breaks off before its sentence ends",
    default_level: Severity::Warning,
    docs: include_str!("truncated.md"),
    run,
};

/// Share of list items that must be closed for an open one to be worth a word.
const CLOSED: f32 = 0.8;

const CLOSERS: &[char] = &['”', '’', '"', '\'', '」', '』', '）', ')', '】', ']', '》', '*', '_', ' ', '\n'];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let ratios = Ratios::of(context);
    let items: Vec<Span> = context
        .pairs()
        .flat_map(|(_, _, pair)| &pair.targets)
        .filter(|unit| matches!(unit.kind, UnitKind::Item | UnitKind::Cell))
        .map(|unit| unit.span)
        .collect();
    let in_list = |pair: &Pair<'_>| {
        let span = pair.targets[0].span;
        items.iter().any(|item| item.file == span.file && item.start <= span.start && span.end <= item.end)
    };
    let both =
        || context.pairs().map(|(_, _, pair)| pair).filter(|pair| end(context, &pair.sources) == Some(End::Closed));
    let listed: Vec<End> = both()
        .filter(|pair| !pair.targets.is_empty() && in_list(pair))
        .filter_map(|pair| end(context, &pair.targets))
        .collect();
    let closed = listed.iter().filter(|end| **end != End::Open).count() as f32 / listed.len().max(1) as f32;
    for pair in context.pairs().map(|(_, _, pair)| pair).filter(|pair| is_cut(context, pair)) {
        let short = lengths(context, pair).and_then(|(a, b)| ratios.far(a, b)).is_some_and(|far| far < -1.5);
        let hangs = end(context, &pair.targets) == Some(End::Hanging);
        if !in_list(pair) || closed >= CLOSED || short || hangs {
            found.push(finding(pair, short));
        }
    }
}

fn finding(pair: &Pair<'_>, short: bool) -> Diagnostic {
    let target = pair.targets.last().expect("a pair of two sides");
    let source = pair.sources.last().expect("a pair of two sides");
    let end = target.text.trim_end().char_indices().next_back();
    let span = end.map_or(target.span, |(at, c)| target.place(at..at + c.len_utf8()));
    let message =
        if short { "this breaks off: its end is missing" } else { "this ends without the mark that closes a sentence" };
    Diagnostic::warning(CHECK.name, message)
        .at_with(span, "ends here")
        .label(source.span, "its source is closed")
        .hint("add what is missing, or the closing mark")
}

/// How a text ends.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum End {
    /// With a mark that closes a sentence.
    Closed,
    /// With a word, a bracket or a mark that may stand at an end.
    Open,
    /// With a mark after which something must follow.
    Hanging,
}

/// Whether the translation is less closed than the source.
pub(super) fn is_cut(context: &Context<'_>, pair: &Pair<'_>) -> bool {
    if pair.sources.len() != 1 || pair.targets.len() != 1 {
        return false;
    }
    match (end(context, &pair.sources), end(context, &pair.targets)) {
        (Some(End::Closed), Some(ours)) => ours != End::Closed,
        (Some(theirs), Some(ours)) => theirs != End::Hanging && ours == End::Hanging,
        _ => false,
    }
}

/// How the last sentence ends; nothing for what has no sentences, and for what is not translated.
fn end(context: &Context<'_>, units: &[Unit<'_>]) -> Option<End> {
    let unit = units.last()?;
    if !matches!(unit.kind, UnitKind::Block("paragraph") | UnitKind::Caption) {
        return None;
    }
    let prose = Prose::of(unit, context.sources);
    if is_foreign(&prose.text, unit.lang) {
        return None;
    }
    let text = prose.text.trim_end_matches(CLOSERS);
    Some(match text.chars().next_back()? {
        '.' | '。' | '!' | '！' | '?' | '？' | '…' | ':' | '：' => End::Closed,
        // What these lead to follows.
        '，' | '、' | ',' | '-' | '–' | '—' | '（' | '(' | '“' | '「' | '《' => End::Hanging,
        ';' | '；' | OBJECT if unit.lang == &context.alignment.target => End::Closed,
        _ if unit.lang == &context.alignment.target && text.len() < prose.text.trim_end().len() => End::Closed,
        _ => End::Open,
    })
}
