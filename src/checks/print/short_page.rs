use super::super::{Check, Look};
use super::lines::gather;
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("short-page"),
    group: "print",
    summary: msg!("a chapter whose last page has only a few lines"),
    default_level: Severity::Info,
    page: page!("short_page"),
    look: Look::Pages(look),
};

/// A page with fewer lines looks like a slip.
const LINES: usize = 5;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(lines) = &sheet.lines else { return };
    for chapter in lines.chapters() {
        let set = chapter.blocks.iter().flat_map(|block| lines.runs_of(block.span)).collect::<Vec<_>>();
        let pages = set.iter().map(|run| run.page);
        let (Some(first), Some(last)) = (pages.clone().min(), pages.max()) else { continue };
        // What other chapters have on the page fills it, too.
        let on_page = gather(lines.on_page(last).filter(|run| lines.is_body(run)));
        if first == last || on_page.len() >= LINES || lines.has_picture(last) {
            continue;
        }
        let Some(line) = on_page.first() else { continue };
        let spot = sheet.area_of(last, line.at, line.width, line.size);
        let message = plural!(
            lines = on_page.len(),
            "this chapter ends with {lines} line on page {page}",
            "this chapter ends with {lines} lines on page {page}",
            page = last
        );
        let hint = msg!("shorten the chapter by these lines, or extend it to fill a third of the page");
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(line.span).hint(hint);
        flaws.push(Flaw { finding, spots: vec![spot] });
    }
}
