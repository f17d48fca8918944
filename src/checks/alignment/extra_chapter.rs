use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("extra-chapter"),
    group: "alignment",
    summary: msg!("a chapter of the translation has no source"),
    default_level: Severity::Error,
    page: page!("extra_chapter"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let language = context.alignment.source.name();
    for pair in &context.alignment.chapters {
        let (None, Some(target)) = (pair.source, pair.target) else { continue };
        found.push(
            Diagnostic::error(CHECK.name, msg!("this chapter has no counterpart in {language}", language = &language))
                .at_with(target.meta.title.span, msg!("this chapter"))
                .hint(msg!("give its file the name of the source chapter, or remove it")),
        );
    }
}
