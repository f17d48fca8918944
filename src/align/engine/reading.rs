//! Two texts, read once, in one order of the languages.

use std::ops::Range;

use super::evidence::Evidence;
use super::shape::Shape;
use super::text::{Items, Text};
use super::{Bead, Scored, Texts};
use crate::lang::{self, Lang, Script};

/// Two texts as rows of items, and how the words of each explain those of the other. Inside, one order of the languages
/// stands for both ways round, so that swapping the texts mirrors every result.
pub(in crate::align) struct Reading {
    pub(super) items: [Items; 2],
    pub(super) evidence: Evidence,
    /// Letters of English that usually go to a unit of length of each language.
    letters: [f32; 2],
    /// Whether a Chinese text stands beside one of another language; Chinese sentences often become several.
    pub(super) expands: bool,
    /// Whether the first text is the target.
    swapped: bool,
}

impl Reading {
    /// Reads two texts.
    pub(in crate::align) fn of(texts: Texts<'_>) -> Self {
        let swapped = texts.backwards();
        let texts = if swapped { texts.mirrored() } else { texts };
        let languages = texts.langs.map(lang::of);
        let read = |side: usize| Text::read(texts.items[side], texts.langs[side], languages[side], texts.dictionary);
        let (items, evidence) = Evidence::of([read(0), read(1)], texts.langs, texts.dictionary);
        let expands = texts.langs.map(Lang::script) == [Script::Han, Script::Latin];
        Self { items, evidence, letters: languages.map(lang::Language::letters), expands, swapped }
    }

    /// Puts the items of source and target into another order; an item that is not named is left out, none is named twice.
    pub(in crate::align) fn reorder(&mut self, orders: [&[usize]; 2]) {
        for (side, order) in self.ordered(orders).into_iter().enumerate() {
            self.items[side].reorder(order);
        }
    }

    /// What belongs to the source and to the target in the order of the reading.
    pub(super) fn ordered<T>(&self, [source, target]: [T; 2]) -> [T; 2] {
        if self.swapped { [target, source] } else { [source, target] }
    }

    /// Which of the two texts of the reading is the source.
    pub(super) fn side(&self, side: usize) -> usize {
        side ^ usize::from(self.swapped)
    }

    /// What was found in the order of the reading, in that of source and target.
    pub(super) fn restored(&self, scored: Vec<Scored>) -> Vec<Scored> {
        if !self.swapped {
            return scored;
        }
        scored.into_iter().map(|Scored { bead, score }| Scored { bead: bead.mirrored(), score }).collect()
    }

    /// A bead of the reading as ranges of source and target.
    pub(super) fn turned(&self, first: Range<usize>, second: Range<usize>) -> (Range<usize>, Range<usize>) {
        if self.swapped { (second, first) } else { (first, second) }
    }

    /// A bead of source and target in the order of the reading.
    pub(super) fn bead(&self, bead: &Bead) -> Bead {
        if self.swapped { bead.clone().mirrored() } else { bead.clone() }
    }

    /// Runs of items as items: ranges of the source's and of the target's items in the order of the reading.
    pub(super) fn joined(&self, parts: [&[Range<usize>]; 2]) -> [Items; 2] {
        let parts = self.ordered(parts);
        [0, 1].map(|side| self.items[side].joined(parts[side]))
    }

    pub(super) fn shape(&self, items: [&Items; 2], variance: f32) -> Shape {
        Shape::of(items, self.letters, variance)
    }
}
