use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::text;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("long-note"),
    group: "epub",
    summary: msg!("a footnote is too long for the pop-ups of reading devices"),
    default_level: Severity::Warning,
    page: page!("long_note"),
    look: Look::Text(run),
};

/// The most characters that a pop-up on Kobo's devices shows.
const MOST: usize = 5000;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for note in context.own_chapters().into_iter().flat_map(|chapter| &chapter.notes) {
        let length: usize = note.blocks.iter().map(|block| text::plain_block(block).chars().count()).sum();
        if length > MOST {
            let message = plural!(
                characters = length,
                "this footnote has {characters} character; a pop-up on a reading device shows at most {most}",
                "this footnote has {characters} characters; a pop-up on a reading device shows at most {most}",
                most = MOST
            );
            let hint = msg!("turn it into an appendix or an `:::aside`");
            found.push(Diagnostic::warning(CHECK.name, message).at(note.span).hint(hint));
        }
    }
}
