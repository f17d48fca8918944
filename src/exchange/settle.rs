//! Makes changes of a chapter that mean what they should.
//!
//! **Law:** the chapter with all changes is parsed again; every place that was changed says what was meant, with the codes that
//! were meant, and every other place says what it said before. A change of which no way of writing it keeps the law is not made.

use std::collections::HashMap;
use std::ops::Range;

use super::marks;
use super::slots::{self, Slot};
use super::unit::{CodeKind, Piece};
use crate::align::units_of;
use crate::manuscript::Reading;

/// What a code does: its kind and its key.
pub(super) type Does = (CodeKind, String);

/// A text as it is compared.
pub(super) type Essence = Vec<Piece<Does>>;

/// The essence of what a slot says.
pub(super) fn essence(slot: &Slot) -> Essence {
    marks::essence(&slot.marked, &mut |mark| (mark.kind, mark.key.clone()))
}

/// What a place is to say.
#[derive(Debug, Clone)]
pub(super) enum Meant {
    /// This.
    Exactly(Essence),
    /// What a person wrote in Markdown, if its codes are good.
    Typed(fn(&Essence, &Essence) -> bool, Essence),
}

impl Meant {
    fn is(&self, found: &Essence) -> bool {
        match self {
            Meant::Exactly(meant) => meant == found,
            Meant::Typed(good, source) => good(source, found),
        }
    }
}

/// A change that is wanted.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    /// The place of a slot in the text.
    pub(super) range: Range<usize>,
    /// How it may be written, the best first.
    pub(super) ways: Vec<String>,
    pub(super) meant: Meant,
}

/// A change that keeps the law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// The changes that can be made, for each wish its change or none.
pub(super) fn settle(text: &str, reading: &Reading<'_>, wishes: &[Wish]) -> Vec<Option<Change>> {
    let before = read(text, reading);
    let places: HashMap<(usize, usize), usize> =
        before.iter().enumerate().map(|(at, (range, _))| ((range.start, range.end), at)).collect();
    let slots: Vec<Option<usize>> =
        wishes.iter().map(|wish| places.get(&(wish.range.start, wish.range.end)).copied()).collect();
    let mut settling = Settling { text, reading, before, wishes, slots, made: vec![None; wishes.len()] };
    let open: Vec<usize> = (0..wishes.len()).filter(|at| settling.slots[*at].is_some()).collect();
    settling.take(&open);
    settling
        .made
        .into_iter()
        .zip(wishes)
        .map(|(way, wish)| Some(change(text, &wish.range, wish.ways.get(way?)?)))
        .collect()
}

/// The change from what stands in a range to another text, without what both begin and end with: the alternative text and
/// the caption of a picture change side by side.
fn change(text: &str, range: &Range<usize>, new: &str) -> Change {
    let old = &text[range.clone()];
    let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let head = same(&mut old.chars().zip(new.chars()));
    let tail = same(&mut old[head..].chars().rev().zip(new[head..].chars().rev()));
    Change { range: range.start + head..range.end - tail, text: new[head..new.len() - tail].to_owned() }
}

struct Settling<'a> {
    text: &'a str,
    reading: &'a Reading<'a>,
    before: Vec<(Range<usize>, Essence)>,
    wishes: &'a [Wish],
    /// For each wish its slot.
    slots: Vec<Option<usize>>,
    /// For each wish the way in which it is made.
    made: Vec<Option<usize>>,
}

impl Settling<'_> {
    /// Takes as many wishes as keep the law: all at once, else each half for itself.
    fn take(&mut self, open: &[usize]) {
        let ways = if open.len() == 1 { self.wishes[open[0]].ways.len() } else { 1 };
        for way in 0..ways {
            open.iter().for_each(|at| self.made[*at] = Some(way));
            if open.is_empty() || self.holds() {
                return;
            }
        }
        open.iter().for_each(|at| self.made[*at] = None);
        if open.len() > 1 {
            let (first, second) = open.split_at(open.len() / 2);
            self.take(first);
            self.take(second);
        }
    }

    fn holds(&self) -> bool {
        let mut changes: Vec<Change> = Vec::new();
        let mut meant: HashMap<usize, &Meant> = HashMap::new();
        for ((wish, way), slot) in self.wishes.iter().zip(&self.made).zip(&self.slots) {
            let (Some(way), Some(slot)) = (way, slot) else { continue };
            let Some(text) = wish.ways.get(*way) else { return false };
            changes.push(change(self.text, &wish.range, text));
            meant.insert(*slot, &wish.meant);
        }
        let edits = changes.iter().map(|change| (&change.range, change.text.as_str())).collect();
        let Some(text) = edited(self.text, edits) else { return false };
        let after = read(&text, self.reading);
        after.len() == self.before.len()
            && after.iter().zip(&self.before).enumerate().all(|(at, ((_, now), (_, then)))| match meant.get(&at) {
                Some(meant) => meant.is(now),
                None => now == then,
            })
    }
}

/// A text with changes; `None` where two are at one place.
pub(super) fn edited(text: &str, mut edits: Vec<(&Range<usize>, &str)>) -> Option<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(text.get(at..range.start)?);
        out.push_str(new);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// The slots of a text with their places, in reading order.
pub(super) fn read(text: &str, reading: &Reading<'_>) -> Vec<(Range<usize>, Essence)> {
    let chapter = reading.read(text);
    let mut found = Vec::new();
    slots::all(&units_of(&chapter), &mut found);
    found.iter().map(|slot| (slot.place.span().range(), essence(slot))).collect()
}
