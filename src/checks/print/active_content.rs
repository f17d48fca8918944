use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot, page_list};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::Catalogue;
use crate::manuscript::typed;
use crate::message::{List, Message};

/// Most actions that are named.
const NAMED: usize = 3;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("active-content"),
    group: "print",
    summary: msg!("scripts, or links that lead out of the file"),
    default_level: Severity::Error,
    page: page!("active_content"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let scripts = sheet.facts.catalogue.scripts;
    if scripts > 0 {
        let severity = if sheet.is_print() { Severity::Error } else { Severity::Warning };
        let message = plural!(
            scripts,
            "the file contains {scripts} script (JavaScript)",
            "the file contains {scripts} scripts (JavaScript)"
        );
        let finding = Diagnostic::new(severity, CHECK.name, message);
        flaws.push(Flaw::new(finding.hint(msg!("remove all scripts; a book needs none")), Vec::new()));
    }
    flaws.extend(risky(&sheet.facts.catalogue));
    let links = sheet.facts.pages.iter().enumerate().filter(|(_, page)| !page.external.is_empty());
    let spots: Vec<Spot> = links.map(|(index, _)| Spot { page: index + 1, area: None }).collect();
    if sheet.is_print() && !spots.is_empty() {
        let pages: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        let message = msg!("links lead out of the file on {pages}", pages = page_list(&pages));
        let hint = msg!("export the print file without links: PDF/X does not allow them on the page");
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}

/// Actions that no book needs, whoever wrote them: a viewer may run a program for them or open a file of the reader's.
fn risky(catalogue: &Catalogue) -> Option<Flaw> {
    let actions = catalogue.risky.len();
    let first = catalogue.risky.iter().take(NAMED).map(|action| typed(action));
    let message = plural!(
        actions,
        "{actions} action could run a program or open a file of the reader’s: {first}",
        "{actions} actions could run a program or open a file of the reader’s, such as {first}",
        first = Message::list(List::Items, first)
    );
    let hint = msg!("link to https, http or mailto addresses alone");
    (actions > 0).then(|| Flaw::new(Diagnostic::error(CHECK.name, message).hint(hint), Vec::new()))
}
