use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("runt"),
    group: "print",
    summary: msg!("a paragraph whose last line is a single character or the end of a word"),
    default_level: Severity::Info,
    page: page!("runt"),
    look: Look::Pages(look),
};

/// A last line shorter than this, in multiples of the size, leaves a gap that looks like an empty line.
const LEAST: f64 = 2.0;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(lines) = &sheet.lines else { return };
    for block in lines.paragraphs() {
        let all = lines.of_block(block.span);
        let Some((last, before)) = all.split_last().filter(|(_, before)| !before.is_empty()) else { continue };
        // A paragraph of short lines is verse or an address.
        let measure = before.iter().map(|line| line.width).fold(0.0, f64::max);
        let short = last.letters == 1 && last.width < last.size * (LEAST + 0.5) || last.width < last.size * LEAST;
        if last.letters == 0 || !short || measure < last.size * LEAST * 4.0 {
            continue;
        }
        let spot = sheet.area_of(last.page, last.at, last.width, last.size);
        let message = msg!("the last line of this paragraph is very short {place}", place = sheet.place(&spot));
        let hint = msg!("add or remove a word");
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(last.span).hint(hint);
        flaws.push(Flaw { finding, spots: vec![spot] });
    }
}
