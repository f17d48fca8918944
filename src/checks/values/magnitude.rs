use super::super::{Check, Context};
use super::drift::{self, Cause};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "magnitude",
    summary: "a number is ten, a hundred or ten thousand times too large or too small",
    default_level: Severity::Error,
    docs: include_str!("magnitude.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Magnitude, found);
}
