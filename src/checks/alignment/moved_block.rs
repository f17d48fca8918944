use super::super::habits::Habits;
use super::super::{Check, Context};
use crate::align::{ChapterPair, Relation};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "moved-block",
    group: "alignment",
    summary: "a block stands at another place in the translation",
    default_level: Severity::Warning,
    docs: include_str!("moved_block.md"),
    docs_zh: include_str!("moved_block.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    for (chapter, at, pair) in context.pairs() {
        let (Some(source), Some(target)) = (pair.source(), pair.target()) else { continue };
        if pair.relation != Relation::Moved || super::moved_far(chapter, at) {
            continue;
        }
        let kind = target.kind.name();
        let finding =
            Diagnostic::warning(CHECK.name, format!("this {kind} stands at another place in {}", source.lang))
                .at(target.span)
                .label(source.span, format!("its place in {}", source.lang))
                .hint("move it, or give both the same {#id} if the order is meant");
        habits.odd(format!("a {kind} stands on the other side of a {}", jumped(chapter, at)), finding);
    }
    habits.report(found);
}

/// What the unit was moved over: the neighbour in the source that stands on its other side in the translation.
fn jumped<'c>(chapter: &'c ChapterPair<'_>, at: usize) -> &'c str {
    let place = |at: usize| chapter.pairs.get(at).and_then(|pair| Some((pair.source()?, pair.target()?)));
    let Some((_, own)) = place(at) else { return "block" };
    let before = at.checked_sub(1).and_then(place).filter(|(_, other)| other.span.start > own.span.start);
    let after = place(at + 1).filter(|(_, other)| other.span.start < own.span.start);
    before.or(after).map_or("block", |(source, _)| source.kind.name())
}
