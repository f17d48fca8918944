//! The one tree walk. Whoever needs every block or every inline calls this.

use super::{Block, BlockKind, Chapter, Inline, InlineKind};

/// Calls `visit` for every block of the tree in reading order, parents before children.
pub fn blocks<'a>(tree: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in tree {
        visit(block);
        children(block, &mut |inner| blocks(inner, visit));
    }
}

/// Calls `visit` with each list of blocks that lies directly inside a block.
pub fn children<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a [Block])) {
    match &block.kind {
        BlockKind::List { items, .. } => items.iter().for_each(|item| visit(&item.blocks)),
        BlockKind::Quote(body) | BlockKind::Container { body, .. } => visit(body),
        BlockKind::Figure(figure) => visit(&figure.body),
        BlockKind::Definitions(list) => list.iter().for_each(|d| visit(&d.details)),
        BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::Code { .. }
        | BlockKind::Math { .. }
        | BlockKind::Table(_)
        | BlockKind::Chart(_)
        | BlockKind::Qr(_)
        | BlockKind::Rule => {}
    }
}

/// Calls `visit` with each run of inlines that belongs to the block itself, not to blocks inside it.
pub fn own_inlines<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a [Inline])) {
    match &block.kind {
        BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => visit(body),
        BlockKind::Table(table) => {
            for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                visit(&cell.body);
            }
        }
        BlockKind::Figure(figure) => visit(&figure.caption),
        BlockKind::Code { fence, .. } => visit(&fence.title),
        BlockKind::Definitions(list) => list.iter().for_each(|d| visit(&d.term)),
        BlockKind::List { .. }
        | BlockKind::Quote(_)
        | BlockKind::Container { .. }
        | BlockKind::Math { .. }
        | BlockKind::Chart(_)
        | BlockKind::Qr(_)
        | BlockKind::Rule => {}
    }
}

/// Calls `visit` for every inline of a run, parents before children.
pub fn inlines<'a>(run: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in run {
        visit(inline);
        match &inline.kind {
            InlineKind::Emph(body)
            | InlineKind::Strong(body)
            | InlineKind::Strike(body)
            | InlineKind::Styled { body, .. }
            | InlineKind::Ruby { body, .. }
            | InlineKind::Link { body, .. } => inlines(body, visit),
            _ => {}
        }
    }
}

/// Calls `visit` for every block of a chapter, those of its footnotes last.
pub fn chapter_blocks<'a>(chapter: &'a Chapter, visit: &mut dyn FnMut(&'a Block)) {
    blocks(&chapter.blocks, visit);
    for note in &chapter.notes {
        blocks(&note.blocks, visit);
    }
}

/// Calls `visit` for every inline of a chapter, those of its head first, those of its footnotes last.
pub fn chapter_inlines<'a>(chapter: &'a Chapter, visit: &mut dyn FnMut(&'a Inline)) {
    chapter.head().for_each(|line| inlines(&line.run, visit));
    chapter_blocks(chapter, &mut |block| own_inlines(block, &mut |run| inlines(run, visit)));
}
