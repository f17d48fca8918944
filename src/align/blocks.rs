//! Pairs the units of a chapter: by id, by structure, by what is the same in both, and by words; then the units inside them.

use std::ops::Range;

use super::engine::{self, Bead, Reading, Scored};
use super::unit::{Unit, UnitKind};
use super::{Basis, Pair, Relation};

/// What a pair gains for the same id, loses for different ones, and gains for the same code, formula or picture.
const SAME_ID: f32 = 20.0;
const OTHER_ID: f32 = -6.0;
const SAME_SHOWN: f32 = 8.0;
/// What a level between two headings costs.
const LEVEL: f32 = 0.8;
/// Least evidence for a pair that stands out of order.
const MOVED: f32 = 1.0;
/// Most pairs of leftover units that are compared.
const LEFTOVER: usize = 40_000;
/// What a unit without a counterpart costs.
const ALONE: f32 = -3.5;
/// Kinds of beads of blocks with their prior probabilities.
const KINDS: [(usize, usize, f32); 5] = [(1, 1, 0.94), (1, 2, 0.002), (2, 1, 0.002), (1, 3, 0.00001), (3, 1, 0.00001)];

/// Pairs two lists of units and what is inside them. Every unit of both stands in one pair, or inside an unpaired unit
/// that does. Pairs come in the order of the source.
pub(super) fn pair<'a>(source: &[Unit<'a>], target: &[Unit<'a>], reading: &Reading) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    for pair in siblings(source, target, reading) {
        let children = match (pair.sources.is_empty(), pair.targets.is_empty()) {
            (false, false) => {
                let inside =
                    |units: &[Unit<'a>]| units.iter().flat_map(|unit| unit.children.clone()).collect::<Vec<_>>();
                self::pair(&inside(&pair.sources), &inside(&pair.targets), reading)
            }
            _ => Vec::new(),
        };
        found.push(pair);
        found.extend(children);
    }
    found
}

