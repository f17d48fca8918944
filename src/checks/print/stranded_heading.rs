use super::super::{Check, Look};
use super::lines::{Line, Lines};
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Block, BlockKind};
use crate::printed::TextRun;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("stranded-heading"),
    group: "print",
    summary: msg!("a heading at the foot of a page, with its text on the next page"),
    default_level: Severity::Warning,
    page: page!("stranded_heading"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(lines) = &sheet.lines else { return };
    for chapter in lines.chapters() {
        for (at, heading) in chapter.blocks.iter().enumerate() {
            if !matches!(heading.kind, BlockKind::Heading { .. }) || at + 1 == chapter.blocks.len() {
                continue;
            }
            let Some(line) = last_line(&lines.of_block(heading.span)) else { continue };
            if has_text_beside(lines, line, &lines.of_block(heading.span), &chapter.blocks[at + 1]) {
                continue;
            }
            let comes_after = |run: &TextRun| run.at[1] > line.at[1] || run.at[0] > line.at[0] + line.width;
            let mut text =
                lines.on_page(line.page).filter(|run| !heading.span.encloses(run.span) && lines.is_body(run));
            if text.any(comes_after) || lines.has_picture(line.page) {
                continue;
            }
            let spot = sheet.area_of(line.page, line.at, line.width, line.size);
            let message = msg!("this heading is the last line {place}", place = sheet.place(&spot));
            let hint = msg!("add or remove a line or two before it");
            let finding = Diagnostic::warning(CHECK.name, message).at(heading.span).hint(hint);
            flaws.push(Flaw { finding, spots: vec![spot] });
        }
    }
}

/// Whether the text after a heading begins on its page, at the height of its first line or below: heads that stand beside their
/// text may have more lines than it. Their number, which is not of the manuscript, may stand on a line above.
fn has_text_beside(lines: &Lines, last: Line, heading: &[Line], next: &Block) -> bool {
    if matches!(next.kind, BlockKind::Heading { .. }) {
        return false;
    }
    let first = heading.iter().filter(|line| line.page == last.page && line.size >= last.size).map(|line| line.at[1]);
    let top = first.fold(last.at[1], f64::min);
    lines.of_block(next.span).iter().any(|line| line.page == last.page && line.at[1] > top - 2.0 * line.size)
}

/// The last line of a heading where it heads its text: tables of contents and running heads are set smaller.
fn last_line(lines: &[Line]) -> Option<Line> {
    let largest = lines.iter().map(|line| line.size).fold(0.0, f64::max);
    let own: Vec<&Line> = lines.iter().filter(|line| line.size >= largest).collect();
    let page = own.first()?.page;
    own.into_iter().rfind(|line| line.page == page).copied()
}
