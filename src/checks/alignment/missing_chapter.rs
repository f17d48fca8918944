use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("missing-chapter"),
    group: "alignment",
    summary: msg!("a chapter of the source has no translation"),
    default_level: Severity::Error,
    page: page!("missing_chapter"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let target = &context.alignment.target;
    for pair in &context.alignment.chapters {
        let (Some(source), None) = (pair.source, pair.target) else { continue };
        found.push(
            Diagnostic::error(CHECK.name, msg!("this chapter is missing in {language}", language = target.name()))
                .at_with(source.meta.title.span, msg!("this chapter"))
                .hint(msg!("add `{path}`", path = format!("manuscript/{target}/{}.md", source.stem))),
        );
    }
}
