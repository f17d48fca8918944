use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unmapped-text"),
    group: "print",
    summary: msg!("text that cannot be copied, searched or read aloud"),
    default_level: Severity::Warning,
    page: page!("unmapped_text"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    for (font, spots) in sheet.fonts(|font| !font.unicode) {
        let message = msg!(
            "the font {font} does not map its glyphs to characters (no ToUnicode); it is used {places}",
            font = &font.name,
            places = sheet.places(&spots)
        );
        let hint = msg!("export the file again with a program that writes ToUnicode");
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}
