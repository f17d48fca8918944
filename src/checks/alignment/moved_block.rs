use super::super::habits::Habits;
use super::super::moved::moved_far;
use super::super::{Check, Context, Look};
use crate::align::{ChapterPair, Relation};
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("moved-block"),
    group: "alignment",
    summary: msg!("a block is in another place in the translation"),
    default_level: Severity::Warning,
    page: page!("moved_block"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    for (chapter, at, pair) in context.pairs() {
        let (Some(source), Some(target)) = (pair.source(), pair.target()) else { continue };
        if pair.relation != Relation::Moved || moved_far(chapter, at) {
            continue;
        }
        let (kind, language) = (target.kind.word(), source.lang.name());
        let message = msg!("this {kind} is in another place in {language}", kind = &kind, language = &language);
        let finding = Diagnostic::warning(CHECK.name, message)
            .at(target.span)
            .label(source.span, msg!("its place in {language}", language))
            .hint(msg!("move it; if the order is intended, give both blocks the same `{{#id}}`"));
        habits.deviation(msg!("{kind} and {other} change places", kind, other = jumped(chapter, at)), finding);
    }
    habits.report(found);
}

/// What the unit was moved over: its neighbour in the source that is on its other side in the translation.
fn jumped(chapter: &ChapterPair<'_>, at: usize) -> Message {
    let place = |at: usize| chapter.pairs.get(at).and_then(|pair| Some((pair.source()?, pair.target()?)));
    let Some((_, own)) = place(at) else { return msg!("block") };
    let before = at.checked_sub(1).and_then(place).filter(|(_, other)| other.span.start > own.span.start);
    let after = place(at + 1).filter(|(_, other)| other.span.start < own.span.start);
    before.or(after).map_or(msg!("block"), |(source, _)| source.kind.word())
}
