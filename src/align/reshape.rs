//! Text that stands in another form in the translation: items of a list beside paragraphs, a quotation beside plain text, a
//! heading beside a line in bold. Where units of both languages are left over between the same neighbours, the texts in them
//! are paired whatever holds them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::blocks::{self, OTHER_ID, SAME_ID, SAME_SHOWN};
use super::engine::{self, Bead, BeadKind, Bitext, Scored};
use super::unit::{Unit, UnitKind};
use super::{Basis, Pair, Relation};
use crate::maths;
use crate::model::{Inline, InlineKind};

/// What it costs that one text is a heading, say, and the other a paragraph.
const OTHER_KIND: f32 = -1.0;
/// The most items that are lines of one paragraph, and the prior probability of more than three.
const LINES: usize = 6;
const MANY_LINES: f32 = 0.00001;

/// Pairs the texts inside units without a counterpart. A unit of which a part has a counterpart then has a pair of its own
/// that rests on [`Basis::Parts`], and the units inside it have theirs. Pairs stay in the order of the source.
pub(super) fn pair<'a>(pairs: Vec<Pair<'a>>, bitext: &Bitext) -> Vec<Pair<'a>> {
    let mut found = Found::default();
    for [sources, targets] in gaps(&pairs).into_values() {
        if !sources.is_empty() && !targets.is_empty() {
            found.pair_texts(&sources, &targets, bitext);
        }
    }
    found.drop_chances(&pairs);
    if found.pairs.is_empty() {
        return pairs;
    }
    found.pair_holders(&pairs);
    let mut out = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match (&pair.sources[..], &pair.targets[..]) {
            ([unit], []) => found.put(unit, Relation::Missing, pair.score, &mut out),
            ([], [unit]) => found.put(unit, Relation::Extra, pair.score, &mut out),
            _ => out.push(pair),
        }
    }
    out
}

/// The kinds of beads: those of blocks, and one paragraph beside the many items that are its lines in the other language.
fn kinds() -> Vec<BeadKind> {
    let mut kinds = blocks::kinds();
    for lines in 4..=LINES {
        kinds.push(BeadKind::new(1, lines, maths::ln(MANY_LINES)));
        kinds.push(BeadKind::new(lines, 1, maths::ln(MANY_LINES)));
    }
    kinds
}

/// The texts of both languages that are left over between the same two neighbours, by the number of these.
fn gaps<'a>(pairs: &[Pair<'a>]) -> BTreeMap<usize, [Vec<Unit<'a>>; 2]> {
    let anchors = anchors(pairs);
    let mut gaps: BTreeMap<usize, [Vec<Unit<'a>>; 2]> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| !pair.is_paired()) {
        let side = usize::from(pair.sources.is_empty());
        let mut found = Vec::new();
        pair.sources.iter().chain(&pair.targets).for_each(|unit| texts(unit, &mut found));
        for text in found {
            let gap = anchors.partition_point(|anchor| anchor[side] < text.number);
            gaps.entry(gap).or_default()[side].push(text);
        }
    }
    gaps
}

/// The numbers of the texts that have a counterpart in its order.
fn anchors(pairs: &[Pair<'_>]) -> Vec<[usize; 2]> {
    let mut moved: Vec<Range<usize>> = Vec::new();
    let mut anchors: Vec<[usize; 2]> = Vec::new();
    for pair in pairs {
        let (Some(source), Some(target)) = (pair.sources.last(), pair.targets.last()) else { continue };
        if pair.relation == Relation::Moved {
            moved.push(source.number..source.number + source.size());
        }
        let in_order = anchors.last().is_none_or(|last| last[1] < target.number);
        if in_order && is_text(source) && !moved.iter().any(|moved| moved.contains(&source.number)) {
            anchors.push([source.number, target.number]);
        }
    }
    anchors
}

/// The units in a unit that have text of their own, itself included. Titles and notes are never in another form.
fn texts<'a>(unit: &Unit<'a>, found: &mut Vec<Unit<'a>>) {
    if matches!(unit.kind, UnitKind::Meta(_) | UnitKind::Note) {
        return;
    }
    if is_text(unit) {
        found.push(unit.clone());
    }
    unit.children.iter().for_each(|child| texts(child, found));
}

