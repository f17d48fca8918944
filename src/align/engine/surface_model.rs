//! How well the surfaces of both sides of a bead go together: the model of lengths of Gale and Church (1993), here of their
//! ratio, and a penalty for marks that only one side has.

use std::ops::Range;

use super::bead::Bead;
use super::items::Items;
use super::surface::Surface;
use crate::maths;

/// How much more the ratio of lengths varies in short texts.
const SHORT_VARIANCE: f32 = 12.0;
/// Letters of an unaligned item whose length says nothing.
const LETTERS_UNALIGNED: f32 = 60.0;
/// Letters of text that are taken to be translated as is usual, so that short texts are not measured by themselves alone.
const USUAL_LETTERS: f32 = 200.0;

/// How much surfaces say.
struct Weights {
    /// How much more the lengths of this text vary than is usual, and the logarithm of it.
    spread: f32,
    ln_spread: f32,
    /// What a mark costs that only one side has.
    question: f32,
    exclamation: f32,
    quotation: f32,
    /// How much the length of an unaligned item counts.
    unaligned: f32,
}

impl Weights {
    /// Before anything is known of a text.
    const USUAL: Self =
        Self { spread: 1.0, ln_spread: 0.0, question: 1.4, exclamation: 0.6, quotation: 1.0, unaligned: 0.0 };

    /// Those of a text whose words and lengths are known better: marks are then needed less to find the way, and tell more
    /// surely who speaks.
    fn learned(spread: f32) -> Self {
        Self { spread, ln_spread: maths::ln(spread), question: 1.0, quotation: 2.0, unaligned: 0.8, ..Self::USUAL }
    }
}

/// The model of two texts.
pub(super) struct SurfaceModel {
    /// Running sums over the items of each text.
    sums: [Vec<Surface>; 2],
    /// Units of length of each text that go to one letter.
    scale: [f32; 2],
    variance: f32,
    weights: Weights,
}

impl SurfaceModel {
    /// Measures two texts. `letters` are those that usually go to a unit of length of each; `variance` is that of the
    /// logarithm of the ratio of lengths in long items.
    pub(super) fn new(items: [&Items; 2], letters: [f32; 2], variance: f32) -> Self {
        let sums = items.map(running_sums);
        let all = [0, 1].map(|side| letters[side] * sums[side][items[side].len()].length + USUAL_LETTERS);
        Self { sums, scale: [letters[0] * all[1] / all[0], letters[1]], variance, weights: Weights::USUAL }
    }

    /// Length of a run of items of a side, in letters.
    pub(super) fn letters(&self, side: usize, items: Range<usize>) -> f32 {
        self.scale[side] * self.inside(side, &items).length
    }

    /// The same model once it is known how much more the lengths of the text vary than is usual.
    pub(super) fn learned(self, spread: f32) -> Self {
        Self { weights: Weights::learned(spread), ..self }
    }

    /// How far the lengths of both sides of a bead are off: the square of it beside its variance, 1 on the average.
    pub(super) fn misfit(&self, bead: &Bead) -> f32 {
        self.misfit_of([0, 1].map(|side| self.letters(side, bead.side(side))))
    }

    /// The logarithm of how likely the sides of a bead belong together, beside two of the same length in a text whose lengths
    /// vary as is usual.
    pub(super) fn score(&self, bead: &Bead) -> f32 {
        let (a, b) = (self.inside(0, &bead.source), self.inside(1, &bead.target));
        let weights = &self.weights;
        let misfit = self.misfit_of([self.scale[0] * a.length, self.scale[1] * b.length]);
        -0.5 * (misfit / weights.spread + weights.ln_spread)
            - weights.question * (a.questions - b.questions).abs()
            - weights.exclamation * (a.exclamations - b.exclamations).abs()
            - weights.quotation * (a.quotations.min(1.0) - b.quotations.min(1.0)).abs()
    }

    /// What its length says of an unaligned item: a short one is rather a part of its neighbour, whose words it lengthens
    /// little, than without a counterpart.
    pub(super) fn unaligned(&self, bead: &Bead) -> f32 {
        let letters: f32 = [0, 1].into_iter().map(|side| self.letters(side, bead.side(side))).sum();
        self.weights.unaligned * maths::ln((letters + 5.0) / LETTERS_UNALIGNED).clamp(-2.0, 2.0)
    }

    fn misfit_of(&self, [first, second]: [f32; 2]) -> f32 {
        let off = maths::ln((first + 3.0) / (second + 3.0));
        off * off / (self.variance + SHORT_VARIANCE / (first + second + 6.0))
    }

    fn inside(&self, side: usize, items: &Range<usize>) -> Surface {
        self.sums[side][items.end].without(&self.sums[side][items.start])
    }
}

fn running_sums(items: &Items) -> Vec<Surface> {
    let mut sum = Surface::default();
    let mut sums = vec![sum];
    for item in items.iter() {
        sum.add(&item.surface);
        sums.push(sum);
    }
    sums
}
