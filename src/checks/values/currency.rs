use super::super::{Check, Context};
use super::drift::{self, Cause};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "currency",
    group: "values",
    summary: "a sum of money has another value or currency in the translation",
    default_level: Severity::Error,
    docs: include_str!("currency.md"),
    docs_zh: include_str!("currency.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Currency, found);
}
