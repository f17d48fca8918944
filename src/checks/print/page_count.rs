use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("page-count"),
    group: "print",
    summary: msg!("a number of pages that fills no whole number of signatures"),
    default_level: Severity::Warning,
    page: page!("page_count"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(signature) = sheet.signature().filter(|_| sheet.is_print()) else { return };
    let pages = sheet.facts.pages.len();
    let over = pages % signature;
    if over == 0 {
        return;
    }
    let message = msg!(
        "{pages} pages fill no whole number of signatures of {signature}: {blank} would stay blank",
        pages,
        signature,
        blank = signature - over
    );
    let hint = msg!(
        "lose {over} pages, or add {blank}: notes, a list of figures, an advertisement",
        over,
        blank = signature - over
    );
    flaws.push(Flaw::new(Diagnostic::new(Severity::Warning, CHECK.name, message).hint(hint), Vec::new()));
}
