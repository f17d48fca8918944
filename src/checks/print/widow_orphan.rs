use super::super::Check;
use super::lines::columns;
use super::sheet::{Flaw, Sheet};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "widow-orphan",
    group: GROUP,
    summary: "one line of a paragraph alone in a column or on a page",
    default_level: Severity::Warning,
    docs: include_str!("widow_orphan.md"),
    docs_zh: include_str!("widow_orphan.zh.md"),
    run: on_pages,
};

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(lines) = &sheet.lines else { return };
    for block in lines.paragraphs() {
        let all = lines.of_block(block.span);
        let parts = columns(&all);
        let [first, .., last] = &parts[..] else { continue };
        let alone = [(*first, "the first"), (*last, "the last")];
        for ([line], which) in
            alone.into_iter().filter_map(|(part, which)| Some((<&[_; 1]>::try_from(part).ok()?, which)))
        {
            let spot = sheet.area_of(line.page, line.at, line.width, line.size);
            let message = format!("{which} line of this paragraph stands alone {}", sheet.place(&spot));
            let hint = "write a line more or less in this paragraph or before it";
            let finding = Diagnostic::warning(CHECK.name, message).at(line.span).hint(hint);
            flaws.push(Flaw { finding, spots: vec![spot] });
        }
    }
}
