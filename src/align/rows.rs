//! The blocks of a chapter beside their translations, as a tree.

use std::collections::BTreeSet;

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
        (Some(source), Some(target)) => Paired::of(&chapters.pairs).among(&source.blocks, &target.blocks),
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

/// The pairs of a chapter by their blocks.
struct Paired<'p, 'a> {
    pairs: &'p [Pair<'a>],
    /// The number of the pair of each block.
    of_blocks: FxHashMap<*const Block, usize>,
}

impl<'p, 'a> Paired<'p, 'a> {
    fn of(pairs: &'p [Pair<'a>]) -> Self {
        let mut of_blocks = FxHashMap::default();
        for (number, pair) in pairs.iter().enumerate() {
            let blocks = pair.sources.iter().chain(&pair.targets).filter_map(|unit| unit.block);
            of_blocks.extend(blocks.map(|block| (std::ptr::from_ref(block), number)));
        }
        Self { pairs, of_blocks }
    }

    /// The pairs among two lists of blocks.
    fn among<'b>(&self, source: &'b [Block], target: &'b [Block]) -> Vec<Row<'b>> {
        let [in_source, in_target] = [source, target].map(places);
        let blocks = |units: &[Unit<'_>], places: &FxHashMap<*const Block, usize>, blocks: &'b [Block]| {
            let at = units.iter().filter_map(|unit| places.get(&std::ptr::from_ref(unit.block?)));
            at.map(|at| &blocks[*at]).collect::<Vec<_>>()
        };
        let numbers = source.iter().chain(target).filter_map(|block| self.of_blocks.get(&std::ptr::from_ref(block)));
        let numbers: BTreeSet<usize> = numbers.copied().collect();
        let mut found = Vec::new();
        for pair in numbers.into_iter().map(|number| &self.pairs[number]) {
            let (sources, targets) =
                (blocks(&pair.sources, &in_source, source), blocks(&pair.targets, &in_target, target));
            let inner = match (&sources[..], &targets[..]) {
                ([a], [b]) => match (&a.kind, &b.kind) {
                    (BlockKind::Container { body: a, .. }, BlockKind::Container { body: b, .. }) => self.among(a, b),
                    (BlockKind::Callout(a), BlockKind::Callout(b)) => self.among(&a.body, &b.body),
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            found.push(Row { sources, targets, inner });
        }
        found
    }
}

/// The outline of an edition: in the bilingual one a figure bears the number of the one that it translates.
pub fn outline<'a>(book: &'a Book, edition: &'a EditionKind, alignments: &[Alignment<'a>]) -> Outline<'a> {
    match edition {
        EditionKind::Single(lang) => Outline::single(book, lang),
        EditionKind::Bilingual => Outline::bilingual(book, &|source, target| rows_of(source, Some(target), alignments)),
    }
}
