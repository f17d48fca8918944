use super::super::habits::Habits;
use super::super::moved::moved_far;
use super::super::{Check, Context, Look};
use crate::align::{ChapterPair, MetaField, Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("missing-block"),
    group: "alignment",
    summary: msg!("a block of the source has no counterpart in the translation"),
    default_level: Severity::Error,
    page: page!("missing_block"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    for (chapter, at, pair) in context.pairs() {
        let Some(source) = pair.source() else { continue };
        let far = moved_far(chapter, at);
        if !pair.targets.is_empty() && !far {
            continue;
        }
        if super::told_elsewhere(chapter, at) {
            continue;
        }
        let language = context.alignment.target.name();
        let retold = if far { pair.target() } else { super::retold::place(chapter, at) };
        let severity = if retold.is_some() { Severity::Warning } else { super::severity(context, chapter, at, source) };
        let message = msg!("this {kind} is missing in {language}", kind = source.kind.word(), language = &language);
        let mut finding = Diagnostic::new(severity, CHECK.name, message)
            .at_with(source.span, msg!("no counterpart in {language}", language = &language));
        if let Some(target) = retold {
            finding = finding.label(target.span, msg!("its translation may be here"));
        }
        finding = finding.hint(where_it_belongs(context, neighbour(chapter, at)));
        habits.deviation(msg!("{language} leaves out every {kind}", language, kind = super::look(source)), finding);
    }
    habits.report(found);
    for chapter in &context.alignment.chapters {
        found.extend(title(context, chapter));
    }
}

/// Where the translation of a unit belongs, which follows that of `before` or else opens the chapter.
fn where_it_belongs(context: &Context<'_>, before: Option<&Unit<'_>>) -> Message {
    let Some(before) = before else {
        let language = context.alignment.target.name();
        return msg!("its translation belongs at the start of the chapter in {language}", language);
    };
    let file = context.sources.get(before.span.file);
    msg!(
        "its translation belongs after ‘{words}’ ({path}:{line})",
        words = context.quote(before.span),
        path = file.path(),
        line = file.position(before.span.end).line
    )
}

/// A finding for a chapter that has no title though its source has one, where nothing else is the title's translation.
fn title(context: &Context<'_>, chapter: &ChapterPair<'_>) -> Option<Diagnostic> {
    let units = chapter.pairs.iter().find_map(|pair| Some((pair.source()?, pair.target()?)))?;
    let (source, target) = units;
    let title = source.kind == UnitKind::Meta(MetaField::Title) && source.written && !target.written;
    let elsewhere = (0..chapter.pairs.len()).any(|at| super::heading_level::became_title(chapter, at));
    (title && !elsewhere).then(|| {
        let language = context.alignment.target.name();
        Diagnostic::error(CHECK.name, msg!("the title is missing in {language}", language = &language))
            .at_with(source.span, msg!("no counterpart in {language}", language))
            .label(target.span, msg!("it belongs before this"))
            .hint(msg!("give the chapter a title"))
    })
}

/// The unit of the translation after which the missing one belongs.
fn neighbour<'a>(chapter: &'a ChapterPair<'_>, at: usize) -> Option<&'a Unit<'a>> {
    chapter.pairs[..at].iter().rev().find_map(|pair| pair.targets.last())
}
