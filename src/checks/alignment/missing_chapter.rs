use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Book, Chapter, Lang};
use crate::source::Sources;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("missing-chapter"),
    group: "alignment",
    summary: msg!("a chapter of the source has no translation"),
    default_level: Severity::Error,
    page: page!("missing_chapter"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for pair in &context.alignment.chapters {
        let (Some(source), None) = (pair.source, pair.target) else { continue };
        found.extend(finding(context.book, &context.alignment.target, source, context.sources));
    }
}

/// Says that a language lacks a chapter. One whose file cannot be read is not missing: what is wrong is said of the file.
pub(in crate::checks) fn finding(
    book: &Book,
    target: &Lang,
    source: &Chapter,
    sources: &Sources,
) -> Option<Diagnostic> {
    let path = format!("{}/{}.md", book.folder(target), source.stem);
    let missing = sources.find(&path).is_none();
    missing.then(|| {
        Diagnostic::error(CHECK.name, msg!("this chapter is missing in {language}", language = target.name()))
            .at_with(source.meta.title.span, msg!("this chapter"))
            .hint(msg!("add `{path}`", path))
    })
}
