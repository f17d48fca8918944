use super::super::Check;
use super::sheet::{Flaw, Sheet};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "type3-font",
    group: GROUP,
    summary: "a font whose letters are drawings (Type 3)",
    default_level: Severity::Warning,
    docs: include_str!("type3_font.md"),
    docs_zh: include_str!("type3_font.zh.md"),
    run: on_pages,
};

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    for (font, spots) in sheet.fonts(|font| font.kind == "Type3") {
        let name = if font.name.is_empty() { "without a name" } else { &font.name };
        let message = format!("the font {name} is a Type 3 font; it is used {}", sheet.places(&spots));
        let hint = "use an outline font: colour letters and bitmap fonts are exported as Type 3";
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}
