//! The blocks of a chapter beside their translations, as a tree.

use super::{Dictionary, Pair, Unit, pair_chapter};
use crate::model::{Block, BlockKind, Chapter, Inline, InlineKind};

/// Blocks and their translation; at least one side has one. Mostly one and one; more where paragraphs were merged or split.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The blocks in the source language.
    pub sources: Vec<&'a Block>,
    /// Their translation.
    pub targets: Vec<&'a Block>,
    /// What stands inside, when both are building blocks.
    pub inner: Vec<Row<'a>>,
}

impl<'a> Row<'a> {
    /// Whether both sides show the same, apart from a caption, so that one of them is enough: the same code, formula,
    /// picture, QR code or data.
    pub fn shared(&self) -> bool {
        matches!((&self.sources[..], &self.targets[..]), ([a], [b]) if alike(a, b))
    }

    /// The first block, of the source if it has one.
    pub fn first(&self) -> &'a Block {
        self.sources.first().or(self.targets.first()).expect("a row has a block")
    }
}

/// The rows of a chapter, in reading order. Without a translation every block stands alone.
pub fn rows<'a>(source: &'a Chapter, target: Option<&'a Chapter>) -> Vec<Row<'a>> {
    match target {
        Some(target) => among(&pair_chapter(source, target, &Dictionary::shipped()).0, &source.blocks, &target.blocks),
        None => source
            .blocks
            .iter()
            .map(|block| Row { sources: vec![block], targets: Vec::new(), inner: Vec::new() })
            .collect(),
    }
}

/// The pairs among two lists of blocks.
fn among<'a>(pairs: &[Pair<'_>], source: &'a [Block], target: &'a [Block]) -> Vec<Row<'a>> {
    let mut found = Vec::new();
    for pair in pairs {
        let blocks = |units: &[Unit<'_>], blocks: &'a [Block]| -> Vec<&'a Block> {
            units.iter().filter_map(|unit| block_of(unit, blocks)).collect()
        };
        let (sources, targets) = (blocks(&pair.sources, source), blocks(&pair.targets, target));
        let inner = match (&sources[..], &targets[..]) {
            ([], []) => continue,
            ([a], [b]) => match (&a.kind, &b.kind) {
                (BlockKind::Container { body: a, .. }, BlockKind::Container { body: b, .. }) => among(pairs, a, b),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        found.push(Row { sources, targets, inner });
    }
    found
}

/// The block of this list that a unit was made from.
fn block_of<'a>(unit: &Unit<'_>, blocks: &'a [Block]) -> Option<&'a Block> {
    blocks.iter().find(|block| unit.block.is_some_and(|own| std::ptr::eq(own, *block)))
}

fn alike(a: &Block, b: &Block) -> bool {
    match (&a.kind, &b.kind) {
        (BlockKind::Code { text: a, .. }, BlockKind::Code { text: b, .. })
        | (BlockKind::Math { text: a, .. }, BlockKind::Math { text: b, .. }) => a == b,
        (BlockKind::Qr(a), BlockKind::Qr(b)) => a.data == b.data,
        (BlockKind::Rule, BlockKind::Rule) => true,
        (BlockKind::Chart(a), BlockKind::Chart(b)) => a.kind == b.kind && a.unit == b.unit && a.data == b.data,
        (BlockKind::Paragraph(a), BlockKind::Paragraph(b)) => match (pictures(a), pictures(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
        (BlockKind::Figure(a), BlockKind::Figure(b)) => {
            a.body.len() == b.body.len() && a.body.iter().zip(&b.body).all(|(a, b)| alike(a, b))
        }
        _ => false,
    }
}

/// The files of a paragraph that holds nothing but pictures.
fn pictures(run: &[Inline]) -> Option<Vec<&str>> {
    let seen = run.iter().filter(|inline| match &inline.kind {
        InlineKind::Text(text) => !text.trim().is_empty(),
        InlineKind::LineBreak => false,
        _ => true,
    });
    let files = seen.map(|inline| match &inline.kind {
        InlineKind::Image(image) => Some(image.path.as_str()),
        _ => None,
    });
    files.collect::<Option<Vec<_>>>().filter(|files| !files.is_empty())
}
