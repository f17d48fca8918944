use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::text;

pub(in crate::checks) const CHECK: Check = Check {
    name: "long-note",
    group: "epub",
    summary: "a note longer than a reading device shows over the page",
    default_level: Severity::Warning,
    docs: include_str!("long_note.md"),
    docs_zh: include_str!("long_note.zh.md"),
    run,
};

/// Most characters that Kobo's devices show over the page.
const MOST: usize = 5000;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for note in context.own_chapters().into_iter().flat_map(|chapter| &chapter.notes) {
        let length: usize = note.blocks.iter().map(|block| text::plain_block(block).chars().count()).sum();
        if length > MOST {
            let message = format!("this note has {length} characters; reading devices show {MOST} over the page");
            found.push(
                Diagnostic::warning(CHECK.name, message).at(note.span).hint("make an appendix or an :::aside of it"),
            );
        }
    }
}
