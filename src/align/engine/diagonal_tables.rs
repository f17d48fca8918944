//! Tables of the functions that the diagonal model asks for most.

use std::sync::OnceLock;

use crate::maths;

/// How the prior of an alignment of two words falls with the number of words around: 1 / length, to this power.
pub(super) const PRIOR_POWER: f32 = 1.1;
/// How it falls with the distance of their relative positions (λ of Dyer et al.).
pub(super) const DIAGONAL_TENSION: f32 = 4.0;
/// Steps of the tables of relative positions.
const STEPS: usize = 256;
/// Words from which on a text is no longer held to be longer: far words explain nothing, however many there are, and the
/// prior of those that are near must not go to nothing with them.
const MAX_AROUND: usize = 2048;

/// Tables of functions: of a relative position from 0 to 1, and of a number of words.
pub(super) struct DiagonalTables {
    decay: [f32; STEPS + 1],
    normalizers: [f32; STEPS + 1],
    priors: [f32; MAX_AROUND],
    log2_priors: [f32; MAX_AROUND],
}

impl DiagonalTables {
    pub(super) fn get() -> &'static Self {
        static TABLES: OnceLock<DiagonalTables> = OnceLock::new();
        TABLES.get_or_init(|| Self {
            decay: std::array::from_fn(|at| decay(share(at))),
            normalizers: std::array::from_fn(|at| DIAGONAL_TENSION / (2.0 - decay(share(at)) - decay(1.0 - share(at)))),
            priors: std::array::from_fn(|words| maths::powf(words as f32, -PRIOR_POWER)),
            log2_priors: std::array::from_fn(|words| -PRIOR_POWER * maths::log2(words as f32)),
        })
    }

    /// By how much a distance of relative positions makes an alignment less probable.
    pub(super) fn decay(&self, distance: f32) -> f32 {
        self.decay[step(distance)]
    }

    /// What makes the sum over all positions 1, by the relative position of the word.
    pub(super) fn normalizer(&self, position: f32) -> f32 {
        self.normalizers[step(position)]
    }

    /// The prior of an alignment among so many words.
    pub(super) fn prior(&self, words: f32) -> f32 {
        self.priors[around(words)]
    }

    /// The binary logarithm of that prior.
    pub(super) fn log2_prior(&self, words: f32) -> f32 {
        self.log2_priors[around(words)]
    }
}

fn decay(distance: f32) -> f32 {
    maths::exp(-DIAGONAL_TENSION * distance)
}

/// The relative position at a step.
fn share(at: usize) -> f32 {
    at as f32 / STEPS as f32
}

/// The step of a relative position that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a conversion that saturates")]
fn step(position: f32) -> usize {
    ((position * STEPS as f32) as u32 as usize).min(STEPS)
}

/// A number of words, as far as it matters.
fn around(words: f32) -> usize {
    (words as usize).min(MAX_AROUND - 1)
}