fn siblings<'a>(source: &[Unit<'a>], target: &[Unit<'a>], reading: &Reading) -> Vec<Pair<'a>> {
    if source.is_empty() || target.is_empty() {
        let missing = source.iter().map(|unit| Pair::alone(unit.clone(), Relation::Missing));
        return missing.chain(target.iter().map(|unit| Pair::alone(unit.clone(), Relation::Extra))).collect();
    }
    let parts = [source, target].map(sentences);
    let more = |a: Range<usize>, b: Range<usize>| structure(&source[a], &target[b]);
    let mut beads = engine::blocks(reading, [&parts[0], &parts[1]], &kinds(), &more);
    let moved = reunite(&mut beads, source, target, reading);
    beads
        .into_iter()
        .map(|Scored { bead, score }| {
            let (a, b) = (&source[bead.source.clone()], &target[bead.target.clone()]);
            Pair {
                relation: Relation::of(&bead, moved.contains(&bead)),
                basis: basis(a, b),
                score,
                sources: a.to_vec(),
                targets: b.to_vec(),
            }
        })
        .collect()
}

/// The sentences of each unit, by their numbers in the reading.
fn sentences(units: &[Unit<'_>]) -> Vec<Range<usize>> {
    units.iter().map(|unit| unit.all.clone()).collect()
}

fn kinds() -> Vec<(usize, usize, f32)> {
    let pairs = KINDS.iter().map(|&(a, b, prior)| (a, b, prior.ln()));
    [(1, 0, ALONE), (0, 1, ALONE)].into_iter().chain(pairs).collect()
}

/// What speaks for or against a pair besides its words.
fn structure(source: &[Unit<'_>], target: &[Unit<'_>]) -> f32 {
    let ([a], [b]) = (source, target) else {
        let plain = |unit: &Unit<'_>| matches!(unit.kind, UnitKind::Paragraph | UnitKind::Item) && unit.id.is_none();
        let all = || source.iter().chain(target);
        let kind = source[0].kind;
        let fit = all().all(plain) && all().all(|unit| unit.kind.matches(&kind));
        return if fit { 0.0 } else { f32::NEG_INFINITY };
    };
    if !a.kind.matches(&b.kind) {
        return f32::NEG_INFINITY;
    }
    let id = match (a.id, b.id) {
        (Some(x), Some(y)) if x == y => SAME_ID,
        (Some(_), Some(_)) => OTHER_ID,
        _ => 0.0,
    };
    let level = match (a.kind, b.kind) {
        (UnitKind::Heading(x), UnitKind::Heading(y)) => -LEVEL * f32::from(x.abs_diff(y)),
        _ => 0.0,
    };
    let shown = if a.shown.is_some() && a.shown == b.shown { SAME_SHOWN } else { 0.0 };
    id + level + shown
}

fn basis(source: &[Unit<'_>], target: &[Unit<'_>]) -> Basis {
    let same = source.len() == target.len() && source.iter().zip(target).all(|(a, b)| same_text(a, b));
    let empty = source.iter().all(is_empty);
    match (source, target) {
        ([], _) | (_, []) => Basis::Nothing,
        ([a], [b]) if a.id.is_some() && a.id == b.id => Basis::Id,
        ([a], [b]) if a.shown.is_some() && a.shown == b.shown => Basis::Same,
        _ if same && !empty => Basis::Same,
        _ if empty => Basis::Place,
        _ => Basis::Words,
    }
}

/// Whether two units say the same in the same words.
fn same_text(a: &Unit<'_>, b: &Unit<'_>) -> bool {
    a.text == b.text
        && a.children.len() == b.children.len()
        && a.children.iter().zip(&b.children).all(|(a, b)| same_text(a, b))
}

fn is_empty(unit: &Unit<'_>) -> bool {
    unit.text.trim().is_empty() && unit.children.iter().all(is_empty)
}

/// Joins units that were left over on both sides and belong together, and gives their beads: they were moved.
fn reunite(beads: &mut Vec<Scored>, source: &[Unit<'_>], target: &[Unit<'_>], reading: &Reading) -> Vec<Bead> {
    let left = |side: fn(&Bead) -> &Range<usize>, other: fn(&Bead) -> &Range<usize>| -> Vec<usize> {
        beads.iter().filter(|s| other(&s.bead).is_empty()).flat_map(|s| side(&s.bead).clone()).collect()
    };
    let (lost, odd) = (left(|bead| &bead.source, |bead| &bead.target), left(|bead| &bead.target, |bead| &bead.source));
    if lost.is_empty() || odd.is_empty() || lost.len() * odd.len() > LEFTOVER {
        return Vec::new();
    }
    let pick = |units: &[Unit<'_>], chosen: &[usize]| -> Vec<Range<usize>> {
        chosen.iter().map(|&at| units[at].all.clone()).collect()
    };
    let words = engine::every_pair(reading, [&pick(source, &lost), &pick(target, &odd)]);
    let mut offers: Vec<(f32, usize, usize)> = Vec::new();
    for (x, &i) in lost.iter().enumerate() {
        for (y, &j) in odd.iter().enumerate() {
            let score = words[x][y] + structure(&source[i..=i], &target[j..=j]);
            if score > MOVED {
                offers.push((score, i, j));
            }
        }
    }
    offers.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut moved: Vec<Bead> = Vec::new();
    for (score, i, j) in offers {
        if moved.iter().any(|bead| bead.source.start == i || bead.target.start == j) {
            continue;
        }
        beads.retain(|s| s.bead.is_pair() || s.bead.target.is_empty() || s.bead.target.start != j);
        let here = beads.iter_mut().find(|s| !s.bead.is_pair() && s.bead.source.contains(&i));
        let here = here.expect("what is left over stands alone");
        *here = Scored { bead: Bead { source: i..i + 1, target: j..j + 1 }, score: 1.0 / (1.0 + (-score).exp()) };
        moved.push(here.bead.clone());
    }
    moved
}
