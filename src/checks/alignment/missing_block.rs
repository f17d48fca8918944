use super::super::habits::Habits;
use super::super::{Check, Context};
use crate::align::{ChapterPair, Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "missing-block",
    group: "alignment",
    summary: "a block of the source has no counterpart in the translation",
    default_level: Severity::Error,
    docs: include_str!("missing_block.md"),
    docs_zh: include_str!("missing_block.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    for (chapter, at, pair) in context.pairs() {
        let Some(source) = pair.source() else { continue };
        let far = super::moved_far(chapter, at);
        if !pair.targets.is_empty() && !far {
            continue;
        }
        if super::told_elsewhere(context, chapter, at) {
            continue;
        }
        let target = &context.alignment.target;
        let kind = source.kind.name();
        let retold = if far { pair.target() } else { super::retold::place(chapter, at) };
        let severity = if retold.is_some() { Severity::Warning } else { super::severity(source, pair.score) };
        let mut finding = Diagnostic::new(severity, CHECK.name, format!("this {kind} is missing in {target}"))
            .at_with(source.span, format!("no counterpart in {target}"));
        if let Some(target) = retold {
            finding = finding.label(target.span, "perhaps it stands here");
        }
        finding = match neighbour(chapter, at) {
            Some(before) => finding.hint(format!(
                "its translation should follow “{}” ({}:{})",
                context.quote(before.span),
                context.sources.get(before.span.file).path(),
                context.sources.get(before.span.file).position(before.span.end).line,
            )),
            None => finding.hint(format!("its translation should open the chapter in {target}")),
        };
        habits.odd(format!("{target} leaves out each {}", super::look(source)), finding);
    }
    habits.report(found);
    for chapter in &context.alignment.chapters {
        found.extend(title(context, chapter));
    }
}

/// A chapter whose source has a title and which has none itself, under which nothing else pairs with it.
fn title(context: &Context<'_>, chapter: &ChapterPair<'_>) -> Option<Diagnostic> {
    let units = chapter.pairs.iter().find_map(|pair| Some((pair.source()?, pair.target()?)))?;
    let (source, target) = units;
    let title =
        matches!(source.kind, UnitKind::Meta("title")) && context.is_written(source) && !context.is_written(target);
    let elsewhere = (0..chapter.pairs.len()).any(|at| super::heading_level::became_title(context, chapter, at));
    (title && !elsewhere).then(|| {
        let lang = &context.alignment.target;
        Diagnostic::error(CHECK.name, format!("the title is missing in {lang}"))
            .at_with(source.span, format!("no counterpart in {lang}"))
            .label(target.span, "it should stand before this")
            .hint("give the chapter its title")
    })
}

/// The unit of the translation behind which the missing one should stand.
fn neighbour<'a>(chapter: &'a ChapterPair<'_>, at: usize) -> Option<&'a Unit<'a>> {
    chapter.pairs[..at].iter().rev().find_map(|pair| pair.targets.last())
}
