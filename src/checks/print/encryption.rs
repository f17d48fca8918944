use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("encryption"),
    group: "print",
    summary: msg!("an encrypted file"),
    default_level: Severity::Error,
    page: page!("encryption"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if !sheet.facts.catalogue.encrypted {
        return;
    }
    let hint = msg!("save it without a password or restrictions");
    if sheet.facts.catalogue.locked {
        let message = msg!("the file opens with a password alone; nothing of it was looked at");
        flaws.push(Flaw::new(Diagnostic::error(CHECK.name, message).hint(hint), Vec::new()));
        return;
    }
    let severity = if sheet.is_print() { Severity::Error } else { Severity::Info };
    let finding = Diagnostic::new(severity, CHECK.name, msg!("the file is encrypted"));
    flaws.push(Flaw::new(finding.hint(hint), Vec::new()));
}
