use super::super::compare::changes;
use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::InlineKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: "footnote",
    group: "references",
    summary: "a footnote is not referred to in the translation, or at another place",
    default_level: Severity::Error,
    docs: include_str!("footnote.md"),
    docs_zh: include_str!("footnote.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let read = |inline: &crate::model::Inline| match &inline.kind {
        // Authors may name notes differently in each language; that there is one is what counts.
        InlineKind::Note { .. } => Some("[^…]".to_owned()),
        _ => None,
    };
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for change in changes(context, &|unit| super::items(unit, read), true).changes {
        found.push(super::finding(CHECK.name, Severity::Error, "the footnote", &change, source, target));
    }
}
