//! The rows of a page of review: pairs of blocks that say something, each with its state.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Review;
use super::findings::Findings;
use crate::align::{ChapterPair, Pair, Unit, units_of};
use crate::checks::freshness::{self, ReviewState, Rewording, fingerprint_of, says, states, untranslated};
use crate::model::{Chapter, Fingerprint};
use crate::source::Span;

/// A chapter and its translation.
pub(super) struct Section<'a> {
    pub(super) source: Option<&'a Chapter>,
    pub(super) target: Option<&'a Chapter>,
    pub(super) rows: Vec<Row<'a>>,
    /// What is open in it.
    pub(super) findings: Findings<'a>,
}

impl<'a> Section<'a> {
    /// The chapter that names it: that of the source, where there is one.
    pub(super) fn chapter(&self) -> &'a Chapter {
        self.source.or(self.target).expect("one of the two is there")
    }

    /// How many of its rows are in a state.
    pub(super) fn count(&self, state: State) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }
}

/// Blocks that say something, and what translates them.
pub(super) struct Row<'a> {
    pub(super) sources: Vec<Unit<'a>>,
    pub(super) targets: Vec<Unit<'a>>,
    /// The id of its unit in its chapter: as in [`exchange::Unit`](crate::exchange::Unit), or that of the translation where there is no source.
    pub(super) id: String,
    /// The fingerprints of both wordings, joined by `+`; empty where there is none.
    pub(super) prints: [String; 2],
    pub(super) state: State,
    /// How the source changed since it was signed off.
    pub(super) change: Option<Vec<Rewording>>,
}

/// How far a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// There is no translation.
    Missing,
    /// There is one that is marked as unfinished.
    Draft,
    /// There is no source.
    Extra,
    /// Nobody has signed it off.
    Translated,
    /// The source changed since it was signed off, and the translation did not.
    Stale,
    /// The translation changed since it was signed off.
    Changed,
    /// It is as it was signed off.
    Signed,
}

impl State {
    /// All of them, in the order in which they are counted.
    pub(super) const ALL: [Self; 7] =
        [Self::Signed, Self::Translated, Self::Changed, Self::Stale, Self::Draft, Self::Missing, Self::Extra];

    /// Its name in the page, which style and script know.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Draft => "draft",
            Self::Extra => "extra",
            Self::Translated => "translated",
            Self::Stale => "stale",
            Self::Changed => "changed",
            Self::Signed => "signed",
        }
    }
}

/// The chapters that are wanted, with their rows and findings.
pub(super) fn chapters<'a>(review: &'a Review<'a>, wanted: &dyn Fn(&Chapter) -> bool) -> Vec<Section<'a>> {
    let chapters = review.alignment.chapters.iter();
    let chosen: Vec<&ChapterPair<'_>> =
        chapters.filter(|pair| pair.source.into_iter().chain(pair.target).any(wanted)).collect();
    chosen.into_par_iter().map(|pair| section(review, pair)).collect()
}

fn section<'a>(review: &'a Review<'a>, pair: &'a ChapterPair<'a>) -> Section<'a> {
    let mut rows: Vec<Row<'_>> = match (pair.source, pair.target) {
        (Some(source), Some(_)) => {
            let records = review.book.reviewed.chapter(&review.alignment.target, &source.stem);
            let states = states(pair, records);
            pair.pairs.iter().zip(&states).flat_map(|(pair, state)| of_pair(pair, state)).collect()
        }
        (source, target) => {
            let chapter = source.or(target).expect("one of the two is there");
            units_of(chapter).iter().flat_map(|unit| alone(unit, source.is_some())).collect()
        }
    };
    number(&mut rows);
    let files = [pair.source, pair.target].map(|chapter| chapter.map(|chapter| chapter.file));
    let findings = Findings::of(review, files, &|place| row_at(place, &rows));
    Section { source: pair.source, target: pair.target, rows, findings }
}

