//! Comparing the contents of paired units: code, links, pictures, notes. A move is not a change.

use std::collections::BTreeMap;

use super::Context;
use super::moved::moved_far;
use crate::align::{Pair, Unit, UnitKind};
use crate::message::Message;
use crate::model::{Inline, walk};
use crate::source::Span;

/// Something that must be in both languages.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its place.
    pub(super) span: Span,
    /// What must be equal.
    pub(super) key: String,
    /// How a message names it.
    pub(super) shown: Message,
}

impl Item {
    /// An item that messages name by what must be equal.
    pub(super) fn of(span: Span, key: String) -> Self {
        Self { span, shown: Message::data(key.as_str()), key }
    }
}

/// What only one language has; at least one of the two items is present.
#[derive(Debug, Clone)]
pub(super) struct Change<'a> {
    /// The paired units.
    pub(super) sources: &'a [Unit<'a>],
    pub(super) targets: &'a [Unit<'a>],
    /// What only the source has.
    pub(super) lost: Option<Item>,
    /// What only the translation has, perhaps instead of it.
    pub(super) extra: Option<Item>,
}

impl Change<'_> {
    /// Where the translation is at fault: the extra item, or the unit that lacks one.
    pub(super) fn place(&self) -> Span {
        self.extra.as_ref().map_or(self.targets[0].span, |extra| extra.span)
    }

    /// What it is compared with.
    pub(super) fn other(&self) -> Span {
        self.lost.as_ref().map_or(self.sources[0].span, |lost| lost.span)
    }
}

/// The number of pairs of units over which a thing may move with its sentence.
const NEAR: usize = 1;

/// What changed, and the number of items of the source that did not.
pub(super) struct Compared<'a> {
    pub(super) changes: Vec<Change<'a>>,
    pub(super) kept: BTreeMap<String, usize>,
}

impl Compared<'_> {
    /// The number of items that did not change.
    pub(super) fn all_kept(&self) -> usize {
        self.kept.values().sum()
    }
}

/// The most often that something may occur in a chapter and still be taken for moved; what occurs everywhere is lost here
/// and added there.
const RARE: usize = 4;

/// What is left over in one pair of units.
struct Left<'a> {
    /// Its number among those that do not only hold others.
    pair: usize,
    sources: &'a [Unit<'a>],
    targets: &'a [Unit<'a>],
    lost: Vec<Item>,
    extra: Vec<Item>,
}

/// Every change of the items that `read` finds in a unit. With `any`, two that have nothing in common can be one changed.
pub(super) fn changes<'a>(
    context: &'a Context<'a>,
    read: &dyn Fn(&'a Unit<'a>) -> Vec<Item>,
    any: bool,
) -> Compared<'a> {
    let (mut changes, mut kept) = (Vec::new(), BTreeMap::new());
    for chapter in &context.alignment.chapters {
        let mut left = Vec::new();
        let mut there: BTreeMap<String, usize> = BTreeMap::new();
        // What only holds others, as an item of a list does, keeps no two texts apart.
        let bare = |unit: &Unit<'_>| unit.runs.is_empty() && unit.shown.is_none() && unit.kind != UnitKind::Code;
        let holds = |pair: &Pair<'_>| pair.sources.iter().chain(&pair.targets).all(bare);
        let mut texts = 0;
        for (at, found) in chapter.pairs.iter().enumerate() {
            texts += usize::from(!holds(found));
            if found.sources.is_empty() || found.targets.is_empty() || moved_far(chapter, at) {
                continue;
            }
            let (sources, targets) = (&found.sources[..], &found.targets[..]);
            let (theirs, ours) = (items(context, sources, read), items(context, targets, read));
            let (mut lost, mut extra) = (surplus(&theirs, &ours), surplus(&ours, &theirs));
            for item in theirs.iter().chain(&ours) {
                *there.entry(item.key.clone()).or_default() += 1;
            }
            for item in &theirs {
                *kept.entry(item.key.clone()).or_default() += 1;
            }
            for item in &lost {
                *kept.entry(item.key.clone()).or_default() -= 1;
            }
            lost.retain(|item| !context.is_excused(item.span));
            extra.retain(|item| !context.is_excused(item.span));
            left.push(Left { pair: texts, sources, targets, lost, extra });
        }
        forgive_moves(&mut left, &there);
        for left in left {
            pair_up(left, any, &mut changes);
        }
    }
    Compared { changes, kept }
}

