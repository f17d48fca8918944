use super::super::Check;
use super::sheet::{Flaw, Sheet};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "pdf-navigation",
    group: GROUP,
    summary: "a long file without bookmarks or page numbers of its own",
    default_level: Severity::Warning,
    docs: include_str!("pdf_navigation.md"),
    docs_zh: include_str!("pdf_navigation.zh.md"),
    run: on_pages,
};

/// A file with fewer pages is leafed through.
const LONG: usize = 12;

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if sheet.is_print() || sheet.facts.pages.len() < LONG {
        return;
    }
    let pages = sheet.facts.pages.len();
    if !sheet.facts.catalogue.outline {
        let finding = Diagnostic::warning(CHECK.name, format!("the file has {pages} pages and no bookmarks"));
        flaws.push(Flaw::new(finding.hint("export it with an outline of its headings"), Vec::new()));
    }
    if !sheet.facts.catalogue.page_labels {
        let message =
            "the file does not tell the numbers printed on its pages: a reader's ‘go to page’ counts from the cover";
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message);
        flaws.push(Flaw::new(finding.hint("export it with page labels"), Vec::new()));
    }
}
