use super::super::{CHECKS, Check, Context, levels, print};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Book, Waiver};

pub(in crate::checks) const CHECK: Check = Check {
    name: "unused-waiver",
    group: "waivers",
    summary: "a waiver stands where there is nothing to waive",
    default_level: Severity::Warning,
    docs: include_str!("unused_waiver.md"),
    docs_zh: include_str!("unused_waiver.zh.md"),
    run,
};

/// What a waiver waived is known only when all checks of all languages have run: see [`find`].
fn run(_: &Context<'_>, _: &mut Vec<Diagnostic>) {}

/// Adds a finding for each check that a waiver names in vain; `used` has an entry for each name of each waiver.
pub(super) fn find(book: &Book, waivers: &[&Waiver], used: &[bool], found: &mut Vec<Diagnostic>) {
    let Some(level) = levels::of(&CHECK, book) else { return };
    // A check that does not run finds nothing to waive, which is not the waiver's fault.
    // What preflight finds is known only when there are pages.
    let on_text = |check: &&Check| check.group != print::GROUP && levels::of(check, book).is_some();
    let runs = |name: &str| CHECKS.iter().filter(on_text).any(|check| check.name == name);
    let names = waivers.iter().flat_map(|waiver| waiver.checks.iter().map(move |name| (waiver, name)));
    for ((waiver, name), _) in names.zip(used).filter(|((_, name), used)| !**used && runs(&name.value)) {
        let finding = match waiver.target {
            Some(_) => Diagnostic::new(level, CHECK.name, format!("there is no `{}` here to waive", name.value)).hint(
                "remove it; on a line of its own a waiver stands for the next block, in a line for its own block",
            ),
            None => Diagnostic::new(level, CHECK.name, "no block follows this waiver")
                .hint("put it before the block that it stands for, or at the end of that block's line"),
        };
        found.push(finding.at(name.span));
    }
}
