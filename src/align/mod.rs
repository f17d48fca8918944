//! Which block of one language says what which block of the other says.
//!
//! A first, structural aligner: chapters pair by file name, blocks by equal ids, by structure, by the numbers in
//! them and weakly by length.

mod engine;
pub mod lang;
pub mod lexicon;
mod number;
mod pairing;
mod rows;
mod unit;

pub use engine::{Bead, sentences};
pub use number::{Form, Number, numbers};
pub use rows::{Row, rows};
pub use unit::{Unit, UnitKind};

use crate::model::{Book, Chapter, Lang};

/// Pairs of chapters and blocks of two languages.
#[derive(Debug)]
pub struct Alignment<'a> {
    /// The language that is translated.
    pub source: Lang,
    /// The language of the translation.
    pub target: Lang,
    /// Chapters in the order of the source, those that only the target has last. Every chapter of both stands in one pair.
    pub chapters: Vec<ChapterPair<'a>>,
}

/// A chapter and its translation; at least one of them is there.
#[derive(Debug)]
pub struct ChapterPair<'a> {
    /// The chapter in the source language.
    pub source: Option<&'a Chapter>,
    /// Its translation.
    pub target: Option<&'a Chapter>,
    /// Units in reading order. When both chapters are there, every unit of both stands in one pair.
    pub pairs: Vec<Pair<'a>>,
}

/// A unit and its translation; at least one of them is there. A unit inside an unpaired one has no pair of its own.
#[derive(Debug, Clone)]
pub struct Pair<'a> {
    /// The unit in the source language.
    pub source: Option<Unit<'a>>,
    /// Its translation.
    pub target: Option<Unit<'a>>,
}

/// Pairs the chapters and blocks of two languages of a book by file name, id and structure.
pub fn align<'a>(book: &'a Book, source: &Lang, target: &Lang) -> Alignment<'a> {
    let (sources, targets) = (book.chapters(source), book.chapters(target));
    let mut chapters: Vec<ChapterPair<'a>> = sources
        .iter()
        .map(|chapter| align_chapter(chapter, targets.iter().find(|other| other.stem == chapter.stem)))
        .collect();
    let extra = targets.iter().filter(|chapter| !sources.iter().any(|other| other.stem == chapter.stem));
    chapters.extend(extra.map(|chapter| ChapterPair { source: None, target: Some(chapter), pairs: Vec::new() }));
    Alignment { source: source.clone(), target: target.clone(), chapters }
}

/// Pairs the units of a chapter and of its translation, in reading order. Every unit of both stands in one pair, or
/// inside an unpaired unit that does.
pub fn pair_chapter<'a>(source: &'a Chapter, target: &'a Chapter) -> Vec<Pair<'a>> {
    pairing::pair(&unit::of_chapter(source), &unit::of_chapter(target))
}

fn align_chapter<'a>(source: &'a Chapter, target: Option<&'a Chapter>) -> ChapterPair<'a> {
    let pairs = match target {
        Some(target) => pair_chapter(source, target),
        None => Vec::new(),
    };
    ChapterPair { source: Some(source), target, pairs }
}
