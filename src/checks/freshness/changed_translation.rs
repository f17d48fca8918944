use super::super::{Check, Context};
use super::judge::State;
use super::stale::for_each_state;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "changed-translation",
    group: "freshness",
    summary: "the translation changed since it was signed off",
    default_level: Severity::Info,
    docs: include_str!("changed_translation.md"),
    docs_zh: include_str!("changed_translation.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for_each_state(context, |chapter, _, at, state| {
        if *state != State::TranslationChanged {
            return;
        }
        let pair = &chapter.pairs[at];
        let finding = Diagnostic::new(Severity::Info, CHECK.name, "this changed since it was reviewed")
            .at_with(pair.targets[0].span, "another wording than the one signed off")
            .label(pair.sources[0].span, "the source is as it was")
            .hint(format!(
                "read it once more, then `dama-pub accept {}`",
                chapter.source.map_or("", |chapter| chapter.stem.as_str())
            ));
        found.push(finding);
    });
}
