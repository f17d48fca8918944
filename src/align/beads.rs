//! What an alignment found, as numbers of units and sentences: it outlives the chapters. Where a book is read again, only
//! chapters that have changed need be aligned again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::digest::{Digest, Key};
use super::segments::Numbered;
use super::unit::{Unit, UnitKind, Units};
use super::{Alignment, Basis, Dictionary, Pair, Relation};
use crate::model::Lang;

/// The beads of the chapters of a book.
#[derive(Debug, Clone, Default)]
pub struct Beads(BTreeMap<Key, Arc<ChapterBeads>>);

/// The beads of a chapter and its translation.
#[derive(Debug)]
pub(super) struct ChapterBeads {
    key: Key,
    pairs: Vec<UnitBead>,
    pub(super) segments: Vec<Numbered>,
}

/// A [`Pair`] by the numbers of its units.
#[derive(Debug)]
struct UnitBead {
    sources: Vec<usize>,
    targets: Vec<usize>,
    relation: Relation,
    basis: Basis,
    score: f32,
}

impl Beads {
    /// Those of some alignments.
    pub fn of(alignments: &[Alignment<'_>]) -> Self {
        let chapters = alignments.iter().flat_map(|alignment| &alignment.chapters);
        Self(chapters.filter_map(|chapter| chapter.beads.clone()).map(|beads| (beads.key, beads)).collect())
    }

    /// Whether the beads of a chapter were taken from these.
    #[cfg(test)]
    pub(super) fn has(&self, chapter: &super::ChapterPair<'_>) -> bool {
        let known = |beads: &Arc<ChapterBeads>| self.get(&beads.key).is_some_and(|known| Arc::ptr_eq(known, beads));
        chapter.beads.as_ref().is_some_and(known)
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Arc<ChapterBeads>> {
        self.0.get(key)
    }
}

impl ChapterBeads {
    pub(super) fn new(key: Key, pairs: &[Pair<'_>], segments: Vec<Numbered>) -> Self {
        let numbers = |units: &[Unit<'_>]| units.iter().map(|unit| unit.number).collect();
        let bead = |pair: &Pair<'_>| UnitBead {
            sources: numbers(&pair.sources),
            targets: numbers(&pair.targets),
            relation: pair.relation,
            basis: pair.basis,
            score: pair.score,
        };
        Self { key, pairs: pairs.iter().map(bead).collect(), segments }
    }

    /// The pairs of units in chapters that have these beads.
    pub(super) fn pairs<'a>(&self, chapters: &[Units<'a>; 2]) -> Vec<Pair<'a>> {
        let [sources, targets] = chapters.each_ref().map(Units::numbered);
        let units = |all: &[Unit<'a>], numbers: &[usize]| numbers.iter().map(|&number| all[number].clone()).collect();
        let pair = |bead: &UnitBead| Pair {
            sources: units(&sources, &bead.sources),
            targets: units(&targets, &bead.targets),
            relation: bead.relation,
            basis: bead.basis,
            score: bead.score,
        };
        self.pairs.iter().map(pair).collect()
    }
}

/// Everything that the beads of two chapters depend on: what is read and what it is read with.
pub(super) fn key(chapters: &[Units<'_>; 2], langs: [&Lang; 2], dictionary: &Dictionary) -> Key {
    let mut digest = Digest::default();
    dictionary.digest(&mut digest);
    for (units, lang) in chapters.iter().zip(langs) {
        digest.text(lang.tag());
        units.units.iter().for_each(|unit| add(unit, &mut digest));
    }
    digest.key()
}

fn add(unit: &Unit<'_>, digest: &mut Digest) {
    match unit.kind {
        UnitKind::Container(name, _) => digest.optional(Some(name)),
        UnitKind::Chart(_) => digest.text("chart"),
        plain => digest.text(&format!("{plain:?}")),
    }
    digest.optional(unit.id);
    digest.optional(unit.shown);
    digest.optional(unit.code);
    digest.optional(unit.romanised.first().map(String::as_str));
    digest.text(&unit.text);
    digest.number(unit.children.len());
    unit.children.iter().for_each(|child| add(child, digest));
}
