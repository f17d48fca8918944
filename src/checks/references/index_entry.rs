use super::super::compare::changes;
use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Inline, InlineKind};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("index-entry"),
    group: "references",
    summary: msg!("a mark of the index is missing in one language"),
    default_level: Severity::Info,
    page: page!("index_entry"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // Each language has headings of its own; only that there is one counts.
    let read = |inline: &Inline| match &inline.kind {
        InlineKind::Index(entry) if entry.see.is_empty() => Some("{.index}".to_owned()),
        _ => None,
    };
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for change in changes(context, &|unit| super::items(unit, read), true).changes {
        let message = if change.lost.is_some() {
            msg!("a mark of the index is missing in {language}", language = target.name())
        } else {
            msg!("this mark of the index has no counterpart in {language}", language = source.name())
        };
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message);
        let hint = msg!("mark the same places in both languages, or those that the readers of one look for");
        found.push(super::at_change(finding, &change, source).hint(hint));
    }
}
