//! Which text of one language says what which text of the other says: chapters, blocks, sentences.
//!
//! Chapters pair by file name, those left over by their words. The units of a chapter pair by id, structure and words
//! (`blocks`), the sentences inside paired units by words alone (`segments`). Both ask one algorithm (`engine`),
//! which asks [`lang`](crate::lang) what it must know of a language.

mod beads;
mod blocks;
mod chapters;
mod dictionary;
mod digest;
mod engine;
pub mod lexicon;
mod reshape;
mod rows;
mod segments;
#[cfg(test)]
mod tests;
mod unit;

pub use beads::Beads;
pub use dictionary::Dictionary;
pub use engine::{Bead, Explanation, Link, Scored, Texts, explain, odds, sentences};
pub use rows::{RowNumbers, outline, rows, rows_alone, rows_of};
pub use segments::{Segment, SegmentPair};
pub use unit::{Content, MetaField, Unit, UnitKind};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use beads::ChapterBeads;
use engine::Bitext;
use rayon::prelude::*;

use crate::message::Message;
use crate::model::{Book, Chapter, EditionKind, Lang};

/// Pairs of chapters and blocks of two languages. Made once in a run, by [`align_book`].
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
#[derive(Debug, Clone)]
pub struct ChapterPair<'a> {
    /// The chapter in the source language.
    pub source: Option<&'a Chapter>,
    /// Its translation.
    pub target: Option<&'a Chapter>,
    /// Units in reading order. When both chapters are there, every unit of both stands in one pair.
    pub pairs: Vec<Pair<'a>>,
    /// The sentences inside the pairs of units, in the order of the pairs.
    pub segments: Vec<SegmentPair>,
    /// Whether the aligner has a defect that shows here: every unit stands alone, and nothing is known of what says what.
    pub broke_off: bool,
    /// The same as numbers, when both chapters are there.
    beads: Option<Arc<ChapterBeads>>,
}

/// Units that translate each other; at least one side has one. A unit inside an unpaired one has no pair of its own, unless
/// that one rests on [`Basis::Parts`].
#[derive(Debug, Clone)]
pub struct Pair<'a> {
    /// The units in the source language.
    pub sources: Vec<Unit<'a>>,
    /// Their translations.
    pub targets: Vec<Unit<'a>>,
    /// How the one became the other.
    pub relation: Relation,
    /// What the pair is founded on.
    pub basis: Basis,
    /// The probability that the pair is right, from 0 to 1.
    pub score: f32,
}

impl<'a> Pair<'a> {
    /// A unit without a counterpart.
    fn unaligned(unit: Unit<'a>, relation: Relation) -> Self {
        let (sources, targets) =
            if relation == Relation::Missing { (vec![unit], vec![]) } else { (vec![], vec![unit]) };
        Self { sources, targets, relation, basis: Basis::Nothing, score: 1.0 }
    }

    /// Whether both sides have a unit.
    pub fn is_paired(&self) -> bool {
        !self.sources.is_empty() && !self.targets.is_empty()
    }

    /// Whether nothing inside its unit has a pair of its own.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_paired() && self.basis != Basis::Parts
    }

    /// The first unit in the source language.
    pub fn source(&self) -> Option<&Unit<'a>> {
        self.sources.first()
    }

    /// The place of its first unit.
    pub fn span(&self) -> crate::source::Span {
        self.source().or(self.target()).expect("a pair has a unit").span
    }

    /// The first unit in the language of the translation.
    pub fn target(&self) -> Option<&Unit<'a>> {
        self.targets.first()
    }
}

/// How source and translation stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One to one.
    Equal,
    /// Several became one.
    Merged,
    /// One became several.
    Split,
    /// Several became several.
    Many,
    /// One to one, out of order.
    Moved,
    /// Not in the translation.
    Missing,
    /// Not in the source.
    Extra,
}

impl Relation {
    /// The relation that a bead stands for.
    pub fn of(bead: &Bead, moved: bool) -> Self {
        match (bead.source.len(), bead.target.len()) {
            (_, 0) => Self::Missing,
            (0, _) => Self::Extra,
            _ if moved => Self::Moved,
            (1, 1) => Self::Equal,
            (_, 1) => Self::Merged,
            (1, _) => Self::Split,
            _ => Self::Many,
        }
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Many => "many",
            Self::Moved => "moved",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }

    /// Its name for people.
    pub fn word(self) -> Message {
        match self {
            Self::Equal => msg!("equal"),
            Self::Merged => msg!("merged"),
            Self::Split => msg!("split"),
            Self::Many => msg!("many to many"),
            Self::Moved => msg!("moved"),
            Self::Missing => msg!("missing"),
            Self::Extra => msg!("extra"),
        }
    }
}

/// What a pair is founded on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The same id.
    Id,
    /// The same text, code, formula or picture.
    Same,
    /// Words, numbers and lengths.
    Words,
    /// Only kind and place.
    Place,
    /// There is no counterpart of the unit, but of something in it, which has another form there.
    Parts,
    /// There is no counterpart.
    Nothing,
}

impl Basis {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Same => "same",
            Self::Words => "words",
            Self::Place => "place",
            Self::Parts => "parts",
            Self::Nothing => "",
        }
    }
}

/// Pairs the chapters, blocks and sentences of the source language of a book with each of the others. This is done once in
/// a run: whoever needs to know what says what is handed the alignments.
pub fn align_book(book: &Book) -> Vec<Alignment<'_>> {
    realign_book(book, &Beads::default())
}

