//! What can be seen of items without reading them: length, questions, exclamations, quotations.

use std::ops::Range;

use super::text::Items;
use crate::lang::Language;

/// How much more the ratio of lengths varies in short texts.
const SHORT: f32 = 12.0;
/// Weights of a mark that only one side has.
const QUESTION: f32 = 1.4;
const EXCLAMATION: f32 = 0.6;
const QUOTATION: f32 = 1.0;
/// Letters of text that are taken to be translated as is usual, so that short texts are not measured by themselves alone.
const SOME: f32 = 200.0;

/// The looks of an item.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    length: f32,
    questions: f32,
    exclamations: f32,
    quoted: f32,
}

impl Looks {
    pub(super) fn of(text: &str, language: &dyn Language) -> Self {
        let count = |narrow: u8, wide: char| {
            let narrow = text.bytes().filter(|byte| *byte == narrow).count();
            (narrow + text.matches(wide).count()) as f32
        };
        let (questions, exclamations) = (count(b'?', '？'), count(b'!', '！'));
        let quoted = f32::from(u8::from(language.quotes(text)));
        Self { length: language.length(text).max(1.0), questions, exclamations, quoted }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.length += other.length;
        self.questions += other.questions;
        self.exclamations += other.exclamations;
        self.quoted += other.quoted;
    }

    fn less(mut self, other: &Self) -> Self {
        self.length -= other.length;
        self.questions -= other.questions;
        self.exclamations -= other.exclamations;
        self.quoted -= other.quoted;
        self
    }
}

/// The shape of two texts.
pub(super) struct Shape {
    /// Running sums over the items of each text.
    sums: [Vec<Looks>; 2],
    /// Units of length of each text that go to one letter.
    scale: [f32; 2],
    variance: f32,
}

impl Shape {
    /// Measures two texts. `letters` are those that usually go to a unit of length of each; `variance` is that of the
    /// logarithm of the ratio of lengths in long items.
    pub(super) fn of(items: [&Items; 2], letters: [f32; 2], variance: f32) -> Self {
        let sums = items.map(running);
        let all = [0, 1].map(|side| letters[side] * sums[side][items[side].len()].length + SOME);
        Self { sums, scale: [letters[0] * all[1] / all[0], letters[1]], variance }
    }

    /// Length of a run of items of a side, in letters.
    pub(super) fn letters(&self, side: usize, items: Range<usize>) -> f32 {
        self.scale[side] * self.inside(side, &items).length
    }

    /// How well the shapes of two runs of items go together: a logarithm, 0 at best.
    pub(super) fn fit(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let (a, b) = (self.inside(0, &source), self.inside(1, &target));
        let (first, second) = (self.scale[0] * a.length, self.scale[1] * b.length);
        let off = ((first + 3.0) / (second + 3.0)).ln();
        let variance = self.variance + SHORT / (first + second + 6.0);
        -0.5 * off * off / variance
            - QUESTION * (a.questions - b.questions).abs()
            - EXCLAMATION * (a.exclamations - b.exclamations).abs()
            - QUOTATION * (a.quoted.min(1.0) - b.quoted.min(1.0)).abs()
    }

    fn inside(&self, side: usize, items: &Range<usize>) -> Looks {
        self.sums[side][items.end].less(&self.sums[side][items.start])
    }
}

fn running(items: &Items) -> Vec<Looks> {
    let mut sum = Looks::default();
    let each = items.iter().map(|item| {
        sum.add(&item.looks);
        sum
    });
    std::iter::once(Looks::default()).chain(each).collect()
}
