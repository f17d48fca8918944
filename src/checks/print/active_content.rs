use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot, page_list};
use crate::diagnostic::{Diagnostic, Severity};

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
    let links = sheet.facts.pages.iter().enumerate().filter(|(_, page)| !page.external.is_empty());
    let spots: Vec<Spot> = links.map(|(index, _)| Spot { page: index + 1, area: None }).collect();
    if sheet.is_print() && !spots.is_empty() {
        let pages: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        let message = msg!("links lead out of the file on {pages}", pages = page_list(&pages));
        let hint = msg!("export the print file without links: PDF/X does not allow them on the page");
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}
