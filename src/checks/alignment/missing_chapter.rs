use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "missing-chapter",
    group: "alignment",
    summary: "a chapter of the source has no translation",
    default_level: Severity::Error,
    docs: include_str!("missing_chapter.md"),
    docs_zh: include_str!("missing_chapter.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let target = &context.alignment.target;
    for pair in &context.alignment.chapters {
        let (Some(source), None) = (pair.source, pair.target) else { continue };
        found.push(
            Diagnostic::error(CHECK.name, format!("this chapter is missing in {target}"))
                .at_with(source.meta.title.span, "the chapter")
                .hint(format!("write manuscript/{target}/{}.md", source.stem)),
        );
    }
}
