use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("pdf-navigation"),
    group: "print",
    summary: msg!("a long file without bookmarks or page labels"),
    default_level: Severity::Warning,
    page: page!("pdf_navigation"),
    look: Look::Pages(look),
};

/// A file with fewer pages needs no navigation.
const LONG: usize = 12;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if sheet.is_print() || sheet.facts.pages.len() < LONG {
        return;
    }
    let pages = sheet.facts.pages.len();
    if !sheet.facts.catalogue.outline {
        let message =
            plural!(pages, "the file has {pages} page and no bookmarks", "the file has {pages} pages and no bookmarks");
        let finding = Diagnostic::warning(CHECK.name, message);
        flaws.push(Flaw::new(finding.hint(msg!("export it with its headings as bookmarks")), Vec::new()));
    }
    if !sheet.facts.catalogue.page_labels {
        let message =
            msg!("the file has no page labels: ‘Go to page’ counts from the cover, not by the printed page numbers");
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message);
        flaws.push(Flaw::new(finding.hint(msg!("export it with page labels")), Vec::new()));
    }
}
