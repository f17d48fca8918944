//! The blocks of a chapter beside their translations, as a tree.

use super::{Dictionary, Pair, Unit, pair_chapter};
use crate::model::{Block, BlockKind, Book, Chapter, EditionKind, Row};
use crate::outline::Outline;

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

/// The outline of an edition: in the bilingual one a figure bears the number of the one that it translates.
pub fn outline<'a>(book: &'a Book, edition: &'a EditionKind) -> Outline<'a> {
    match edition {
        EditionKind::Single(lang) => Outline::single(book, lang),
        EditionKind::Bilingual => Outline::bilingual(book, &|source, target| rows(source, Some(target))),
    }
}
