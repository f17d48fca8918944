//! The walks through a document: every block, every run, every id.

use super::super::{Block, BlockKind, Document, Inline};
use super::looks::looks;

/// The lists of blocks directly inside a block.
pub(in crate::import) fn inside(block: &Block) -> Vec<&[Block]> {
    match &block.kind {
        BlockKind::List(_, items) => items.iter().map(Vec::as_slice).collect(),
        BlockKind::Quote(body)
        | BlockKind::Figure(body, _)
        | BlockKind::Callout(_, _, body)
        | BlockKind::Container(_, body) => vec![body],
        BlockKind::Definitions(list) => list.iter().map(|(_, details)| details.as_slice()).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn each_block<'d>(blocks: &'d [Block], see: &mut dyn FnMut(&'d Block)) {
    for block in blocks {
        see(block);
        inside(block).into_iter().for_each(|blocks| each_block(blocks, see));
    }
}

/// The runs of a block itself.
pub(super) fn runs(block: &Block) -> Vec<&[Inline]> {
    match &block.kind {
        BlockKind::Heading(_, run) | BlockKind::Paragraph(run) => vec![run],
        BlockKind::Table { head, rows, caption } => {
            let cells = head.iter().chain(rows).flatten().map(|cell| cell.body.as_slice());
            cells.chain([caption.as_slice()]).collect()
        }
        BlockKind::Figure(_, run) | BlockKind::Callout(_, run, _) => vec![run],
        BlockKind::Definitions(list) => list.iter().map(|(term, _)| term.as_slice()).collect(),
        _ => Vec::new(),
    }
}

/// Every inline of a run, parents first.
pub(super) fn each_run(run: &[Inline], see: &mut dyn FnMut(&Inline)) {
    for inline in run {
        see(inline);
        match inline {
            Inline::Link(_, body) | Inline::Place(_, body) => each_run(body, see),
            _ => {
                if let Some((body, _)) = looks(inline) {
                    each_run(body, see);
                }
            }
        }
    }
}

pub(in crate::import) fn each_inline(blocks: &[Block], see: &mut dyn FnMut(&Inline)) {
    each_block(blocks, &mut |block| runs(block).into_iter().for_each(|run| each_run(run, see)));
}

/// How many formulas a document has.
pub(in crate::import) fn count_formulas(document: &Document) -> usize {
    let mut count = 0;
    for blocks in document.notes.iter().map(|note| &note.blocks).chain([&document.blocks]) {
        each_block(blocks, &mut |block| count += usize::from(matches!(block.kind, BlockKind::Formula(_))));
        each_inline(blocks, &mut |inline| count += usize::from(matches!(inline, Inline::Formula(_))));
    }
    count
}

pub(super) fn each_in(inline: &mut Inline, change: &mut dyn FnMut(&mut Inline)) {
    change(inline);
    match inline {
        Inline::Emphasis(body)
        | Inline::Strong(body)
        | Inline::Strike(body)
        | Inline::Subscript(body)
        | Inline::Superscript(body)
        | Inline::Underline(body)
        | Inline::Highlight(body)
        | Inline::Keys(body)
        | Inline::Link(_, body)
        | Inline::Place(_, body) => body.iter_mut().for_each(|inline| each_in(inline, change)),
        _ => {}
    }
}

/// Changes every inline of blocks, also of those inside them.
pub(in crate::import) fn each_inline_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Inline)) {
    for block in blocks {
        let mut run = |run: &mut Vec<Inline>| run.iter_mut().for_each(|inline| each_in(inline, change));
        match &mut block.kind {
            BlockKind::Heading(_, body) | BlockKind::Paragraph(body) => run(body),
            BlockKind::Table { head, rows, caption } => {
                head.iter_mut().chain(rows).flatten().for_each(|cell| run(&mut cell.body));
                run(caption);
            }
            BlockKind::List(_, items) => items.iter_mut().for_each(|item| each_inline_mut(item, change)),
            BlockKind::Quote(body) | BlockKind::Container(_, body) => each_inline_mut(body, change),
            BlockKind::Figure(body, caption) | BlockKind::Callout(_, caption, body) => {
                run(caption);
                each_inline_mut(body, change);
            }
            BlockKind::Definitions(list) => {
                for (term, details) in list {
                    term.iter_mut().for_each(|inline| each_in(inline, change));
                    each_inline_mut(details, change);
                }
            }
            BlockKind::Code(..) | BlockKind::Formula(_) | BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}

/// Changes every id of blocks, also of those inside them.
pub(in crate::import) fn each_id_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut String)) {
    for block in blocks {
        block.id.iter_mut().for_each(&mut *change);
        match &mut block.kind {
            BlockKind::List(_, items) => items.iter_mut().for_each(|item| each_id_mut(item, change)),
            BlockKind::Quote(body)
            | BlockKind::Container(_, body)
            | BlockKind::Figure(body, _)
            | BlockKind::Callout(_, _, body) => each_id_mut(body, change),
            BlockKind::Definitions(list) => list.iter_mut().for_each(|(_, details)| each_id_mut(details, change)),
            _ => {}
        }
    }
}

/// Whether blocks hold a formula.
pub(in crate::import) fn has_formula(blocks: &[Block]) -> bool {
    let mut found = false;
    each_block(blocks, &mut |block| found |= matches!(block.kind, BlockKind::Formula(_)));
    each_inline(blocks, &mut |inline| found |= matches!(inline, Inline::Formula(_)));
    found
}

/// The words of a run.
pub(in crate::import) fn plain(run: &[Inline]) -> String {
    let mut out = String::new();
    each_run(run, &mut |inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Formula(text) => out.push_str(text),
        Inline::Ruby(pairs) => pairs.iter().for_each(|(base, reading)| out.push_str(&format!("{base}（{reading}）"))),
        Inline::Picture(_, alt) => out.push_str(alt),
        Inline::Break => out.push(' '),
        _ => {}
    });
    out
}

pub(super) fn plain_block(block: &Block) -> String {
    plain_blocks(std::slice::from_ref(block))
}

/// The words of blocks on one line.
pub(in crate::import) fn plain_blocks(blocks: &[Block]) -> String {
    let mut parts = Vec::new();
    each_block(blocks, &mut |block| match &block.kind {
        BlockKind::Code(_, text) | BlockKind::Formula(text) => parts.push(text.replace('\n', " ")),
        _ => parts.extend(runs(block).into_iter().map(plain)),
    });
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

impl Document {
    /// All that it says: its words, who wrote it and the titles of its parts.
    pub fn said(&self) -> String {
        let parts = self.parts.iter().map(|(title, _)| title.clone());
        std::iter::once(self.plain()).chain(self.authors.iter().cloned()).chain(parts).collect::<Vec<_>>().join("\n")
    }

    /// Its words, in one text.
    pub fn plain(&self) -> String {
        let notes = self.notes.iter().map(|note| plain_blocks(&note.blocks));
        [plain(&self.title), plain_blocks(&self.blocks)].into_iter().chain(notes).collect::<Vec<_>>().join("\n")
    }
}
