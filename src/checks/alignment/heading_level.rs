use super::super::{Check, Context, Look};
use crate::align::{ChapterPair, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("heading-level"),
    group: "alignment",
    summary: msg!("a heading has a different level in the translation"),
    default_level: Severity::Error,
    page: page!("heading_level"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // In a chapter without a title, which is told, the levels of headings are those that it will have with one.
    let untitled = |span: Span| {
        let mut chapters = context.book.chapters.values().flatten();
        chapters.any(|chapter| chapter.file == span.file && !chapter.meta.titled)
    };
    for (source, target) in context.translations() {
        let (UnitKind::Heading(wanted), UnitKind::Heading(level)) = (source.kind, target.kind) else { continue };
        if wanted != level && untitled(source.span) == untitled(target.span) {
            found.push(finding(context, (source.span, wanted), (target.span, level)));
        }
    }
    for (chapter, at, pair) in context.pairs() {
        let (Some(source), Some(target)) = (chapter.source, chapter.target) else { continue };
        if !became_title(chapter, at) {
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
    let language = context.alignment.source.name();
    // A chapter's headings may all have more marks than levels.
    let written = context.sources.snippet(ours).bytes().take_while(|byte| *byte == b'#').count();
    let marks = (written.max(usize::from(level)) + usize::from(wanted)).saturating_sub(usize::from(level));
    Diagnostic::error(
        CHECK.name,
        msg!("this heading has level {level}, but its source has level {wanted}", level, wanted),
    )
    .at_with(ours, msg!("level {level}", level))
    .label(theirs, msg!("level {level} in {language}", level = wanted, language))
    .hint(msg!("start it with `{marks}`", marks = "#".repeat(marks.max(1))))
}

/// Whether a heading without a counterpart is the chapter's title in the other language, which has no other title.
pub(super) fn became_title(chapter: &ChapterPair<'_>, at: usize) -> bool {
    let pair = &chapter.pairs[at];
    let (Some(source), Some(target)) = (chapter.source, chapter.target) else { return false };
    let (own, other, unit) = match (pair.source(), pair.target()) {
        (Some(unit), None) => (source, target, unit),
        (None, Some(unit)) => (target, source, unit),
        _ => return false,
    };
    let first = own.blocks.first().is_some_and(|block| block.span == unit.span);
    matches!(unit.kind, UnitKind::Heading(_)) && first && !own.meta.titled && other.meta.titled
}
