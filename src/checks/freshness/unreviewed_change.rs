use super::super::{Check, Context, Look};
use super::judge::ReviewState;
use super::stale::{Changed, for_each_state, stem};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unreviewed-change"),
    group: "freshness",
    summary: msg!("source and translation have both changed since they were signed off"),
    default_level: Severity::Info,
    page: page!("unreviewed_change"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for_each_state(context, |chapter, _, at, state| {
        let ReviewState::BothChanged(change) = state else { return };
        let pair = &chapter.pairs[at];
        let changed = Changed::of(pair, change);
        let change = changed.message(&changed.diff());
        let message = msg!("source and translation have changed since they were signed off: {change}", change);
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message)
            .at_with(pair.targets[0].span, msg!("changed"))
            .label(pair.sources[0].span, msg!("changed"))
            .hint(msg!("review both again, then run `dama-pub accept {chapter}`", chapter = stem(chapter)));
        found.push(finding);
    });
}
