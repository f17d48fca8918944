use super::super::{Check, Context, Look};
use super::drift::{self, Cause};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("number"),
    group: "values",
    summary: msg!("a number is missing in the translation, or has a different value"),
    default_level: Severity::Error,
    page: page!("number"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Number, found);
}
