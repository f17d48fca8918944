//! How a text was translated: the prior probabilities of the kinds of beads, and what of them is learned from the beads that
//! were found.

use super::bead::{BeadKind, MAX_SIDE, Scored};
use super::surface_model::SurfaceModel;
use crate::maths;

/// Kinds of beads with their prior probabilities: published counts of Chinese–English translations, in which a Chinese
/// sentence often becomes several English ones.
const PRIORS: [(usize, usize, f32); 17] = [
    (1, 1, 0.62),
    (1, 2, 0.2),
    (1, 3, 0.06),
    (1, 4, 0.02),
    (1, 5, 0.005),
    (1, 6, 0.002),
    (2, 1, 0.05),
    (3, 1, 0.006),
    (4, 1, 0.001),
    (2, 2, 0.02),
    (2, 3, 0.01),
    (3, 2, 0.003),
    (2, 4, 0.003),
    (3, 3, 0.0015),
    (3, 4, 0.0007),
    (4, 2, 0.0005),
    (2, 5, 0.0005),
];
/// What an unaligned sentence costs before it is known how many there are.
const USUAL_UNALIGNED: f32 = -3.5;
/// What it costs where every sentence is unaligned; it falls with the logarithm of their share, down to [`MIN_UNALIGNED`].
const ALL_UNALIGNED: f32 = 1.6;
const MIN_UNALIGNED: f32 = -3.3;
/// Pseudo-counts of unaligned sentences and of all, which are added before the share is measured.
const PSEUDO_UNALIGNED: [f32; 2] = [2.0, 100.0];
/// Pseudo-count of pairs, as regrouped as is usual.
const PSEUDO_PAIRS: f32 = 3.0;
/// Pseudo-count of pairs whose lengths vary as is usual.
const PSEUDO_LENGTHS: f32 = 20.0;
/// How much of what is measured of lengths is believed: beads are found because they fit, so they vary less than the right ones.
const BELIEVED: f32 = 0.75;
/// Weight of the evidence of words before anything is known.
const USUAL_WORD_WEIGHT: f32 = 0.4;
/// The same where every sentence stands beside one, and where they are regrouped as is usual. In between it is nearer to the
/// former: few sentences are regrouped there, and the lengths tell which.
const WORD_WEIGHTS: [f32; 2] = [0.15, 0.3];

/// How a text was translated, as far as is known.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// What an unaligned sentence costs.
    unaligned: f32,
    /// How often sentences are regrouped, so that a bead has several of a side, beside how often they usually are; at most 1.
    regrouped: f32,
    /// How much the lengths of what translates each other vary, beside how much they usually do.
    pub(super) spread: f32,
    /// How much the evidence of words weighs.
    pub(super) word_weight: f32,
}

impl Manner {
    /// As is usual.
    pub(super) const USUAL: Self =
        Self { unaligned: USUAL_UNALIGNED, regrouped: 1.0, spread: 1.0, word_weight: USUAL_WORD_WEIGHT };

    /// That of a text of so many sentences in which beads were found: in some translations nothing is left out and every
    /// sentence becomes one, in others every twentieth is left out and every third regrouped.
    pub(super) fn of(found: &[Scored], sentences: usize, expands: bool, surface: &SurfaceModel) -> Self {
        let sum =
            |of: fn(&Scored) -> bool| found.iter().filter(|scored| of(scored)).map(|scored| scored.score).sum::<f32>();
        let pairs = sum(|scored| scored.bead.is_pair());
        let [alone, all] = PSEUDO_UNALIGNED;
        let unaligned = (sum(|scored| !scored.bead.is_pair()) + alone) / (sentences as f32 + all);
        let usual = usual_regrouped(expands);
        let regrouped = (sum(is_regrouped) + PSEUDO_PAIRS * usual) / (pairs + PSEUDO_PAIRS);
        let regrouped = (regrouped / usual).min(1.0);
        let paired = found.iter().filter(|scored| scored.bead.is_pair());
        let misfit: f32 = paired.map(|scored| scored.score * surface.misfit(&scored.bead)).sum();
        let [single, all] = WORD_WEIGHTS;
        Self {
            unaligned: (maths::ln(unaligned) + ALL_UNALIGNED).clamp(MIN_UNALIGNED, 0.0),
            regrouped,
            spread: maths::powf((misfit + PSEUDO_LENGTHS) / (pairs + PSEUDO_LENGTHS), BELIEVED),
            word_weight: single + (all - single) * regrouped * regrouped * regrouped,
        }
    }

    /// The kinds of beads in such a text.
    pub(super) fn kinds(self, expands: bool) -> Vec<BeadKind> {
        let mut kinds = kinds(expands, self.unaligned);
        let usual = usual_regrouped(expands);
        let single = maths::ln((1.0 - self.regrouped * usual) / (1.0 - usual));
        for kind in kinds.iter_mut().filter(|kind| kind.is_pair()) {
            kind.prior += if kind.is_single() { single } else { maths::ln(self.regrouped) };
        }
        kinds
    }
}

fn is_regrouped(scored: &Scored) -> bool {
    scored.bead.is_pair() && scored.bead.source.len() + scored.bead.target.len() > 2
}

/// The usual share of pairs that are not of one sentence and one.
fn usual_regrouped(expands: bool) -> f32 {
    let pairs = || pairs(expands);
    let single: f32 = pairs().filter(|(a, b, _)| a + b == 2).map(|pair| pair.2).sum();
    1.0 - single / pairs().map(|pair| pair.2).sum::<f32>()
}

/// The kinds of beads of sentences; `expands` where a Chinese text comes first and another language second.
pub(super) fn kinds(expands: bool, unaligned: f32) -> Vec<BeadKind> {
    let alone = [BeadKind::new(1, 0, unaligned), BeadKind::new(0, 1, unaligned)];
    alone.into_iter().chain(pairs(expands).map(|(a, b, prior)| BeadKind::new(a, b, maths::ln(prior)))).collect()
}

/// The kinds of pairs with their usual probabilities.
fn pairs(expands: bool) -> impl Iterator<Item = (usize, usize, f32)> {
    let sizes = (1..=MAX_SIDE).flat_map(|a| (1..=MAX_SIDE).map(move |b| (a, b)));
    let probable = move |(a, b)| (a, b, if expands { prior(a, b) } else { (prior(a, b) + prior(b, a)) / 2.0 });
    sizes.map(probable).filter(|pair| pair.2 > 0.0)
}

fn prior(a: usize, b: usize) -> f32 {
    PRIORS.iter().find(|kind| (kind.0, kind.1) == (a, b)).map_or(0.0, |kind| kind.2)
}
