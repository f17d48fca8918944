//! Two texts, read once, in one order of the languages.

use std::ops::Range;

use super::bead::{Bead, Scored};
use super::evidence::Evidence;
use super::items::Items;
use super::surface_model::SurfaceModel;
use super::tokenizer::tokenize;
use crate::align::Dictionary;
use crate::lang::{self, Lang, Script};

/// Two texts in their languages.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// The items of the source and of the target.
    pub items: [&'a [&'a str]; 2],
    /// Their languages.
    pub langs: [&'a Lang; 2],
    /// What is known of their words.
    pub dictionary: &'a Dictionary,
}

impl Texts<'_> {
    /// Whether the target comes first inside: one order of the languages stands for both ways round, so that swapping
    /// them mirrors every result.
    fn is_swapped(&self) -> bool {
        let [a, b] = self.langs;
        (a.script() != Script::Han, a) > (b.script() != Script::Han, b)
    }

    fn mirrored(&self) -> Self {
        let ([a, b], [x, y]) = (self.items, self.langs);
        Self { items: [b, a], langs: [y, x], dictionary: self.dictionary }
    }
}

/// Two texts as rows of items, and how the words of each explain those of the other. Beads inside have the first text as
/// their source, whichever it is.
pub(in crate::align) struct Bitext {
    pub(super) items: [Items; 2],
    pub(super) evidence: Evidence,
    /// Letters of English that usually go to a unit of length of each language.
    letters: [f32; 2],
    /// Whether a Chinese text stands beside one of another language; Chinese sentences often become several.
    pub(super) expands: bool,
    /// Whether the first text is the target.
    swapped: bool,
}

impl Bitext {
    /// Reads two texts.
    pub(in crate::align) fn new(texts: Texts<'_>) -> Self {
        let swapped = texts.is_swapped();
        let texts = if swapped { texts.mirrored() } else { texts };
        let languages = texts.langs.map(lang::of);
        let read = |side: usize| tokenize(texts.items[side], texts.langs[side], languages[side], texts.dictionary);
        let (items, evidence) = Evidence::new([read(0), read(1)], texts.langs, texts.dictionary);
        let expands = texts.langs.map(Lang::script) == [Script::Han, Script::Latin];
        Self { items, evidence, letters: languages.map(lang::Language::letters), expands, swapped }
    }

    /// Puts the items of source and target into another order; an item that is not named is left out, none is named twice.
    pub(in crate::align) fn reorder(&mut self, orders: [&[usize]; 2]) {
        for (side, order) in self.inner_order(orders).into_iter().enumerate() {
            self.items[side].reorder(order);
        }
    }

    /// What belongs to the source and to the target, in the order of the texts inside.
    pub(super) fn inner_order<T>(&self, [source, target]: [T; 2]) -> [T; 2] {
        if self.swapped { [target, source] } else { [source, target] }
    }

    /// Which of the two texts inside is the source (0) or the target (1).
    pub(super) fn inner_side(&self, side: usize) -> usize {
        side ^ usize::from(self.swapped)
    }

    /// A bead of source and target as one of the texts inside.
    pub(super) fn inner_bead(&self, bead: &Bead) -> Bead {
        self.outer_bead(bead.clone())
    }

    /// A bead of the texts inside as one of source and target.
    pub(super) fn outer_bead(&self, bead: Bead) -> Bead {
        if self.swapped { bead.mirrored() } else { bead }
    }

    /// Beads of the texts inside as those of source and target.
    pub(super) fn outer(&self, scored: Vec<Scored>) -> Vec<Scored> {
        scored.into_iter().map(|Scored { bead, score }| Scored { bead: self.outer_bead(bead), score }).collect()
    }

    /// Runs of items as items, those of the source and those of the target, in the order of the texts inside.
    pub(super) fn joined(&self, runs: [&[Range<usize>]; 2]) -> [Items; 2] {
        let runs = self.inner_order(runs);
        [0, 1].map(|side| self.items[side].joined(runs[side]))
    }

    pub(super) fn surface_model(&self, items: [&Items; 2], variance: f32) -> SurfaceModel {
        SurfaceModel::new(items, self.letters, variance)
    }
}
