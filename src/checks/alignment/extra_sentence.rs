use super::super::{Check, Context, Look};
use crate::align::Relation;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("extra-sentence"),
    group: "alignment",
    summary: msg!("a sentence of the translation has no counterpart in the source"),
    default_level: Severity::Warning,
    page: page!("extra_sentence"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let language = context.alignment.source.name();
    for (chapter, alone, severity) in super::sentences(context, Relation::Extra) {
        let span = alone.targets.iter().skip(1).fold(alone.targets[0].span, |all, next| all.to(next.span));
        let place = chapter.pairs[alone.pair].sources[0].span;
        found.push(
            Diagnostic::new(
                severity,
                CHECK.name,
                msg!("this sentence has no counterpart in {language}", language = &language),
            )
            .at_with(span, msg!("nothing similar in {language}", language = &language))
            .label(place, msg!("expected here"))
            .hint(msg!("add it to the source, or remove it here")),
        );
    }
}