/// The same for a book that was aligned before: chapters that say what they said keep their pairs.
pub fn realign_book<'a>(book: &'a Book, before: &Beads) -> Vec<Alignment<'a>> {
    let (source, targets) = book.languages.split_first().expect("a book has a language");
    targets.iter().map(|target| realign(book, source, target, before)).collect()
}

/// The alignments that editions need: none if each of them is in one language.
pub fn align_for<'a>(editions: &[EditionKind], book: &'a Book) -> Vec<Alignment<'a>> {
    if editions.contains(&EditionKind::Bilingual) { align_book(book) } else { Vec::new() }
}

/// Pairs the chapters, blocks and sentences of two languages of a book.
pub fn align<'a>(book: &'a Book, source: &Lang, target: &Lang) -> Alignment<'a> {
    realign(book, source, target, &Beads::default())
}

fn realign<'a>(book: &'a Book, source: &Lang, target: &Lang, before: &Beads) -> Alignment<'a> {
    let dictionary = Dictionary::of(&book.glossary, source, target);
    let chapters = pair_chapters(book.chapters(source), book.chapters(target), &dictionary, before, |chapter| chapter);
    Alignment { source: source.clone(), target: target.clone(), chapters }
}

/// The chapters of two languages of a book, each with the one that it translates or that translates it.
pub fn chapters<'a>(book: &'a Book, source: &Lang, target: &Lang) -> Vec<(Option<&'a Chapter>, Option<&'a Chapter>)> {
    let dictionary = Dictionary::of(&book.glossary, source, target);
    chapters::pair(book.chapters(source), book.chapters(target), &dictionary)
}

/// What is made of each pair of chapters of two languages of a book, in order. A pair that is not kept takes no memory
/// longer than it is looked at.
pub fn each_chapter<'a, T: Send>(
    book: &'a Book,
    source: &Lang,
    target: &Lang,
    of: impl Fn(ChapterPair<'a>) -> T + Sync,
) -> Vec<T> {
    let dictionary = Dictionary::of(&book.glossary, source, target);
    pair_chapters(book.chapters(source), book.chapters(target), &dictionary, &Beads::default(), of)
}

fn pair_chapters<'a, T: Send>(
    source: &'a [Chapter],
    target: &'a [Chapter],
    dictionary: &Dictionary,
    before: &Beads,
    of: impl Fn(ChapterPair<'a>) -> T + Sync,
) -> Vec<T> {
    let pair = |(source, target): (Option<&'a Chapter>, Option<&'a Chapter>)| {
        of(match (source, target) {
            (Some(source), Some(target)) => {
                catch_unwind(AssertUnwindSafe(|| pair_chapter(source, target, dictionary, before)))
                    .unwrap_or_else(|_| apart(source, target))
            }
            _ => ChapterPair { source, target, pairs: Vec::new(), segments: Vec::new(), broke_off: false, beads: None },
        })
    };
    chapters::pair(source, target, dictionary).into_par_iter().map(pair).collect()
}

/// Pairs the units of a chapter and of its translation, in reading order, and the sentences inside each pair. Every unit of
/// both stands in one pair, or inside an unpaired unit that does; every sentence stands in one pair.
fn pair_chapter<'a>(
    source: &'a Chapter,
    target: &'a Chapter,
    dictionary: &Dictionary,
    before: &Beads,
) -> ChapterPair<'a> {
    let chapters = [source, target].map(unit::of_chapter);
    let langs = [&source.lang, &target.lang];
    let key = beads::key(&chapters, langs, dictionary);
    let (pairs, beads) = match before.get(&key) {
        Some(known) => (known.pairs(&chapters), Arc::clone(known)),
        None => {
            let texts = chapters.each_ref().map(|chapter| -> Vec<&str> {
                chapter.sentences.iter().map(|sentence| sentence.text.as_str()).collect()
            });
            let bitext = Bitext::new(Texts { items: [&texts[0], &texts[1]], langs, dictionary });
            let pairs = reshape::pair(blocks::pair(&chapters[0].units, &chapters[1].units, &bitext), &bitext);
            let segments = segments::pair(&pairs, bitext);
            let beads = ChapterBeads::new(key, &pairs, segments);
            (pairs, Arc::new(beads))
        }
    };
    let segments = segments::read(&beads.segments, chapters.map(|chapter| chapter.sentences));
    ChapterPair { source: Some(source), target: Some(target), pairs, segments, broke_off: false, beads: Some(beads) }
}

/// A chapter and its translation without a pair, so that a defect of the aligner loses no text.
fn apart<'a>(source: &'a Chapter, target: &'a Chapter) -> ChapterPair<'a> {
    let alone = |chapter: &'a Chapter, relation: Relation| {
        units_of(chapter).into_iter().map(move |unit| Pair::unaligned(unit, relation))
    };
    let pairs = alone(source, Relation::Missing).chain(alone(target, Relation::Extra)).collect();
    ChapterPair {
        source: Some(source),
        target: Some(target),
        pairs,
        segments: Vec::new(),
        broke_off: true,
        beads: None,
    }
}

/// The units of a chapter in reading order: front matter, blocks, footnotes.
pub fn units_of(chapter: &Chapter) -> Vec<Unit<'_>> {
    unit::alone(chapter)
}
