//! Pairs the units of a chapter: by id, by structure, by what is the same in both, and by words; then the units inside them.

use std::ops::Range;

use super::engine::{self, Bead, Scored, Texts};
use super::lexicon::Lexicon;
use super::unit::{Unit, UnitKind};
use super::{Basis, Pair, Relation};

/// What a pair gains for the same id, loses for different ones, and gains for the same code, formula or picture.
const SAME_ID: f32 = 20.0;
const OTHER_ID: f32 = -6.0;
const SAME_SHOWN: f32 = 8.0;
/// What a level between two headings costs.
const LEVEL: f32 = 0.8;
/// Least evidence for a pair that stands out of order.
const MOVED: f32 = 2.0;
/// Most pairs of leftover units that are compared.
const LEFTOVER: usize = 40_000;
/// Kinds of beads of blocks with their prior probabilities.
const KINDS: [(usize, usize, f32); 5] = [(1, 1, 0.94), (1, 2, 0.002), (2, 1, 0.002), (1, 3, 0.00001), (3, 1, 0.00001)];

/// Pairs two lists of units and what is inside them. Every unit of both stands in one pair, or inside an unpaired unit
/// that does. Pairs come in the order of the source.
pub(super) fn pair<'a>(source: &[Unit<'a>], target: &[Unit<'a>], lexicon: &Lexicon) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    for pair in siblings(source, target, lexicon) {
        let children = match (pair.sources.is_empty(), pair.targets.is_empty()) {
            (false, false) => {
                let inside =
                    |units: &[Unit<'a>]| units.iter().flat_map(|unit| unit.children.clone()).collect::<Vec<_>>();
                self::pair(&inside(&pair.sources), &inside(&pair.targets), lexicon)
            }
            _ => Vec::new(),
        };
        found.push(pair);
        found.extend(children);
    }
    found
}

fn siblings<'a>(source: &[Unit<'a>], target: &[Unit<'a>], lexicon: &Lexicon) -> Vec<Pair<'a>> {
    let (Some(first), Some(other)) = (source.first(), target.first()) else {
        let missing = source.iter().map(|unit| Pair::alone(unit.clone(), Relation::Missing));
        return missing.chain(target.iter().map(|unit| Pair::alone(unit.clone(), Relation::Extra))).collect();
    };
    let texts = [source, target].map(|units| units.iter().map(Unit::full_text).collect::<Vec<String>>());
    let items = texts.each_ref().map(|texts| texts.iter().map(String::as_str).collect::<Vec<&str>>());
    let texts = Texts { items: [&items[0], &items[1]], langs: [first.lang, other.lang], lexicon };
    let more = |a: Range<usize>, b: Range<usize>| structure(&source[a], &target[b]);
    let mut beads = engine::beads(texts, engine::BLOCKS, &kinds, &more);
    let moved = reunite(&mut beads, source, target, texts);
    beads
        .into_iter()
        .map(|Scored { bead, score }| {
            let (a, b) = (&source[bead.source.clone()], &target[bead.target.clone()]);
            let same_text = items[0][bead.source.clone()] == items[1][bead.target.clone()];
            Pair {
                relation: Relation::of(&bead, moved.contains(&bead)),
                basis: basis(a, b, same_text, items[0][bead.source].iter().all(|text| text.trim().is_empty())),
                score,
                sources: a.to_vec(),
                targets: b.to_vec(),
            }
        })
        .collect()
}

fn kinds(alone: f32) -> Vec<(usize, usize, f32)> {
    let pairs = KINDS.iter().map(|&(a, b, prior)| (a, b, prior.ln()));
    [(1, 0, alone), (0, 1, alone)].into_iter().chain(pairs).collect()
}

/// What speaks for or against a pair besides its words.
fn structure(source: &[Unit<'_>], target: &[Unit<'_>]) -> f32 {
    let ([a], [b]) = (source, target) else {
        let plain =
            |unit: &Unit<'_>| matches!(unit.kind, UnitKind::Block("paragraph") | UnitKind::Item) && unit.id.is_none();
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

fn basis(source: &[Unit<'_>], target: &[Unit<'_>], same_text: bool, empty: bool) -> Basis {
    match (source, target) {
        ([], _) | (_, []) => Basis::Nothing,
        ([a], [b]) if a.id.is_some() && a.id == b.id => Basis::Id,
        ([a], [b]) if a.shown.is_some() && a.shown == b.shown => Basis::Same,
        _ if same_text && !empty => Basis::Same,
        _ if empty => Basis::Place,
        _ => Basis::Words,
    }
}

/// Joins units that were left over on both sides and belong together, and gives their beads: they were moved.
fn reunite(beads: &mut Vec<Scored>, source: &[Unit<'_>], target: &[Unit<'_>], texts: Texts<'_>) -> Vec<Bead> {
    let left = |side: fn(&Bead) -> &Range<usize>, other: fn(&Bead) -> &Range<usize>| -> Vec<usize> {
        beads.iter().filter(|s| other(&s.bead).is_empty()).flat_map(|s| side(&s.bead).clone()).collect()
    };
    let (lost, odd) = (left(|bead| &bead.source, |bead| &bead.target), left(|bead| &bead.target, |bead| &bead.source));
    if lost.is_empty() || odd.is_empty() || lost.len() * odd.len() > LEFTOVER {
        return Vec::new();
    }
    let pick = |side: usize, chosen: &[usize]| chosen.iter().map(|&at| texts.items[side][at]).collect::<Vec<&str>>();
    let (a, b) = (pick(0, &lost), pick(1, &odd));
    let words = engine::every_pair(Texts { items: [&a, &b], ..texts });
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
