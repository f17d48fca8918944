use std::collections::BTreeSet;

use super::super::{Check, Look};
use super::lines::Lines;
use super::sheet::{Flaw, Sheet};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Chapter, Inline, InlineKind, walk};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("displaced-note"),
    group: "print",
    summary: msg!("a footnote that stands on another page than its mark"),
    default_level: Severity::Warning,
    page: page!("displaced_note"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let Some(lines) = &sheet.lines else { return };
    for chapter in lines.chapters() {
        let notes = chapter.notes_by_name();
        for (mark, around, name) in marks(chapter) {
            let Some(note) = notes.get(name) else { continue };
            let texts = note.blocks.iter().flat_map(|block| lines.runs_of(block.span));
            let Some(first) = texts.min_by_key(|run| run.page) else { continue };
            let pages = pages_of(mark, around, lines);
            let Some(page) = pages.first().filter(|_| !pages.contains(&first.page)) else { continue };
            let spot = sheet.area_of(first.page, first.at, first.width, first.size);
            let message = msg!("this note stands on page {other}, its mark on page {page}", other = first.page, page);
            let hint = msg!(
                "add or remove a line before the mark, or move the mark: lists and lines with several notes hold them less firmly"
            );
            let finding = Diagnostic::new(Severity::Warning, CHECK.name, message)
                .at(mark)
                .label(note.span, msg!("the note"))
                .hint(hint);
            flaws.push(Flaw { finding, spots: vec![spot] });
        }
    }
}

/// The first mark of each note, with the text that it stands in and the name of the note.
fn marks(chapter: &Chapter) -> Vec<(Span, Span, &str)> {
    let (mut marks, mut seen) = (Vec::new(), BTreeSet::new());
    walk::blocks(&chapter.blocks, &mut |block| {
        walk::own_inlines(block, &mut |run: &[Inline]| {
            let Some(around) = run.iter().map(|inline| inline.span).reduce(Span::to) else { return };
            walk::inlines(run, &mut |inline| {
                if let InlineKind::Note { name } = &inline.kind
                    && seen.insert(name.as_str())
                {
                    marks.push((inline.span, around, name.as_str()));
                }
            });
        });
    });
    marks
}

/// The pages with the text that a mark hangs on: what comes before it, else what comes after. Several where the same text
/// is also set elsewhere, as a heading is.
fn pages_of(mark: Span, around: Span, lines: &Lines<'_>) -> BTreeSet<usize> {
    let runs = lines.runs_of(around);
    let before = runs.iter().filter(|run| run.span.end <= mark.start).map(|run| run.span.end).max();
    let after = runs.iter().filter(|run| run.span.start >= mark.end).map(|run| run.span.start).min();
    let beside = runs.iter().filter(|run| match before {
        Some(end) => run.span.end == end,
        None => Some(run.span.start) == after,
    });
    beside.map(|run| run.page).collect()
}