/// The rows of a pair; none where nothing is said.
fn of_pair<'a>(pair: &Pair<'a>, state: &ReviewState<'_>) -> Vec<Row<'a>> {
    if pair.is_whole() {
        let units = pair.sources.iter().chain(&pair.targets);
        return units.flat_map(|unit| alone(unit, !pair.sources.is_empty())).collect();
    }
    let (sources, targets) = (speaking(&pair.sources), speaking(&pair.targets));
    let level = match (state, sources.is_empty(), targets.is_empty()) {
        (_, true, true) => return Vec::new(),
        (_, true, false) => State::Extra,
        (_, false, true) => State::Missing,
        _ if targets.iter().any(|unit| unit.draft) => State::Draft,
        _ if untranslated(pair) => State::Missing,
        (ReviewState::Reviewed, ..) => State::Signed,
        (ReviewState::Stale(_), ..) => State::Stale,
        (ReviewState::TranslationChanged | ReviewState::BothChanged(_), ..) => State::Changed,
        (ReviewState::Unreviewed | ReviewState::Nothing, ..) => State::Translated,
    };
    let change = freshness::rewording(pair, state);
    vec![Row { change, ..Row::new(sources, targets, level) }]
}

/// The units that say something in words of the author.
fn speaking<'a>(units: &[Unit<'a>]) -> Vec<Unit<'a>> {
    units.iter().filter(|unit| unit.written && says(unit).is_some()).cloned().collect()
}

/// The rows of a unit without a counterpart and of those inside it.
fn alone<'a>(unit: &Unit<'a>, is_source: bool) -> Vec<Row<'a>> {
    let own = speaking(std::slice::from_ref(unit));
    let row = (!own.is_empty()).then(|| match is_source {
        true => Row::new(own, Vec::new(), State::Missing),
        false => Row::new(Vec::new(), own, State::Extra),
    });
    row.into_iter().chain(unit.children.iter().flat_map(|child| alone(child, is_source))).collect()
}

impl<'a> Row<'a> {
    fn new(sources: Vec<Unit<'a>>, targets: Vec<Unit<'a>>, state: State) -> Self {
        let prints = [&sources, &targets].map(|units| {
            let prints: Vec<Fingerprint> = units.iter().filter_map(fingerprint_of).collect();
            prints.iter().map(Fingerprint::as_str).collect::<Vec<_>>().join("+")
        });
        Self { sources, targets, id: String::new(), prints, state, change: None }
    }

    /// Whether both sides say something, so that it can be signed off.
    pub(super) fn is_paired(&self) -> bool {
        !self.sources.is_empty() && !self.targets.is_empty()
    }

    /// The units of both sides.
    pub(super) fn units(&self) -> impl Iterator<Item = &Unit<'a>> {
        self.sources.iter().chain(&self.targets)
    }
}

/// Gives each row its id: the first fingerprint, and a number from the second of those that are alike.
fn number(rows: &mut [Row<'_>]) {
    let mut alike: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let side = if row.sources.is_empty() { 1 } else { 0 };
        let print = row.prints[side].split('+').next().unwrap_or_default().to_owned();
        let count = alike.entry(print.clone()).or_default();
        *count += 1;
        row.id = if *count == 1 { print } else { format!("{print}.{count}") };
    }
}

/// The row at which a place is shown: the smallest that holds it, or the last that begins before it.
fn row_at(span: Span, rows: &[Row<'_>]) -> Option<usize> {
    let units = || {
        let of = |(at, row): (usize, &'_ Row<'_>)| row.units().map(|unit| (at, unit.span)).collect::<Vec<_>>();
        rows.iter().enumerate().flat_map(of).filter(|(_, unit)| unit.file == span.file)
    };
    let holding = units().filter(|(_, unit)| unit.encloses(Span { end: span.start, ..span }));
    let smallest = holding.min_by_key(|(_, unit)| unit.range().len());
    let before = || units().filter(|(_, unit)| unit.start <= span.start).max_by_key(|(_, unit)| unit.start);
    smallest.or_else(before).map(|(row, _)| row)
}
