//! The blocks of a chapter beside their translations, as a tree.

use super::{Pair, Unit, UnitKind, pair_chapter};
use crate::model::{Block, BlockKind, Chapter, Inline, InlineKind};

/// A block and its translation; at least one of them is there.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The block in the source language.
    pub source: Option<&'a Block>,
    /// Its translation.
    pub target: Option<&'a Block>,
    /// What stands inside, when both are building blocks.
    pub inner: Vec<Row<'a>>,
}

impl Row<'_> {
    /// Whether both sides show the same, apart from a caption, so that one of them is enough: the same code, formula,
    /// picture, QR code or data.
    pub fn shared(&self) -> bool {
        matches!((self.source, self.target), (Some(a), Some(b)) if alike(a, b))
    }
}

/// The rows of a chapter, in reading order. Without a translation every block stands alone.
pub fn rows<'a>(source: &'a Chapter, target: Option<&'a Chapter>) -> Vec<Row<'a>> {
    match target {
        Some(target) => among(&pair_chapter(source, target), &source.blocks, &target.blocks),
        None => {
            source.blocks.iter().map(|block| Row { source: Some(block), target: None, inner: Vec::new() }).collect()
        }
    }
}

/// The pairs among two lists of blocks.
fn among<'a>(pairs: &[Pair<'_>], source: &'a [Block], target: &'a [Block]) -> Vec<Row<'a>> {
    let mut found = Vec::new();
    for pair in pairs {
        let a = pair.source.as_ref().and_then(|unit| block_of(unit, source));
        let b = pair.target.as_ref().and_then(|unit| block_of(unit, target));
        let inner = match (a.map(|block| &block.kind), b.map(|block| &block.kind)) {
            (Some(BlockKind::Container { body: a, .. }), Some(BlockKind::Container { body: b, .. })) => {
                among(pairs, a, b)
            }
            (None, None) => continue,
            _ => Vec::new(),
        };
        found.push(Row { source: a, target: b, inner });
    }
    found
}

/// The block of this list that a unit was made from.
fn block_of<'a>(unit: &Unit<'_>, blocks: &'a [Block]) -> Option<&'a Block> {
    // A figure made from a lone picture and the paragraph in it stand at the same place: the kind tells them apart.
    let same_kind = |block: &Block| match (&unit.kind, &block.kind) {
        (UnitKind::Heading(_), BlockKind::Heading { .. })
        | (UnitKind::Container(..), BlockKind::Container { .. })
        | (UnitKind::Chart(_), BlockKind::Chart(_)) => true,
        (UnitKind::Block(name), kind) => *name == kind.name(),
        _ => false,
    };
    blocks.iter().find(|block| block.span == unit.span && same_kind(block))
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
