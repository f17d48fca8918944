use super::super::{Check, Context};
use crate::align::Relation;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "merged-blocks",
    group: "alignment",
    summary: "several blocks of the source are one in the translation",
    default_level: Severity::Info,
    docs: include_str!("merged_blocks.md"),
    docs_zh: include_str!("merged_blocks.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, pair) in context.pairs() {
        let (Relation::Merged, Some(target)) = (pair.relation, pair.target()) else { continue };
        let (count, kind) = (pair.sources.len(), target.kind.name());
        let message = format!("this {kind} is {count} in {}", context.alignment.source);
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(target.span);
        let finding = pair.sources.iter().fold(finding, |finding, source| finding.label(source.span, ""));
        found.push(finding.hint("parts of a book pair best when both languages have the same paragraphs"));
    }
}
