use std::ops::Range;

use super::foreign::{is_clause, is_enclosed, is_foreign, stretches};
use crate::align::Unit;
use crate::align::lang::zh::is_han;
use crate::checks::prose::{OBJECT, Prose};
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: "untranslated-sentence",
    group: "language",
    summary: "a sentence or clause stands in the other language",
    default_level: Severity::Error,
    docs: include_str!("untranslated_sentence.md"),
    docs_zh: include_str!("untranslated_sentence.zh.md"),
    run,
};

/// Fewest Chinese characters that are a clause and no name.
const CLAUSE: usize = 8;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, pair) in context.pairs() {
        let other: Vec<String> = pair.sources.iter().map(|unit| Prose::of(unit, context.sources).text).collect();
        pair.targets.iter().for_each(|unit| look(context, unit, &other, found));
        pair.sources.iter().for_each(|unit| look(context, unit, &[], found));
    }
}

fn look(context: &Context<'_>, unit: &Unit<'_>, source: &[String], found: &mut Vec<Diagnostic>) {
    let prose = Prose::of(unit, context.sources);
    if is_foreign(&prose.text, unit.lang) {
        return;
    }
    for range in clauses(&prose.text, unit.lang) {
        let text = &prose.text[range.clone()];
        let copied = source.iter().any(|source| holds(source, text));
        if is_enclosed(&prose.text, &range) || prose.marked(range.start) && !copied {
            continue;
        }
        let severity = if copied { Severity::Error } else { Severity::Warning };
        let message = format!("this is not in {}", unit.lang);
        let finding = Diagnostic::new(severity, CHECK.name, message)
            .at_with(prose.place(range), if copied { "left as it is in the source" } else { "" });
        found.push(finding.hint("translate it, or put it in quotation marks if it is a citation"));
    }
}

/// The stretches of another language that are clauses.
pub(super) fn clauses<'t>(text: &'t str, lang: &Lang) -> impl Iterator<Item = Range<usize>> + 't {
    let chinese = lang.is_chinese();
    stretches(text, lang).into_iter().filter(move |range| {
        let inner = &text[range.clone()];
        if chinese { is_clause(inner) } else { inner.chars().filter(|c| is_han(*c)).count() >= CLAUSE }
    })
}

/// Whether a text holds another, spaces and covered parts aside.
fn holds(text: &str, part: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric() && *c != OBJECT).collect::<String>();
    bare(text).contains(&bare(part))
}
