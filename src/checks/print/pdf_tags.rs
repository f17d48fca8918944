use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("pdf-tags"),
    group: "print",
    summary: msg!("a file without tags, language or title"),
    default_level: Severity::Warning,
    page: page!("pdf_tags"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if sheet.is_print() {
        return;
    }
    let catalogue = &sheet.facts.catalogue;
    let missing = [
        (
            !(catalogue.marked && catalogue.structure),
            msg!("the file has no tags: a screen reader has to guess the reading order"),
            msg!("export a tagged PDF"),
        ),
        (
            catalogue.language.is_none(),
            msg!("the file does not state its language: a screen reader may use the wrong voice"),
            msg!("set the language of the document"),
        ),
        (
            catalogue.title.is_none(),
            msg!("the file has no title: windows and search results show its file name"),
            msg!("set the title of the document"),
        ),
    ];
    for (_, message, hint) in missing.into_iter().filter(|(missing, ..)| *missing) {
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), Vec::new()));
    }
}
