use super::super::{Check, Context};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "broken-emphasis",
    group: "references",
    summary: "marks of emphasis stand in the text as they are",
    default_level: Severity::Error,
    docs: include_str!("broken_emphasis.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (sources, targets) in context.groups() {
        if marks(sources) == marks(targets) {
            continue;
        }
        for unit in sources.iter().chain(targets) {
            for (at, mark) in unit.text.match_indices("**") {
                found.push(
                    Diagnostic::error(
                        CHECK.name,
                        "these marks of emphasis have no counterpart and are set as they are",
                    )
                    .at(unit.place(at..at + mark.len()))
                    .hint("put ** at both ends of the words, or write \\*\\* for the signs themselves"),
                );
            }
        }
    }
}

/// How many marks of strong emphasis stand in the text of units as they are.
pub(super) fn marks(units: &[Unit<'_>]) -> usize {
    units.iter().map(|unit| unit.text.matches("**").count()).sum()
}
