use super::super::{CHECKS, Check, Look, levels};
use crate::checks;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Book, Waiver};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unused-waiver"),
    group: "waivers",
    summary: msg!("a waiver has nothing to waive"),
    default_level: Severity::Warning,
    page: page!("unused_waiver"),
    look: Look::Waivers,
};

/// Adds a finding for each check that a waiver names in vain, which is known when all checks of all languages have run.
/// `used` has an entry for each name of each waiver.
pub(super) fn find(book: &Book, waivers: &[&Waiver], used: &[bool], found: &mut Vec<Diagnostic>) {
    let Some(level) = levels::of(&CHECK, book) else { return };
    // A check that is off finds nothing to waive, and what preflight finds is known only when there are pages.
    let on_text = |check: &&Check| !matches!(check.look, Look::Pages(_)) && levels::of(check, book).is_some();
    let runs = |name: &str| CHECKS.iter().filter(on_text).any(|check| check.name == name);
    // A waiver that stands for no block is in vain whatever it names.
    let vain = |waiver: &Waiver, name: &str| runs(name) || waiver.target.is_none() && checks::entry(name).is_some();
    let names = waivers.iter().flat_map(|waiver| waiver.checks.iter().map(move |name| (waiver, name)));
    for ((waiver, name), _) in names.zip(used).filter(|((waiver, name), used)| !**used && vain(waiver, &name.value)) {
        let (message, hint) = if waiver.target.is_some() {
            (
                msg!("there is no `{name}` here to waive", name = &name.value),
                msg!(
                    "remove it; a waiver on its own line applies to the next block, one within a line to its own block"
                ),
            )
        } else {
            (
                msg!("no block follows this waiver"),
                msg!("put it before the block that it applies to, or at the end of a line of that block"),
            )
        };
        found.push(Diagnostic::new(level, CHECK.name, message).at(name.span).hint(hint));
    }
}
