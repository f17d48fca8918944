use super::super::compare::changes;
use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::InlineKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("citation"),
    group: "references",
    summary: msg!("a citation is missing in the translation, or cites another work"),
    default_level: Severity::Error,
    page: page!("citation"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let read = |inline: &crate::model::Inline| match &inline.kind {
        InlineKind::Cite(items) => Some(items.iter().map(|item| item.key.as_str()).collect::<Vec<_>>().join("; ")),
        _ => None,
    };
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for change in changes(context, &|unit| super::items(unit, read), true).changes {
        found.push(super::finding(CHECK.name, Severity::Error, msg!("citation"), &change, source, target));
    }
}
