use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("font-embedding"),
    group: "print",
    summary: msg!("a font that is not embedded in the file"),
    default_level: Severity::Error,
    page: page!("font_embedding"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let severity = if sheet.is_print() { Severity::Error } else { Severity::Warning };
    for (font, spots) in sheet.fonts(|font| !font.embedded) {
        let places = sheet.places(&spots);
        let message = msg!("the font {font} is not embedded; it is used {places}", font = &font.name, places);
        let finding = Diagnostic::new(severity, CHECK.name, message);
        flaws.push(Flaw::new(
            finding.hint(msg!("export it again with all fonts embedded, or use a font whose licence allows embedding")),
            spots,
        ));
    }
}
