//! Pairs the units of a chapter: by id, by structure, by what is the same in both, and by words; then the units inside them.

use std::ops::Range;

use super::engine::{self, Bead, BeadKind, Bitext, Scored};
use super::unit::{Unit, UnitKind};
use super::{Basis, Pair, Relation};
use crate::lang::person;
use crate::maths;
use crate::model::{Inline, text};

/// What a pair gains for the same id, loses for different ones, and gains for the same code, formula or picture.
pub(super) const SAME_ID: f32 = 20.0;
pub(super) const OTHER_ID: f32 = -6.0;
pub(super) const SAME_SHOWN: f32 = 8.0;
/// What a pair gains for each character where both say the same in the same words, as a translation does that is not begun: more
/// than words of one language lose that stand beside themselves.
const SAME_TEXT: f32 = 4.0;
/// What a pair gains for the same number at its head.
const SAME_LABEL: f32 = 3.0;
/// What a pair gains for the same name of a person, spelled in Latin letters.
const SAME_NAME: f32 = 6.0;
/// The characters from which the same text in both languages is no accident.
const MUCH: usize = 12;
/// What a level between two headings costs.
const LEVEL: f32 = 0.8;
/// Least evidence for a pair that stands out of order.
const MIN_MOVED: f32 = 1.0;
/// Most pairs of leftover units that are compared.
const MAX_CANDIDATES: usize = 40_000;
/// What a unit without a counterpart costs.
const UNALIGNED: f32 = -3.5;
/// Kinds of beads of blocks with their prior probabilities.
const PRIORS: [(usize, usize, f32); 5] = [(1, 1, 0.94), (1, 2, 0.002), (2, 1, 0.002), (1, 3, 0.00001), (3, 1, 0.00001)];

/// Pairs two lists of units and what is inside them. Every unit of both stands in one pair, or inside an unpaired unit
/// that does. Pairs come in the order of the source.
pub(super) fn pair<'a>(source: &[Unit<'a>], target: &[Unit<'a>], bitext: &Bitext) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    for sibling in siblings(source, target, bitext) {
        let inner = if sibling.sources.is_empty() || sibling.targets.is_empty() {
            Vec::new()
        } else {
            pair(&children(&sibling.sources), &children(&sibling.targets), bitext)
        };
        found.push(sibling);
        found.extend(inner);
    }
    found
}

fn children<'a>(units: &[Unit<'a>]) -> Vec<Unit<'a>> {
    units.iter().flat_map(|unit| unit.children.iter().cloned()).collect()
}

