use super::super::{Check, Look};
use super::lines::{Line, columns};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("widow-orphan"),
    group: "print",
    summary: msg!("a single line of a paragraph alone in a column or on a page"),
    default_level: Severity::Warning,
    page: page!("widow_orphan"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(lines) = &sheet.lines else { return };
    let [before_formula, behind_formula] = lines.at_formulas();
    for block in lines.paragraphs() {
        let all = lines.of_block(block.span);
        let parts = columns(&all);
        let [first, .., last] = &parts[..] else { continue };
        // A displayed formula belongs to the text around it: a line beside one is not alone.
        if let ([line], false) = (first, behind_formula.contains(&block.span)) {
            let (spot, place) = place(sheet, line);
            let message = msg!("the first line of this paragraph stands alone {place}", place);
            flaws.push(flaw(line, spot, message));
        }
        if let ([line], false) = (last, before_formula.contains(&block.span)) {
            let (spot, place) = place(sheet, line);
            let message = msg!("the last line of this paragraph stands alone {place}", place);
            flaws.push(flaw(line, spot, message));
        }
    }
}

fn place(sheet: &Sheet<'_>, line: &Line) -> (Spot, Message) {
    let spot = sheet.area_of(line.page, line.at, line.width, line.size);
    (spot, sheet.place(&spot))
}

fn flaw(line: &Line, spot: Spot, message: Message) -> Flaw {
    let hint = msg!("make this paragraph, or the text before it, a line longer or shorter");
    Flaw { finding: Diagnostic::warning(CHECK.name, message).at(line.span).hint(hint), spots: vec![spot] }
}
