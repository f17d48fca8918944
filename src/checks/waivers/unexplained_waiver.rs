use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unexplained-waiver"),
    group: "waivers",
    summary: msg!("a waiver does not give its reason"),
    default_level: Severity::Error,
    page: page!("unexplained_waiver"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for waiver in context.book.waivers().filter(|waiver| waiver.reason.is_none()) {
        let names: Vec<&str> = waiver.checks.iter().map(|name| name.value.as_str()).collect();
        let checks = names.join(", ");
        found.push(
            Diagnostic::error(CHECK.name, msg!("this waiver gives no reason"))
                .at(waiver.span)
                .hint(msg!("write `<!-- dama: allow {checks}: why it is right as it is -->`", checks)),
        );
    }
}
