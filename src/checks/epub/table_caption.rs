use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Block, BlockKind, walk};

pub(in crate::checks) const CHECK: Check = Check {
    name: "table-caption",
    group: "epub",
    summary: "a table without a caption",
    default_level: Severity::Info,
    docs: include_str!("table_caption.md"),
    docs_zh: include_str!("table_caption.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for chapter in context.own_chapters() {
        look(&chapter.blocks, found);
    }
}

/// Tables outside of figures: inside of one, the figure's caption is theirs.
fn look(blocks: &[Block], found: &mut Vec<Diagnostic>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Figure(_) => {}
            BlockKind::Table(_) => found.push(
                Diagnostic::new(Severity::Info, CHECK.name, "this table has no caption")
                    .at(block.span)
                    .hint("put it into :::figure … ::: with the caption as the last paragraph"),
            ),
            _ => walk::children(block, &mut |inner| look(inner, found)),
        }
    }
}
