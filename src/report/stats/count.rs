//! Counting the blocks of a book by what became of them.

use rayon::prelude::*;
use serde::Serialize;

use super::Volume;
use crate::align::{self, ChapterPair, Pair, Unit};
use crate::checks::freshness::{ReviewState, says, states, untranslated};
use crate::model::{Book, Chapter, Lang};

/// The figures of a book.
#[derive(Debug, Serialize)]
pub struct Statistics {
    /// The source language.
    pub source: String,
    /// The book in each language that it is translated into; the source alone when there is none.
    pub translations: Vec<Translation>,
}

/// A book and its translation.
#[derive(Debug, Serialize)]
pub struct Translation {
    /// The language of the translation.
    pub language: Option<String>,
    /// Its chapters in order.
    pub chapters: Vec<Progress>,
    /// All of them together.
    pub total: Progress,
}

/// How far a chapter is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Progress {
    /// Name of the chapter; empty for all together.
    pub chapter: String,
    /// Blocks of the source with text of their own: headings, paragraphs, items, cells, captions, notes.
    pub blocks: usize,
    /// Of these, how many have a translation.
    pub translated: usize,
    /// How many have one that is marked as unfinished.
    pub draft: usize,
    /// How many are as they were signed off.
    pub reviewed: usize,
    /// How many have a translation that changed since.
    pub changed: usize,
    /// How many changed since, while their translation did not.
    pub stale: usize,
    /// How long the source is.
    pub source: Volume,
    /// How long the translation is.
    pub target: Volume,
}

impl Progress {
    fn plus(mut self, other: &Self) -> Self {
        self.blocks += other.blocks;
        self.translated += other.translated;
        self.draft += other.draft;
        self.reviewed += other.reviewed;
        self.changed += other.changed;
        self.stale += other.stale;
        self.source = self.source.plus(&other.source);
        self.target = self.target.plus(&other.target);
        self
    }
}

/// Counts a book.
pub fn of(book: &Book) -> Statistics {
    let (source, targets) = book.languages.split_first().expect("a book has a language");
    let mut translations: Vec<Translation> = targets.iter().map(|target| translation(book, source, target)).collect();
    if translations.is_empty() {
        let chapters = book.chapters(source).iter().map(alone).collect();
        translations.push(summed(None, chapters));
    }
    Statistics { source: source.to_string(), translations }
}

fn summed(language: Option<String>, chapters: Vec<Progress>) -> Translation {
    let total = chapters.iter().fold(Progress::default(), Progress::plus);
    Translation { language, chapters, total }
}

fn translation(book: &Book, source: &Lang, target: &Lang) -> Translation {
    let alignment = align::align(book, source, target);
    let chapters = alignment.chapters.par_iter().map(|pair| match (pair.source, pair.target) {
        (Some(source), Some(translation)) => both(book, target, pair, source, translation),
        (Some(source), None) => alone(source),
        (None, translation) => Progress {
            chapter: translation.map_or_else(String::new, |chapter| chapter.stem.clone()),
            target: translation.map_or_else(Volume::default, volume),
            ..Progress::default()
        },
    });
    summed(Some(target.to_string()), chapters.collect())
}

/// A chapter that is not translated.
fn alone(chapter: &Chapter) -> Progress {
    let blocks = align::units_of(chapter).iter().map(blocks).sum();
    Progress { chapter: chapter.stem.clone(), blocks, source: volume(chapter), ..Progress::default() }
}

fn both(book: &Book, lang: &Lang, pair: &ChapterPair<'_>, source: &Chapter, target: &Chapter) -> Progress {
    let states = states(pair, book.reviewed.chapter(lang, &source.stem));
    let mut progress = Progress {
        chapter: source.stem.clone(),
        source: volume(source),
        target: volume(target),
        ..Progress::default()
    };
    for (pair, state) in pair.pairs.iter().zip(states) {
        let count = if pair.targets.is_empty() { pair.sources.iter().map(blocks).sum() } else { own(&pair.sources) };
        progress.blocks += count;
        let draft = !pair.targets.is_empty() && pair.targets.iter().all(|unit| unit.draft);
        progress.draft += if draft { count } else { 0 };
        progress.translated += if !draft && is_translated(pair) { count } else { 0 };
        match state {
            ReviewState::Reviewed => progress.reviewed += count,
            ReviewState::Stale(_) => progress.stale += count,
            ReviewState::TranslationChanged | ReviewState::BothChanged(_) => progress.changed += count,
            ReviewState::Nothing | ReviewState::Unreviewed => {}
        }
    }
    progress
}

fn is_translated(pair: &Pair<'_>) -> bool {
    own(&pair.targets) > 0 && !untranslated(pair)
}

/// How many units say something themselves.
fn own(units: &[Unit<'_>]) -> usize {
    units.iter().filter(|unit| says(unit).is_some()).count()
}

/// The same, with the units inside.
fn blocks(unit: &Unit<'_>) -> usize {
    usize::from(says(unit).is_some()) + unit.children.iter().map(blocks).sum::<usize>()
}

/// How long a chapter is; listings and formulas do not count.
fn volume(chapter: &Chapter) -> Volume {
    let mut texts = Vec::new();
    align::units_of(chapter).iter().for_each(|unit| prose(unit, &mut texts));
    Volume::of(texts.iter().map(String::as_str), &chapter.lang)
}

fn prose(unit: &Unit<'_>, texts: &mut Vec<String>) {
    // What is not translated yet is no length of the translation.
    if unit.shown.is_none() && !unit.draft {
        texts.extend(says(unit));
    }
    for child in &unit.children {
        prose(child, texts);
    }
}
