use super::super::{CHECKS, Check, Context, Look, levels};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unknown-waiver"),
    group: "waivers",
    summary: msg!("a waiver names a check that does not exist"),
    default_level: Severity::Warning,
    page: page!("unknown_waiver"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let names = || {
        let codes = codes::levelled().map(|entry| entry.code);
        CHECKS.iter().map(|check| check.name).chain(codes).map(Code::as_str)
    };
    for name in context.book.waivers().flat_map(|waiver| &waiver.checks) {
        if names().any(|known| known == name.value) {
            continue;
        }
        let message = msg!("there is no check `{name}` to waive", name = &name.value);
        let hint = levels::advice(&name.value, names(), msg!("`dama-pub explain` lists the checks"));
        found.push(Diagnostic::warning(CHECK.name, message).at(name.span).hint(hint));
    }
}
