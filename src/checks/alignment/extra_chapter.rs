use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Book, Chapter, Lang};
use crate::source::Sources;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("extra-chapter"),
    group: "alignment",
    summary: msg!("a chapter of the translation has no source"),
    default_level: Severity::Error,
    page: page!("extra_chapter"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for pair in &context.alignment.chapters {
        let (None, Some(target)) = (pair.source, pair.target) else { continue };
        found.extend(finding(context.book, &context.alignment.source, target, context.sources));
    }
}

/// Says that a chapter translates nothing. If there is a file for its source that cannot be read, that is said of the file.
pub(in crate::checks) fn finding(
    book: &Book,
    source: &Lang,
    target: &Chapter,
    sources: &Sources,
) -> Option<Diagnostic> {
    let extra = sources.find(&format!("{}/{}.md", book.folder(source), target.stem)).is_none();
    extra.then(|| {
        Diagnostic::error(CHECK.name, msg!("this chapter has no counterpart in {language}", language = source.name()))
            .at_with(target.meta.title.span, msg!("this chapter"))
            .hint(msg!("give its file the name of the source chapter, or remove it"))
    })
}
