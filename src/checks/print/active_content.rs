use super::super::Check;
use super::sheet::{Flaw, Sheet, Spot, page_list};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "active-content",
    group: GROUP,
    summary: "scripts, or links that lead out of the file",
    default_level: Severity::Error,
    docs: include_str!("active_content.md"),
    docs_zh: include_str!("active_content.zh.md"),
    run: on_pages,
};

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let scripts = sheet.facts.catalogue.scripts;
    if scripts > 0 {
        let severity = if sheet.is_print() { Severity::Error } else { Severity::Warning };
        let message = format!("the file holds {scripts} script{} (JavaScript)", if scripts == 1 { "" } else { "s" });
        flaws.push(Flaw::new(
            Diagnostic::new(severity, CHECK.name, message).hint("remove it; a book needs none"),
            Vec::new(),
        ));
    }
    let links = sheet.facts.pages.iter().enumerate().filter(|(_, page)| !page.external.is_empty());
    let spots: Vec<Spot> = links.map(|(index, _)| Spot { page: index + 1, area: None }).collect();
    if sheet.is_print() && !spots.is_empty() {
        let pages: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        let message = format!("links lead out of the file on {}", page_list(&pages));
        let hint = "PDF/X allows none on the page: export for print without links";
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}
