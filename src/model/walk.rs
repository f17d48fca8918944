//! The one tree walk. Whoever needs every block or every inline calls this.

use super::{Block, BlockKind, Chapter, Inline, InlineKind};
use crate::source::Span;

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
        BlockKind::Callout(callout) => visit(&callout.body),
        BlockKind::Definitions(list) => list.iter().flat_map(|d| &d.details).for_each(|details| visit(details)),
        BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::Code { .. }
        | BlockKind::Math { .. }
        | BlockKind::Table(_)
        | BlockKind::Chart(_)
        | BlockKind::Qr(_)
        | BlockKind::Rule
        | BlockKind::PageBreak => {}
    }
}

/// Calls `visit` for every block of the tree, to change it.
pub fn blocks_mut(tree: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in tree {
        visit(block);
        match &mut block.kind {
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| blocks_mut(&mut item.blocks, visit)),
            BlockKind::Quote(body) | BlockKind::Container { body, .. } => blocks_mut(body, visit),
            BlockKind::Figure(figure) => blocks_mut(&mut figure.body, visit),
            BlockKind::Callout(callout) => blocks_mut(&mut callout.body, visit),
            BlockKind::Definitions(list) => {
                list.iter_mut().flat_map(|d| &mut d.details).for_each(|details| blocks_mut(details, visit));
            }
            _ => {}
        }
    }
}

/// Calls `visit` with each run of inlines that belongs to the block itself, not to blocks inside it.
pub fn own_inlines<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a [Inline])) {
    match &block.kind {
        BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => visit(body),
        BlockKind::Table(table) => {
            for cell in table.cells() {
                visit(&cell.body);
            }
        }
        BlockKind::Figure(figure) => {
            visit(&figure.caption);
            figure.rights().for_each(visit);
        }
        BlockKind::Callout(callout) if callout.title.is_empty() => {}
        BlockKind::Callout(callout) => visit(&callout.title),
        BlockKind::Code { fence, .. } => visit(&fence.title),
        BlockKind::Definitions(list) => list.iter().flat_map(|d| &d.terms).for_each(|term| visit(term)),
        BlockKind::List { .. }
        | BlockKind::Quote(_)
        | BlockKind::Container { .. }
        | BlockKind::Math { .. }
        | BlockKind::Chart(_)
        | BlockKind::Qr(_)
        | BlockKind::Rule
        | BlockKind::PageBreak => {}
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

/// Calls `visit` for every block of a chapter, the picture at its opening first, those of its footnotes last.
pub fn chapter_blocks<'a>(chapter: &'a Chapter, visit: &mut dyn FnMut(&'a Block)) {
    blocks(chapter.meta.image.as_slice(), visit);
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

/// Calls `visit` for every formula of a chapter: as written, in Typst's notation where it is written in another one, and its
/// place inside the dollars.
pub fn formulas<'a>(chapter: &'a Chapter, visit: &mut dyn FnMut(&'a str, Option<&'a str>, Span)) {
    chapter_blocks(chapter, &mut |block| {
        if let BlockKind::Math { text, span, set, .. } = &block.kind {
            visit(text, set.as_deref(), *span);
        }
    });
    chapter_inlines(chapter, &mut |inline| {
        if let InlineKind::Math { text, span, set } = &inline.kind {
            visit(text, set.as_deref(), *span);
        }
    });
}

/// A formula that may be changed.
pub struct FormulaMut<'a> {
    /// As written.
    pub written: &'a str,
    /// Its place, inside the dollars.
    pub span: Span,
    /// The same in Typst's notation.
    pub set: &'a mut Option<String>,
    /// What one that stands by itself has besides.
    pub own: Option<OwnMut<'a>>,
}

/// What is known of a formula that stands by itself, to be changed.
pub struct OwnMut<'a> {
    /// Its id.
    pub id: &'a mut Option<String>,
    /// The number that it gives itself.
    pub tag: &'a mut Option<String>,
}

/// What is done with each formula.
pub type VisitFormula<'v> = dyn FnMut(FormulaMut<'_>) + 'v;

/// Calls `visit` for every formula of a chapter.
pub fn formulas_mut(chapter: &mut Chapter, visit: &mut VisitFormula<'_>) {
    let meta = &mut chapter.meta;
    let lines = [Some(&mut meta.title), meta.subtitle.as_mut(), meta.byline.as_mut()];
    lines.into_iter().flatten().for_each(|line| formulas_of_inlines(&mut line.run, visit));
    formulas_of_blocks(&mut chapter.blocks, visit);
    chapter.notes.iter_mut().for_each(|note| formulas_of_blocks(&mut note.blocks, visit));
}

fn formulas_of_blocks(blocks: &mut [Block], visit: &mut VisitFormula<'_>) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Math { text, span, set, tag } => {
                let own = Some(OwnMut { id: &mut block.id, tag });
                visit(FormulaMut { written: text, span: *span, set, own });
            }
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => formulas_of_inlines(body, visit),
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|item| formulas_of_blocks(&mut item.blocks, visit))
            }
            BlockKind::Quote(body) | BlockKind::Container { body, .. } => formulas_of_blocks(body, visit),
            BlockKind::Figure(figure) => {
                formulas_of_blocks(&mut figure.body, visit);
                formulas_of_inlines(&mut figure.caption, visit);
            }
            BlockKind::Table(table) => {
                table.cells_mut().for_each(|cell| formulas_of_inlines(&mut cell.body, visit));
            }
            BlockKind::Definitions(list) => list.iter_mut().for_each(|definition| {
                definition.terms.iter_mut().for_each(|term| formulas_of_inlines(term, visit));
                definition.details.iter_mut().for_each(|details| formulas_of_blocks(details, visit));
            }),
            BlockKind::Callout(callout) => {
                formulas_of_inlines(&mut callout.title, visit);
                formulas_of_blocks(&mut callout.body, visit);
            }
            BlockKind::Code { fence, .. } => formulas_of_inlines(&mut fence.title, visit),
            BlockKind::Chart(_) | BlockKind::Qr(_) | BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}

fn formulas_of_inlines(run: &mut [Inline], visit: &mut VisitFormula<'_>) {
    for inline in run {
        match &mut inline.kind {
            InlineKind::Math { text, span, set } => visit(FormulaMut { written: text, span: *span, set, own: None }),
            InlineKind::Emph(body)
            | InlineKind::Strong(body)
            | InlineKind::Strike(body)
            | InlineKind::Styled { body, .. }
            | InlineKind::Ruby { body, .. }
            | InlineKind::Link { body, .. } => formulas_of_inlines(body, visit),
            _ => {}
        }
    }
}
