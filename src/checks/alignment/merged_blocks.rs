use super::super::{Check, Context, Look};
use crate::align::Relation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("merged-blocks"),
    group: "alignment",
    summary: msg!("several blocks of the source are one block in the translation"),
    default_level: Severity::Info,
    page: page!("merged_blocks"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told: Option<Span> = None;
    for (chapter, _, pair) in context.pairs() {
        let (Relation::Merged, Some(target)) = (pair.relation, pair.target()) else { continue };
        // What is inside merged items is merged as well, and of another form `list-shape` tells.
        let inside = told.replace(target.span).is_some_and(|told| told.encloses(target.span));
        if inside || super::list_shape::has_other_form(chapter, &pair.sources[0], target) {
            continue;
        }
        let message = plural!(
            blocks = pair.sources.len(),
            "this {kind} is {blocks} block in {language}",
            "this {kind} is {blocks} blocks in {language}",
            kind = target.kind.word(),
            language = context.alignment.source.name()
        );
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(target.span);
        let finding = pair.sources.iter().fold(finding, |finding, source| finding.label(source.span, Message::empty()));
        found.push(finding.hint(msg!("alignment works best when both languages have the same paragraphs")));
    }
}
