use super::super::{Check, Context};
use super::judge::State;
use super::stale::{Changed, for_each_state};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "unreviewed-change",
    group: "freshness",
    summary: "source and translation both changed since they were signed off",
    default_level: Severity::Info,
    docs: include_str!("unreviewed_change.md"),
    docs_zh: include_str!("unreviewed_change.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for_each_state(context, |chapter, _, at, state| {
        let State::BothChanged(change) = state else { return };
        let pair = &chapter.pairs[at];
        let changed = Changed::of(pair, change);
        let what = changed.message(&changed.diff());
        let message = format!("source and translation changed since they were reviewed: {what}");
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message)
            .at_with(pair.targets[0].span, "changed")
            .label(pair.sources[0].span, "changed")
            .hint(format!(
                "read both once more, then `dama-pub accept {}`",
                chapter.source.map_or("", |chapter| chapter.stem.as_str())
            ));
        found.push(finding);
    });
}