fn siblings<'a>(source: &[Unit<'a>], target: &[Unit<'a>], bitext: &Bitext) -> Vec<Pair<'a>> {
    if source.is_empty() || target.is_empty() {
        let missing = source.iter().map(|unit| Pair::unaligned(unit.clone(), Relation::Missing));
        return missing.chain(target.iter().map(|unit| Pair::unaligned(unit.clone(), Relation::Extra))).collect();
    }
    let runs = [source, target].map(|units| units.iter().map(|unit| unit.all.clone()).collect::<Vec<_>>());
    let structure = |bead: &Bead| structure(&source[bead.source.clone()], &target[bead.target.clone()]);
    let mut beads = engine::blocks(bitext, [&runs[0], &runs[1]], &kinds(), &structure);
    let moved = pair_moved(&mut beads, source, target, bitext);
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

/// The kinds of beads of blocks.
pub(super) fn kinds() -> Vec<BeadKind> {
    let mut kinds = vec![BeadKind::new(1, 0, UNALIGNED), BeadKind::new(0, 1, UNALIGNED)];
    kinds.extend(PRIORS.map(|(a, b, prior)| BeadKind::new(a, b, maths::ln(prior))));
    kinds
}

/// What speaks for or against a pair besides its words.
fn structure(source: &[Unit<'_>], target: &[Unit<'_>]) -> f32 {
    let ([a], [b]) = (source, target) else {
        let kind = source[0].kind;
        let fits = source.iter().chain(target).all(|unit| may_split(unit) && unit.kind.matches(&kind));
        return if fits { 0.0 } else { f32::NEG_INFINITY };
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
    let same = a.shown.is_some() && a.shown == b.shown || a.code.is_some() && a.code == b.code;
    let shown = if same { SAME_SHOWN } else { 0.0 };
    let words = if is_begun(a, b) && says_much(a) { SAME_TEXT * length(a) } else { 0.0 };
    let label = if label(&a.text).is_some_and(|text| label(&b.text) == Some(text)) { SAME_LABEL } else { 0.0 };
    let name = if person::is_spelled_alike(&a.romanised, &b.romanised) { SAME_NAME } else { 0.0 };
    id + level + shown + words + label + name
}

/// Whether a unit is the translation of another before it is translated: it has its words, or its mark says them.
fn is_begun(a: &Unit<'_>, b: &Unit<'_>) -> bool {
    let own =
        a.text == b.text || b.said.is_some_and(|said| letters(said).eq(a.runs.iter().flat_map(|run| letters_of(run))));
    own && a.children.len() == b.children.len() && a.children.iter().zip(&b.children).all(|(a, b)| is_begun(a, b))
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}

fn letters_of(run: &[Inline]) -> Vec<char> {
    letters(&text::plain(run)).collect()
}

/// Whether a unit, or one inside it, says more than a name or a number.
fn says_much(unit: &Unit<'_>) -> bool {
    unit.text.chars().nth(MUCH).is_some() || unit.children.iter().any(says_much)
}

/// How many characters a unit has with those inside it.
fn length(unit: &Unit<'_>) -> f32 {
    let own = f32::from(u16::try_from(unit.text.chars().count()).unwrap_or(u16::MAX));
    own + unit.children.iter().map(length).sum::<f32>()
}

/// The number that a text begins with, as a verse or a section does. A year or a sum is none.
fn label(text: &str) -> Option<&str> {
    let text = text.trim_start();
    // Asked of each pair that may be one: most texts begin with a letter.
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let ends = !text[end..].starts_with([',', '%', '-', '–']);
    (ends && number.split('.').all(|part| (1..=3).contains(&part.len()))).then_some(number)
}

/// Whether a unit may be merged with others or split.
fn may_split(unit: &Unit<'_>) -> bool {
    matches!(unit.kind, UnitKind::Paragraph | UnitKind::Item) && unit.id.is_none()
}

pub(super) fn basis(source: &[Unit<'_>], target: &[Unit<'_>]) -> Basis {
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

/// Pairs units that were left over on both sides and belong together, and gives their beads: they were moved.
fn pair_moved(beads: &mut Vec<Scored>, source: &[Unit<'_>], target: &[Unit<'_>], bitext: &Bitext) -> Vec<Bead> {
    let mut moved: Vec<Bead> = Vec::new();
    for (score, i, j) in candidates(beads, source, target, bitext) {
        if moved.iter().any(|bead| bead.source.start == i || bead.target.start == j) {
            continue;
        }
        beads.retain(|s| s.bead.is_pair() || s.bead.target.is_empty() || s.bead.target.start != j);
        let missing = beads.iter_mut().find(|s| !s.bead.is_pair() && s.bead.source.contains(&i));
        let missing = missing.expect("what is left over stands alone");
        let bead = Bead { source: i..i + 1, target: j..j + 1 };
        *missing = Scored { bead: bead.clone(), score: 1.0 / (1.0 + maths::exp(-score)) };
        moved.push(bead);
    }
    moved
}

/// The pairs of units left over on both sides that may belong together, the best first, each with its evidence.
fn candidates(beads: &[Scored], source: &[Unit<'_>], target: &[Unit<'_>], bitext: &Bitext) -> Vec<(f32, usize, usize)> {
    let (mut missing, mut extra) = (Vec::new(), Vec::new());
    for Scored { bead, .. } in beads.iter().filter(|scored| !scored.bead.is_pair()) {
        missing.extend(bead.source.clone());
        extra.extend(bead.target.clone());
    }
    if missing.is_empty() || extra.is_empty() || missing.len() * extra.len() > MAX_CANDIDATES {
        return Vec::new();
    }
    let missing_runs: Vec<Range<usize>> = missing.iter().map(|&i| source[i].all.clone()).collect();
    let extra_runs: Vec<Range<usize>> = extra.iter().map(|&j| target[j].all.clone()).collect();
    let words = engine::pair_scores(bitext, [&missing_runs, &extra_runs]);
    let mut candidates: Vec<(f32, usize, usize)> = Vec::new();
    for (&i, words) in missing.iter().zip(&words) {
        for (&j, words) in extra.iter().zip(words) {
            let score = words + structure(&source[i..=i], &target[j..=j]);
            if score > MIN_MOVED {
                candidates.push((score, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    candidates
}
