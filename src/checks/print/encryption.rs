use super::super::Check;
use super::sheet::{Flaw, Sheet};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("encryption"),
    group: GROUP,
    summary: msg!("an encrypted file"),
    default_level: Severity::Error,
    docs: include_str!("encryption.md"),
    docs_zh: include_str!("encryption.zh.md"),
    run: on_pages,
};

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if !sheet.facts.catalogue.encrypted {
        return;
    }
    let severity = if sheet.is_print() { Severity::Error } else { Severity::Info };
    let finding = Diagnostic::new(severity, CHECK.name, msg!("the file is encrypted"));
    flaws.push(Flaw::new(finding.hint(msg!("save it without a password or restrictions")), Vec::new()));
}
