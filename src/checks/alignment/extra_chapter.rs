use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("extra-chapter"),
    group: "alignment",
    summary: msg!("a chapter of the translation has no source"),
    default_level: Severity::Error,
    docs: include_str!("extra_chapter.md"),
    docs_zh: include_str!("extra_chapter.zh.md"),
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
