use std::collections::BTreeSet;

use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::duplicated_block;
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Inline, InlineKind};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("extra-block"),
    group: "alignment",
    summary: msg!("a block of the translation has no counterpart in the source"),
    default_level: Severity::Error,
    page: page!("extra_block"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    // `duplicated-block` reports these.
    let again = context.alignment.chapters.iter().flat_map(|chapter| duplicated_block::in_chapter(context, chapter));
    let again: BTreeSet<Span> = again.map(|(unit, _)| unit.span).collect();
    for (chapter, at, pair) in context.pairs() {
        let (None, Some(target)) = (pair.source(), pair.target()) else { continue };
        if again.contains(&target.span) || super::told_elsewhere(chapter, at) {
            continue;
        }
        let source = &context.alignment.source;
        let retold = super::retold::place(chapter, at);
        let severity = match retold {
            _ if only_links(target) => Severity::Info,
            Some(_) => Severity::Warning,
            None => super::severity(context, chapter, at, target),
        };
        let message =
            msg!("this {kind} has no counterpart in {language}", kind = target.kind.word(), language = source.name());
        let mut finding = Diagnostic::new(severity, CHECK.name, message)
            .at_with(target.span, msg!("nothing similar in {language}", language = source.name()))
            .hint(msg!("add it to the source, or remove it here"));
        if let Some(source) = retold {
            finding = finding.label(source.span, msg!("its source may be here"));
        }
        let language = context.alignment.target.name();
        habits.deviation(msg!("{language} adds every {kind}", language, kind = super::look(target)), finding);
    }
    habits.report(found);
}

/// Whether a unit consists of links alone, as a translator's pointer to the original does.
fn only_links(unit: &Unit<'_>) -> bool {
    !unit.runs.is_empty() && unit.runs.iter().all(|run| !run.is_empty() && run.iter().all(is_link_or_space))
}

fn is_link_or_space(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        InlineKind::Link { .. } => true,
        _ => false,
    }
}
