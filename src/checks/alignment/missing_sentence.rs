use super::super::{Check, Context, Look};
use crate::align::Relation;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("missing-sentence"),
    group: "alignment",
    summary: msg!("a sentence of the source has no counterpart in the translation"),
    default_level: Severity::Warning,
    page: page!("missing_sentence"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let language = context.alignment.target.name();
    for (chapter, alone, severity) in super::sentences(context, Relation::Missing) {
        let span = alone.sources.iter().skip(1).fold(alone.sources[0].span, |all, next| all.to(next.span));
        let place = chapter.pairs[alone.pair].targets[0].span;
        found.push(
            Diagnostic::new(severity, CHECK.name, msg!("this sentence is missing in {language}", language = &language))
                .at_with(span, msg!("no counterpart in {language}", language = &language))
                .label(place, msg!("expected here"))
                .hint(msg!("translate it, or remove it from the source")),
        );
    }
}
