use super::super::{Check, Context};
use crate::align::{ChapterPair, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Chapter;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: "heading-level",
    group: "alignment",
    summary: "a heading has another level in the translation",
    default_level: Severity::Error,
    docs: include_str!("heading_level.md"),
    docs_zh: include_str!("heading_level.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (source, target) in context.translations() {
        let (UnitKind::Heading(wanted), UnitKind::Heading(level)) = (source.kind, target.kind) else { continue };
        if wanted != level {
            found.push(finding(context, (source.span, wanted), (target.span, level)));
        }
    }
    for (chapter, at, pair) in context.pairs() {
        let (Some(source), Some(target)) = (chapter.source, chapter.target) else { continue };
        if !became_title(context, chapter, at) {
            continue;
        }
        match (pair.source(), pair.target()) {
            (Some(unit), _) => found.push(finding(context, (unit.span, level(unit.kind)), (target.meta.title.span, 1))),
            (_, Some(unit)) => found.push(finding(context, (source.meta.title.span, 1), (unit.span, level(unit.kind)))),
            _ => {}
        }
    }
}

fn level(kind: UnitKind<'_>) -> u8 {
    if let UnitKind::Heading(level) = kind { level } else { 1 }
}

fn finding(context: &Context<'_>, (theirs, wanted): (Span, u8), (ours, level): (Span, u8)) -> Diagnostic {
    let source = &context.alignment.source;
    Diagnostic::error(CHECK.name, format!("this heading has level {level}, its source level {wanted}"))
        .at_with(ours, format!("level {level}"))
        .label(theirs, format!("level {wanted} in {source}"))
        .hint(format!("begin it with `{}`", "#".repeat(usize::from(wanted))))
}

/// Whether a heading without a counterpart is the title of the chapter in the other language, which has no other title.
pub(super) fn became_title(context: &Context<'_>, chapter: &ChapterPair<'_>, at: usize) -> bool {
    let pair = &chapter.pairs[at];
    let (Some(source), Some(target)) = (chapter.source, chapter.target) else { return false };
    let written = |chapter: &Chapter| {
        let name = context.sources.get(chapter.file).path().rsplit('/').next().unwrap_or("");
        name.strip_suffix(".md") != Some(chapter.meta.title.value.as_str())
    };
    let (own, other, unit) = match (pair.source(), pair.target()) {
        (Some(unit), None) => (source, target, unit),
        (None, Some(unit)) => (target, source, unit),
        _ => return false,
    };
    let first = own.blocks.first().is_some_and(|block| block.span == unit.span);
    matches!(unit.kind, UnitKind::Heading(_)) && first && !written(own) && written(other)
}
