use super::super::{Check, Context, Look};
use super::drift::{self, Cause};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("percentage"),
    group: "values",
    summary: msg!("a percentage has a different value in the translation, or becomes a plain number"),
    default_level: Severity::Error,
    page: page!("percentage"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Percentage, found);
}
