use super::super::compare::changes;
use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::InlineKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("image"),
    group: "references",
    summary: msg!("a picture is missing in the translation, or differs"),
    default_level: Severity::Error,
    page: page!("image"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let read = |inline: &crate::model::Inline| match &inline.kind {
        InlineKind::Image(image) => Some(neutral(&image.written, context)),
        _ => None,
    };
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for change in changes(context, &|unit| super::items(unit, read), true).changes {
        found.push(super::finding(CHECK.name, Severity::Error, msg!("picture"), &change, source, target));
    }
}

/// A path without the marks of its language: `images/zh/a.png`, `a.en.png`.
fn neutral(path: &str, context: &Context<'_>) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let tags = [context.alignment.source.tag(), context.alignment.target.tag()];
    let own = |part: &&str| !tags.contains(part);
    name.split(['.', '_', '-']).filter(own).collect::<Vec<_>>().join(".")
}
