use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Block, BlockKind, walk};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("table-caption"),
    group: "epub",
    summary: msg!("a table has no caption"),
    default_level: Severity::Info,
    page: page!("table_caption"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for chapter in context.own_chapters() {
        look(&chapter.blocks, found);
    }
}

/// Looks at tables outside figures; inside a figure, its caption is theirs.
fn look(blocks: &[Block], found: &mut Vec<Diagnostic>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Figure(figure) if !figure.caption.is_empty() => {}
            BlockKind::Table(_) => found.push(
                Diagnostic::new(Severity::Info, CHECK.name, msg!("this table has no caption"))
                    .at(block.span)
                    .hint(msg!("wrap it in `:::figure` … `:::`, with the caption as the last paragraph")),
            ),
            _ => walk::children(block, &mut |inner| look(inner, found)),
        }
    }
}