/// The items of some units. Those in text that is missing or extra as a whole come last, so that the others are matched
/// before them.
fn items<'a>(context: &Context<'_>, units: &'a [Unit<'a>], read: &dyn Fn(&'a Unit<'a>) -> Vec<Item>) -> Vec<Item> {
    let mut items: Vec<Item> = units.iter().flat_map(read).collect();
    items.sort_by_cached_key(|item| context.is_excused(item.span));
    items
}

/// The items that others have not, or less often.
fn surplus(items: &[Item], others: &[Item]) -> Vec<Item> {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for other in others {
        *there.entry(&other.key).or_default() += 1;
    }
    let mut surplus = Vec::new();
    for item in items {
        match there.get_mut(item.key.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => surplus.push(item.clone()),
        }
    }
    surplus
}

/// Forgives a thing that is missing in one pair and extra in a near one: it moved with its sentence.
fn forgive_moves(left: &mut [Left<'_>], there: &BTreeMap<String, usize>) {
    for at in 0..left.len() {
        let mut lost = std::mem::take(&mut left[at].lost);
        lost.retain(|item| {
            if there.get(&item.key).is_some_and(|count| *count > RARE) {
                return true;
            }
            let near = |other: &Left<'_>| other.pair.abs_diff(left[at].pair) <= NEAR;
            let before = (0..at).rev().take_while(|&other| near(&left[other]));
            let found = before
                .chain((at + 1..left.len()).take_while(|&other| near(&left[other])))
                .find_map(|other| Some((other, left[other].extra.iter().position(|extra| extra.key == item.key)?)));
            if let Some((other, extra)) = found {
                left[other].extra.remove(extra);
            }
            found.is_none()
        });
        left[at].lost = lost;
    }
}

fn pair_up<'a>(left: Left<'a>, any: bool, changes: &mut Vec<Change<'a>>) {
    let Left { sources, targets, lost, mut extra, .. } = left;
    let mut alone = Vec::new();
    for item in lost {
        let near = extra.iter().enumerate().filter(|(_, other)| alike(&item.key, &other.key));
        match near.min_by_key(|(_, other)| strsim::levenshtein(&item.key, &other.key)).map(|(at, _)| at) {
            Some(at) => {
                let extra = Some(extra.remove(at));
                changes.push(Change { sources, targets, lost: Some(item), extra });
            }
            None => alone.push(item),
        }
    }
    for item in alone {
        // Two ids are one reference that leads to another place.
        let id = |item: &Item| item.key.starts_with('#');
        let at = extra.iter().position(|other| any || id(&item) && id(other));
        let extra = at.map(|at| extra.remove(at));
        changes.push(Change { sources, targets, lost: Some(item), extra });
    }
    changes.extend(extra.into_iter().map(|extra| Change { sources, targets, lost: None, extra: Some(extra) }));
}

/// Whether one may be a slip for the other.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let longest = a.chars().count().max(b.chars().count());
    a.chars().count().abs_diff(b.chars().count()) * 3 <= longest && strsim::levenshtein(a, b) * 3 <= longest
}

/// Calls `visit` for every inline of a unit's own text, parents before children.
pub(super) fn inlines<'a>(unit: &Unit<'a>, visit: &mut dyn FnMut(&'a Inline)) {
    for run in &unit.runs {
        walk::inlines(run, visit);
    }
}
