use super::super::{Check, Context, Look};
use super::drift::{self, Cause};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("year"),
    group: "values",
    summary: msg!("a year, decade or century differs in the translation"),
    default_level: Severity::Error,
    docs: include_str!("year.md"),
    docs_zh: include_str!("year.zh.md"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Year, found);
}
