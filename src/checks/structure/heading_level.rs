use super::super::{Check, Context};
use crate::align::UnitKind;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "heading-level",
    group: "structure",
    summary: "a heading has another level in the translation",
    default_level: Severity::Error,
    docs: include_str!("heading_level.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (source, target) in context.translations() {
        let (UnitKind::Heading(wanted), UnitKind::Heading(level)) = (source.kind, target.kind) else { continue };
        if wanted == level {
            continue;
        }
        let marks = |level| "#".repeat(usize::from(level));
        found.push(
            Diagnostic::error(CHECK.name, format!("this heading has level {level}, its source level {wanted}"))
                .at_with(target.span, format!("level {level}"))
                .label(source.span, format!("level {wanted}"))
                .hint(format!("begin it with `{}`", marks(wanted))),
        );
    }
}