/// Whether a unit has text or code of its own, or shows something. A figure shows what the block inside it shows.
fn is_text(unit: &Unit<'_>) -> bool {
    let code = unit.code.is_some() && !unit.runs.is_empty();
    !unit.own.is_empty() || code || unit.shown.is_some() && unit.kind != UnitKind::Figure
}

/// What speaks for or against a pair besides its words.
fn form<'a>(sources: &[Unit<'a>], targets: &[Unit<'a>]) -> f32 {
    let plain = |unit: &Unit<'_>| {
        let kind = matches!(unit.kind, UnitKind::Paragraph | UnitKind::Item);
        kind && unit.shown.is_none() && unit.code.is_none()
    };
    let ([a], [b]) = (sources, targets) else {
        let fits = sources.iter().chain(targets).all(|unit| plain(unit) && unit.id.is_none());
        return if fits { 0.0 } else { f32::NEG_INFINITY };
    };
    let id = match (a.id, b.id) {
        (Some(x), Some(y)) if x == y => SAME_ID,
        (Some(_), Some(_)) => OTHER_ID,
        _ => 0.0,
    };
    let same_kind = a.kind.matches(&b.kind);
    if !same_kind && (is_no_heading(a, b) || is_no_heading(b, a)) {
        return f32::NEG_INFINITY;
    }
    // Indented lines that read as prose are text beside text.
    let shown = |unit: &Unit<'a>| unit.shown.filter(|_| same_kind || unit.own.is_empty());
    match (shown(a).or(a.code), shown(b).or(b.code)) {
        (None, None) => id + if same_kind { 0.0 } else { OTHER_KIND },
        (Some(x), Some(y)) if same_kind && x == y => id + SAME_SHOWN,
        (Some(_), Some(_)) if same_kind && a.kind == UnitKind::Code => id,
        _ => f32::NEG_INFINITY,
    }
}

/// Whether one unit is a heading, and the other a text that is none in any form: a sentence, a line that announces what
/// follows it, or a link alone.
fn is_no_heading(heading: &Unit<'_>, other: &Unit<'_>) -> bool {
    let text = other.text.trim_end().trim_end_matches(['*', '_']);
    let stops = text.ends_with(['。', '.', '：', ':', '；', ';', '，', ',']);
    let linked = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        kind => matches!(kind, InlineKind::Link { .. }),
    };
    let link = !other.runs.is_empty() && other.runs.iter().all(|run| !run.is_empty() && run.iter().all(linked));
    matches!(heading.kind, UnitKind::Heading(_)) && (stops || link)
}

/// The pairs among what was left over, by the number of their first source.
#[derive(Default)]
struct Found<'a> {
    pairs: BTreeMap<usize, Pair<'a>>,
    /// The numbers of the units that stand in them.
    numbers: [BTreeSet<usize>; 2],
    /// For each source the number of the first unit that translates it.
    to: BTreeMap<usize, usize>,
}

impl<'a> Found<'a> {
    fn pair_texts(&mut self, sources: &[Unit<'a>], targets: &[Unit<'a>], bitext: &Bitext) {
        let runs = [sources, targets].map(|units| units.iter().map(|unit| unit.own.clone()).collect::<Vec<_>>());
        let structure = |bead: &Bead| form(&sources[bead.source.clone()], &targets[bead.target.clone()]);
        for Scored { bead, score } in engine::blocks(bitext, [&runs[0], &runs[1]], &kinds(), &structure) {
            if bead.is_pair() {
                let relation = Relation::of(&bead, false);
                self.add(&sources[bead.source], &targets[bead.target], relation, score);
            }
        }
    }

    fn add(&mut self, sources: &[Unit<'a>], targets: &[Unit<'a>], relation: Relation, score: f32) {
        let ([first, ..], [translation, ..]) = (sources, targets) else { return };
        self.numbers[0].extend(sources.iter().map(|unit| unit.number));
        self.numbers[1].extend(targets.iter().map(|unit| unit.number));
        self.to.extend(sources.iter().map(|unit| (unit.number, translation.number)));
        let basis = blocks::basis(sources, targets);
        let pair = Pair { sources: sources.to_vec(), targets: targets.to_vec(), relation, basis, score };
        self.pairs.insert(first.number, pair);
    }

