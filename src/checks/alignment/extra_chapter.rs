use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "extra-chapter",
    group: "alignment",
    summary: "a chapter of the translation has no source",
    default_level: Severity::Error,
    docs: include_str!("extra_chapter.md"),
    docs_zh: include_str!("extra_chapter.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let source = &context.alignment.source;
    for pair in &context.alignment.chapters {
        let (None, Some(target)) = (pair.source, pair.target) else { continue };
        found.push(
            Diagnostic::error(CHECK.name, format!("this chapter does not exist in {source}"))
                .at_with(target.meta.title.span, "the chapter")
                .hint("give it the name of the chapter that it translates, or remove it"),
        );
    }
}
