use super::foreign::is_foreign;
use super::length::{Ratios, lengths};
use crate::align::{Pair, Unit, UnitKind};
use crate::checks::prose::Prose;
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
    let both = || context.pairs().map(|(_, _, pair)| pair).filter(|pair| closes(context, &pair.sources) == Some(true));
    let listed: Vec<bool> = both().filter_map(|pair| closes(context, &pair.targets).filter(|_| in_list(pair))).collect();
    let closed = listed.iter().filter(|closed| **closed).count() as f32 / listed.len().max(1) as f32;
    for pair in both().filter(|pair| is_cut(context, pair)) {
        let short = lengths(context, pair).and_then(|(a, b)| ratios.far(a, b)).is_some_and(|far| far < -1.5);
        if !in_list(pair) || closed >= CLOSED || short {
            found.push(finding(pair, short));
        }
    }
}

fn finding(pair: &Pair<'_>, short: bool) -> Diagnostic {
    let target = pair.targets.last().expect("a pair of two sides");
    let source = pair.sources.last().expect("a pair of two sides");
    let end = target.text.trim_end().char_indices().next_back();
    let span = end.map_or(target.span, |(at, c)| target.place(at..at + c.len_utf8()));
    let message = if short { "this breaks off: its end is missing" } else { "this ends without the mark that closes a sentence" };
    Diagnostic::warning(CHECK.name, message)
        .at_with(span, "ends here")
        .label(source.span, "its source is closed")
        .hint("add what is missing, or the closing mark")
}

/// Whether the source closes its last sentence and the translation does not.
pub(super) fn is_cut(context: &Context<'_>, pair: &Pair<'_>) -> bool {
    closes(context, &pair.sources) == Some(true) && closes(context, &pair.targets) == Some(false)
}

/// Whether the last sentence of a text is closed; nothing for what has no sentences, and for what is not translated.
fn closes(context: &Context<'_>, units: &[Unit<'_>]) -> Option<bool> {
    let unit = units.last()?;
    if !matches!(unit.kind, UnitKind::Block("paragraph") | UnitKind::Caption) {
        return None;
    }
    let prose = Prose::of(unit, context.sources);
    if is_foreign(&prose.text, unit.lang) {
        return None;
    }
    let text = prose.text.trim_end_matches(CLOSERS);
    let last = text.chars().next_back()?;
    let open = matches!(last, '，' | '、' | ',');
    // A bracket, a quotation or a colon may close a sentence too.
    let closed = ".。!！?？…:：;；—".contains(last) || !open && prose.text.trim_end().ends_with(['）', ')', '”', '」', '"', '』']);
    Some(closed)
}
