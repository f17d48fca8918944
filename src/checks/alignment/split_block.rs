use super::super::{Check, Context, Look};
use crate::align::Relation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("split-block"),
    group: "alignment",
    summary: msg!("one block of the source is several blocks in the translation"),
    default_level: Severity::Info,
    page: page!("split_block"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told: Option<Span> = None;
    for (chapter, _, pair) in context.pairs() {
        let (Relation::Split, Some(source)) = (pair.relation, pair.source()) else { continue };
        let twice = super::duplicated_block::in_chapter(context, chapter);
        if pair.targets.iter().any(|target| twice.iter().any(|(unit, _)| unit.span == target.span)) {
            continue;
        }
        let place = pair.targets.iter().fold(pair.targets[0].span, |all, target| all.to(target.span));
        // What is inside split items is split as well, and of another form `list-shape` tells.
        let inside = told.replace(place).is_some_and(|told| told.encloses(place));
        if inside || super::list_shape::has_other_form(chapter, source, &pair.targets[0]) {
            continue;
        }
        let message = plural!(
            blocks = pair.targets.len(),
            "this {blocks} block is one {kind} in {language}",
            "these {blocks} blocks are one {kind} in {language}",
            kind = source.kind.word(),
            language = context.alignment.source.name()
        );
        found.push(
            Diagnostic::new(Severity::Info, CHECK.name, message)
                .at(place)
                .label(source.span, Message::empty())
                .hint(msg!("alignment works best when both languages have the same paragraphs")),
        );
    }
}
