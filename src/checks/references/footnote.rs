use super::super::compare::changes;
use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::InlineKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("footnote"),
    group: "references",
    summary: msg!("a reference to a footnote is missing in the translation, or in another place"),
    default_level: Severity::Error,
    page: page!("footnote"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let read = |inline: &crate::model::Inline| match &inline.kind {
        // Each language may name its notes differently; only their presence counts.
        InlineKind::Note { .. } => Some("[^…]".to_owned()),
        _ => None,
    };
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for change in changes(context, &|unit| super::items(unit, read), true).changes {
        let message = if change.lost.is_some() {
            msg!("a reference to a footnote is missing in {language}", language = target.name())
        } else {
            msg!("this reference to a footnote has no counterpart in {language}", language = source.name())
        };
        let finding = super::at_change(Diagnostic::error(CHECK.name, message), &change, source);
        found.push(finding.hint(msg!("refer to the same footnotes in both languages")));
    }
}
