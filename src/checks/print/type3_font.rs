use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("type3-font"),
    group: "print",
    summary: msg!("a font whose glyphs are drawings (Type 3)"),
    default_level: Severity::Warning,
    page: page!("type3_font"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    for (font, spots) in sheet.fonts(|font| font.kind == "Type3") {
        let places = sheet.places(&spots);
        let message = if font.name.is_empty() {
            msg!("a font without a name is a Type 3 font; it is used {places}", places)
        } else {
            msg!("the font {font} is a Type 3 font; it is used {places}", font = &font.name, places)
        };
        let hint = msg!("use an outline font: colour fonts and bitmap fonts are exported as Type 3");
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}