    /// Drops what was paired in a unit most of whose text has no counterpart: that is one lost unit, not many lost parts.
    fn drop_chances(&mut self, pairs: &[Pair<'a>]) {
        let mut lost: [Vec<Range<usize>>; 2] = [Vec::new(), Vec::new()];
        for pair in pairs.iter().filter(|pair| !pair.is_paired()) {
            let side = usize::from(pair.sources.is_empty());
            for unit in pair.sources.iter().chain(&pair.targets) {
                let mut inside = Vec::new();
                texts(unit, &mut inside);
                let letters = |unit: &Unit<'_>| 1 + unit.text.chars().count();
                let all: usize = inside.iter().map(letters).sum();
                inside.retain(|text| self.numbers[side].contains(&text.number));
                if 2 * inside.iter().map(letters).sum::<usize>() < all {
                    lost[side].push(unit.number..unit.number + unit.size());
                }
            }
        }
        // Units without a counterpart stand apart.
        lost.iter_mut().for_each(|lost| lost.sort_unstable_by_key(|lost| lost.start));
        let is_lost = |number: usize, side: usize| {
            let begun = lost[side].partition_point(|lost| lost.start <= number);
            begun.checked_sub(1).is_some_and(|last| lost[side][last].contains(&number))
        };
        let in_lost = |units: &[Unit<'_>], side: usize| units.iter().any(|unit| is_lost(unit.number, side));
        let kept = std::mem::take(self).pairs;
        for pair in kept.into_values().filter(|pair| !in_lost(&pair.sources, 0) && !in_lost(&pair.targets, 1)) {
            self.add(&pair.sources, &pair.targets, pair.relation, pair.score);
        }
    }

    /// Pairs lists with lists, items with items and quotations with quotations where the first texts in them are paired.
    fn pair_holders(&mut self, pairs: &[Pair<'a>]) {
        let mut targets: BTreeMap<usize, Vec<Unit<'a>>> = BTreeMap::new();
        for (target, first) in self.holders(pairs, 1) {
            targets.entry(first).or_default().push(target);
        }
        for (source, first) in self.holders(pairs, 0).into_iter().rev() {
            let Some(targets) = self.to.get(&first).and_then(|wanted| targets.get_mut(wanted)) else { continue };
            if let Some(at) = targets.iter().rposition(|target| target.kind.matches(&source.kind)) {
                let target = targets.remove(at);
                self.add(&[source], &[target], Relation::Equal, 1.0);
            }
        }
    }

    /// The units of a side that hold paired texts and have no counterpart, in reading order, each with the first of these texts.
    fn holders(&self, pairs: &[Pair<'a>], side: usize) -> Vec<(Unit<'a>, usize)> {
        let mut found = Vec::new();
        for pair in pairs.iter().filter(|pair| !pair.is_paired()) {
            let units = if side == 0 { &pair.sources } else { &pair.targets };
            units.iter().for_each(|unit| self.gather_holders(unit, side, &mut found));
        }
        found
    }

    fn gather_holders(&self, unit: &Unit<'a>, side: usize, found: &mut Vec<(Unit<'a>, usize)>) {
        let Some(first) = self.first_inside(unit, side) else { return };
        if !self.numbers[side].contains(&unit.number) {
            found.push((unit.clone(), first));
        }
        unit.children.iter().for_each(|child| self.gather_holders(child, side, found));
    }

    /// The first paired unit inside a unit.
    fn first_inside(&self, unit: &Unit<'_>, side: usize) -> Option<usize> {
        self.numbers[side].range(unit.number + 1..unit.number + unit.size()).next().copied()
    }

    /// Adds the pairs of a unit that was left over, and of what is inside it.
    fn put(&self, unit: &Unit<'a>, relation: Relation, score: f32, out: &mut Vec<Pair<'a>>) {
        let side = usize::from(relation == Relation::Extra);
        let inside = self.first_inside(unit, side).is_some();
        let paired = self.numbers[side].contains(&unit.number);
        if !paired {
            let basis = if inside { Basis::Parts } else { Basis::Nothing };
            out.push(Pair { basis, score, ..Pair::unaligned(unit.clone(), relation) });
        } else if let Some(pair) = self.pairs.get(&unit.number).filter(|_| side == 0) {
            out.push(pair.clone());
        }
        if paired || inside {
            unit.children.iter().for_each(|child| self.put(child, relation, score, out));
        }
    }
}
