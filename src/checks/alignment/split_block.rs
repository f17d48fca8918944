use super::super::{Check, Context};
use crate::align::Relation;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "split-block",
    group: "alignment",
    summary: "one block of the source is several in the translation",
    default_level: Severity::Info,
    docs: include_str!("split_block.md"),
    docs_zh: include_str!("split_block.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (chapter, _, pair) in context.pairs() {
        let (Relation::Split, Some(source)) = (pair.relation, pair.source()) else { continue };
        let twice = super::duplicated_block::in_chapter(context, chapter);
        if pair.targets.iter().any(|target| twice.iter().any(|(unit, _)| unit.span == target.span)) {
            continue;
        }
        let (count, kind) = (pair.targets.len(), source.kind.name());
        let first = pair.targets[0].span;
        let message = format!("these {count} {kind}s are one in {}", context.alignment.source);
        found.push(
            Diagnostic::new(Severity::Info, CHECK.name, message)
                .at(pair.targets.iter().fold(first, |all, target| all.to(target.span)))
                .label(source.span, "")
                .hint("parts of a book pair best when both languages have the same paragraphs"),
        );
    }
}
