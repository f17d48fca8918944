use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "extra-block",
    group: "structure",
    summary: "a block of the translation has no counterpart in the source",
    default_level: Severity::Error,
    docs: include_str!("extra_block.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, pair) in context.pairs() {
        let (None, Some(target)) = (pair.source(), pair.target()) else { continue };
        let source = &context.alignment.source;
        let kind = target.kind.name();
        found.push(
            Diagnostic::error(CHECK.name, format!("this {kind} has no counterpart in {source}"))
                .at_with(target.span, format!("nothing like it in {source}"))
                .hint("add it to the source, or remove it here"),
        );
    }
}
