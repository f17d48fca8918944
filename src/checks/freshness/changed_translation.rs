use super::super::{Check, Context, Look};
use super::judge::ReviewState;
use super::stale::{for_each_state, stem};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("changed-translation"),
    group: "freshness",
    summary: msg!("the translation has changed since it was signed off"),
    default_level: Severity::Info,
    page: page!("changed_translation"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for_each_state(context, |chapter, _, at, state| {
        if *state != ReviewState::TranslationChanged {
            return;
        }
        let pair = &chapter.pairs[at];
        let finding =
            Diagnostic::new(Severity::Info, CHECK.name, msg!("this translation has changed since it was signed off"))
                .at_with(pair.targets[0].span, msg!("differs from the wording that was signed off"))
                .label(pair.sources[0].span, msg!("the source is unchanged"))
                .hint(msg!("review it again, then run `dama-pub accept {chapter}`", chapter = stem(chapter)));
        found.push(finding);
    });
}
