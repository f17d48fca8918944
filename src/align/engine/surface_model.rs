//! How well the surfaces of both sides of a bead go together: the model of lengths of Gale and Church (1993), here of their
//! ratio, and a penalty for marks that only one side has.

use std::ops::Range;

use super::bead::Bead;
use super::items::Items;
use super::surface::Surface;
use crate::maths;

/// How much more the ratio of lengths varies in short texts.
const SHORT_VARIANCE: f32 = 12.0;
/// What a mark costs that only one side has.
const QUESTION: f32 = 1.4;
const EXCLAMATION: f32 = 0.6;
const QUOTATION: f32 = 1.0;
/// Letters of text that are taken to be translated as is usual, so that short texts are not measured by themselves alone.
const USUAL_LETTERS: f32 = 200.0;

/// The model of two texts.
pub(super) struct SurfaceModel {
    /// Running sums over the items of each text.
    sums: [Vec<Surface>; 2],
    /// Units of length of each text that go to one letter.
    scale: [f32; 2],
    variance: f32,
}

impl SurfaceModel {
    /// Measures two texts. `letters` are those that usually go to a unit of length of each; `variance` is that of the
    /// logarithm of the ratio of lengths in long items.
    pub(super) fn new(items: [&Items; 2], letters: [f32; 2], variance: f32) -> Self {
        let sums = items.map(running_sums);
        let all = [0, 1].map(|side| letters[side] * sums[side][items[side].len()].length + USUAL_LETTERS);
        Self { sums, scale: [letters[0] * all[1] / all[0], letters[1]], variance }
    }

    /// Length of a run of items of a side, in letters.
    pub(super) fn letters(&self, side: usize, items: Range<usize>) -> f32 {
        self.scale[side] * self.inside(side, &items).length
    }

    /// The logarithm of how likely the sides of a bead belong together, 0 at best.
    pub(super) fn score(&self, bead: &Bead) -> f32 {
        let (a, b) = (self.inside(0, &bead.source), self.inside(1, &bead.target));
        let (first, second) = (self.scale[0] * a.length, self.scale[1] * b.length);
        let off = maths::ln((first + 3.0) / (second + 3.0));
        let variance = self.variance + SHORT_VARIANCE / (first + second + 6.0);
        -0.5 * off * off / variance
            - QUESTION * (a.questions - b.questions).abs()
            - EXCLAMATION * (a.exclamations - b.exclamations).abs()
            - QUOTATION * (a.quotations.min(1.0) - b.quotations.min(1.0)).abs()
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
