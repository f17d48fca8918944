use super::super::{Check, Context, Look};
use super::drift::{self, Cause};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("currency"),
    group: "values",
    summary: msg!("a sum of money has a different value or currency in the translation"),
    default_level: Severity::Error,
    page: page!("currency"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Currency, found);
}
