//! The blocks of a chapter beside their translations, as a tree.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Alignment, ChapterPair, Pair, Unit};
use crate::model::{Block, BlockKind, Book, Chapter, EditionKind, Row};
use crate::outline::Outline;

/// A row by the numbers of its blocks among those that they stand in a list with: whoever reads the same texts again finds
/// the same row. Blocks of the source, of the translation, and the rows inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowNumbers(Vec<usize>, Vec<usize>, Vec<RowNumbers>);

impl RowNumbers {
    /// The numbers of the rows of two lists of blocks.
    pub fn of(rows: &[Row<'_>], source: &[Block], target: &[Block]) -> Vec<Self> {
        let [in_source, in_target] = [source, target].map(places);
        let numbers = |blocks: &[&Block], places: &FxHashMap<*const Block, usize>| -> Vec<usize> {
            blocks.iter().map(|block| places[&std::ptr::from_ref(*block)]).collect()
        };
        let number = |row: &Row<'_>| {
            let [a, b] = [&row.sources, &row.targets].map(|blocks| blocks.first().map_or(&[][..], |block| body(block)));
            Self(numbers(&row.sources, &in_source), numbers(&row.targets, &in_target), Self::of(&row.inner, a, b))
        };
        rows.iter().map(number).collect()
    }

    /// The rows that have these numbers in two lists of blocks.
    pub fn read<'a>(rows: &[Self], source: &'a [Block], target: &'a [Block]) -> Vec<Row<'a>> {
        let blocks = |numbers: &[usize], all: &'a [Block]| -> Vec<&'a Block> {
            numbers
                .iter()
                .map(|&number| all.get(number).expect("rows are read with the texts they were made of"))
                .collect()
        };
        let row = |Self(ours, theirs, inner): &Self| {
            let (sources, targets) = (blocks(ours, source), blocks(theirs, target));
            let [a, b] = [&sources, &targets].map(|blocks| blocks.first().map_or(&[][..], |block| body(block)));
            Row { sources, targets, inner: Self::read(inner, a, b) }
        };
        rows.iter().map(row).collect()
    }
}

/// The numbers of some blocks.
fn places(blocks: &[Block]) -> FxHashMap<*const Block, usize> {
    blocks.iter().map(std::ptr::from_ref).zip(0..).collect()
}

/// What stands inside a building block.
fn body(block: &Block) -> &[Block] {
    match &block.kind {
        BlockKind::Container { body, .. } => body,
        BlockKind::Callout(callout) => &callout.body,
        _ => &[],
    }
}

/// The rows of a chapter and its translation, in reading order; none when one of them is absent.
pub fn rows<'a>(chapters: &ChapterPair<'a>) -> Vec<Row<'a>> {
    match (chapters.source, chapters.target) {
        (Some(source), Some(target)) => among(&chapters.pairs, &source.blocks, &target.blocks),
        _ => Vec::new(),
    }
}

/// The blocks that can have a counterpart: pages break where one language alone has room for them.
fn paired(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|block| !matches!(block.kind, BlockKind::PageBreak))
}

/// The rows of a chapter without a translation: every block alone.
pub fn rows_alone(blocks: &[Block]) -> Vec<Row<'_>> {
    paired(blocks).map(|block| Row { sources: vec![block], targets: Vec::new(), inner: Vec::new() }).collect()
}

/// The rows of a chapter and its translation by the alignment that has the two; where none has, every block stands alone.
pub fn rows_of<'a>(source: &'a Chapter, target: Option<&'a Chapter>, alignments: &[Alignment<'a>]) -> Vec<Row<'a>> {
    let Some(target) = target else { return rows_alone(&source.blocks) };
    let is = |chapter: Option<&Chapter>, file| chapter.is_some_and(|chapter| chapter.file == file);
    let both = |pair: &&ChapterPair<'_>| is(pair.source, source.file) && is(pair.target, target.file);
    if let Some(pair) = alignments.iter().flat_map(|alignment| &alignment.chapters).find(both) {
        return rows(pair);
    }
    let translated = paired(&target.blocks);
    let translated = translated.map(|block| Row { sources: Vec::new(), targets: vec![block], inner: Vec::new() });
    rows_alone(&source.blocks).into_iter().chain(translated).collect()
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
                (BlockKind::Callout(a), BlockKind::Callout(b)) => among(pairs, &a.body, &b.body),
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
pub fn outline<'a>(book: &'a Book, edition: &'a EditionKind, alignments: &[Alignment<'a>]) -> Outline<'a> {
    match edition {
        EditionKind::Single(lang) => Outline::single(book, lang),
        EditionKind::Bilingual => Outline::bilingual(book, &|source, target| rows_of(source, Some(target), alignments)),
    }
}
