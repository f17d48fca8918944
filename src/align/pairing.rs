//! Pairs two lists of units by dynamic programming, then the children of each pair.

use super::Pair;
use super::number::{Number, numbers};
use super::unit::{Unit, UnitKind};

/// Cost of leaving a unit without a partner.
const GAP: f32 = 1.0;

/// How far from the diagonal a pair may lie, beyond the difference in length of the lists: keeps time and memory
/// linear in very long chapters.
const BAND: usize = 400;

/// Pairs two lists. Every unit of both stands in exactly one pair, or inside an unpaired unit that does.
pub(super) fn pair<'a>(source: &[Unit<'a>], target: &[Unit<'a>]) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for (i, j) in path(source, target) {
        let pair = Pair { source: i.map(|i| source[i].clone()), target: j.map(|j| target[j].clone()) };
        let children = match (&pair.source, &pair.target) {
            (Some(a), Some(b)) => super::pairing::pair(&a.children, &b.children),
            _ => Vec::new(),
        };
        pairs.push(pair);
        pairs.extend(children);
    }
    pairs
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Both,
    Source,
    Target,
}

/// The cheapest way through both lists, in order.
fn path(source: &[Unit<'_>], target: &[Unit<'_>]) -> Vec<(Option<usize>, Option<usize>)> {
    let (n, m) = (source.len(), target.len());
    let evidence_a: Vec<Evidence> = source.iter().map(Evidence::of).collect();
    let evidence_b: Vec<Evidence> = target.iter().map(Evidence::of).collect();
    let width = BAND + n.abs_diff(m);
    let low = |i: usize| i.saturating_sub(width).min(m);
    let high = |i: usize| (i + width).min(m);
    let mut steps: Vec<Vec<Step>> = Vec::with_capacity(n + 1);
    let mut previous: Vec<f32> = Vec::new();
    for i in 0..=n {
        let (from, to) = (low(i), high(i));
        let mut row = Vec::with_capacity(to - from + 1);
        let mut row_steps = Vec::with_capacity(to - from + 1);
        let above = |j: usize| {
            let start = low(i.saturating_sub(1));
            if i == 0 || j < start { f32::INFINITY } else { previous.get(j - start).copied().unwrap_or(f32::INFINITY) }
        };
        for j in from..=to {
            let both = if i > 0 && j > 0 {
                above(j - 1) + cost(&source[i - 1], &target[j - 1], &evidence_a[i - 1], &evidence_b[j - 1])
            } else {
                f32::INFINITY
            };
            let left = if j > from { row[j - 1 - from] } else { f32::INFINITY };
            let best = [(both, Step::Both), (above(j) + GAP, Step::Source), (left + GAP, Step::Target)]
                .into_iter()
                .reduce(|best, next| if next.0 < best.0 { next } else { best })
                .expect("three candidates");
            row.push(if i == 0 && j == 0 { 0.0 } else { best.0 });
            row_steps.push(best.1);
        }
        previous = row;
        steps.push(row_steps);
    }
    trace(n, m, |i, j| steps[i][j - low(i)])
}

fn trace(n: usize, m: usize, step: impl Fn(usize, usize) -> Step) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut i, mut j) = (n, m);
    let mut path = Vec::with_capacity(n.max(m));
    while i > 0 || j > 0 {
        let taken = if i == 0 {
            Step::Target
        } else if j == 0 {
            Step::Source
        } else {
            step(i, j)
        };
        path.push(match taken {
            Step::Both => (Some(i - 1), Some(j - 1)),
            Step::Source => (Some(i - 1), None),
            Step::Target => (None, Some(j - 1)),
        });
        i -= usize::from(taken != Step::Target);
        j -= usize::from(taken != Step::Source);
    }
    path.reverse();
    path
}

/// What speaks for or against a pair, besides kind and id.
struct Evidence {
    /// Length in a unit that is about equal for a Chinese text and its translation.
    length: f32,
    numbers: Vec<Number>,
}

impl Evidence {
    fn of(unit: &Unit<'_>) -> Self {
        let text = unit.full_text();
        let letters = text.chars().filter(|c| !c.is_whitespace()).count() as f32;
        // A Chinese character says about as much as 2.8 Latin letters (measured on licensed parallel books).
        let length = if unit.lang.is_chinese() { letters * 2.8 } else { letters };
        let numbers = numbers(&text, unit.lang).into_iter().filter(Number::accuses).collect();
        Self { length, numbers }
    }
}

/// Cost of taking two units for translations of each other; twice [`GAP`] or more means rather not.
fn cost(a: &Unit<'_>, b: &Unit<'_>, ea: &Evidence, eb: &Evidence) -> f32 {
    if !a.kind.matches(&b.kind) {
        return f32::INFINITY;
    }
    let id = match (a.id, b.id) {
        (Some(x), Some(y)) if x == y => return 0.0,
        (Some(_), Some(_)) => 1.2,
        _ => 0.0,
    };
    let level = match (a.kind, b.kind) {
        (UnitKind::Heading(x), UnitKind::Heading(y)) => 0.4 * f32::from(x.abs_diff(y)),
        _ => 0.0,
    };
    let ratio = ((ea.length + 10.0) / (eb.length + 10.0)).ln().abs();
    let shared = ea.numbers.iter().filter(|x| eb.numbers.iter().any(|y| x.same_value(y))).count() as f32;
    let all = ea.numbers.len().max(eb.numbers.len()) as f32;
    let numbers = if all > 0.0 { 0.5 - shared / all } else { 0.0 };
    // Capped below two gaps: blocks of one kind at the same place are one block, however freely translated,
    // unless a better partner is at hand.
    (0.3 + id + level + (0.6 * ratio).min(1.2) + 0.5 * numbers).clamp(0.05, 1.9 + id)
}
