use super::super::{CHECKS, Check, Context};
use crate::diagnostic::{Diagnostic, Severity, nearest};

pub(in crate::checks) const CHECK: Check = Check {
    name: "unknown-waiver",
    group: "waivers",
    summary: "a waiver names a check that does not exist",
    default_level: Severity::Warning,
    docs: include_str!("unknown_waiver.md"),
    docs_zh: include_str!("unknown_waiver.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let names = || CHECKS.iter().map(|check| check.name);
    for name in super::all(context.book).flat_map(|waiver| &waiver.checks) {
        if names().any(|known| known == name.value) {
            continue;
        }
        let finding =
            Diagnostic::warning(CHECK.name, format!("there is no check `{}` to waive", name.value)).at(name.span);
        found.push(match nearest(&name.value, names()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint("`dama-pub explain` lists the checks"),
        });
    }
}
