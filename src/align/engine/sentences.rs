//! The sentences of two plain texts.
//!
//! A first pass over the whole texts scores beads by IBM model 1 and leaves the nodes through which a plausible path leads.
//! In these, further passes score by the diagonal model, each with words learned from the beads of the one before.

use super::band::Band;
use super::bead::{self, Bead, BeadKind, MAX_SIDE, Scored};
use super::bitext::{Bitext, Texts};
use super::decode::{decode, decode_sections};
use super::diagonal::Diagonal;
use super::evidence::Evidence;
use super::items::Items;
use super::lattice::Lattice;
use super::model1::Model1;
use super::prune;
use super::sections::{Section, sections};
use super::surface_model::SurfaceModel;
use super::windows::Windows;
use super::{WORD_WEIGHT, coarse};
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

/// Variance of the logarithm of the ratio of lengths of sentences.
pub(super) const LENGTH_VARIANCE: f32 = 0.06;
/// Weight of the evidence of words in the passes after the first, which know where in a bead the words stand.
const LATER_WORD_WEIGHT: f32 = 0.4;
/// What an unaligned sentence costs in the first pass, and in the second.
const FIRST_UNALIGNED: f32 = -4.0;
const SECOND_UNALIGNED: f32 = -3.5;
/// What it costs in later passes where every sentence is unaligned; it falls with the logarithm of their share, down to
/// [`MIN_UNALIGNED`].
const ALL_UNALIGNED: f32 = 1.3;
const MIN_UNALIGNED: f32 = -3.6;
/// Pseudo-counts of unaligned sentences and of all, which are added before the share is measured.
const PSEUDO_COUNTS: [f32; 2] = [1.0, 100.0];
/// How much worse than the best path of the first pass a path may be whose nodes are kept.
const FIRST_BEAM: f32 = 12.0;
/// Passes after the first; each learns from the one before.
const LATER_PASSES: usize = 2;

/// Aligns two texts of sentences. Beads come in order and cover every sentence of both once.
pub fn sentences(texts: Texts<'_>) -> Vec<Scored> {
    let mut bitext = Bitext::new(texts);
    let [n, m] = bitext.items.each_ref().map(Items::len);
    if n == 0 || m == 0 {
        return bitext.outer(bead::all_unaligned(n, m));
    }
    let surface = bitext.surface_model(bitext.items.each_ref(), LENGTH_VARIANCE);
    let expands = bitext.expands;
    let Bitext { items, evidence, .. } = &mut bitext;
    let items = items.each_ref();
    let (mut found, band) = first_pass(items, evidence, &surface, expands);
    let mut kinds = kinds(expands, SECOND_UNALIGNED);
    let sections = sections(&band, &kinds);
    let windows = windows(&sections, &kinds, [n, m]);
    let mut scored: Vec<Scored> = Vec::new();
    for pass in 0..LATER_PASSES {
        if pass > 0 {
            let unaligned = unaligned_prior(&scored, n + m);
            for kind in kinds.iter_mut().filter(|kind| !kind.is_pair()) {
                kind.prior = unaligned;
            }
        }
        evidence.learn(items, &found);
        scored = later_pass(items, evidence, &surface, &kinds, &sections, &windows);
        found = scored.iter().map(|scored| scored.bead.clone()).collect();
    }
    bitext.outer(scored)
}

/// The best beads by IBM model 1, and the nodes of plausible paths.
fn first_pass(items: [&Items; 2], evidence: &Evidence, surface: &SurfaceModel, expands: bool) -> (Vec<Bead>, Band) {
    let band = coarse::band(items, evidence);
    let model1 = Model1::new(items, evidence, &band);
    let kinds = kinds(expands, FIRST_UNALIGNED);
    let lattice = Lattice::new(&band, &kinds, |bead, kind| {
        if !kind.is_pair() {
            return kind.prior;
        }
        kind.prior + WORD_WEIGHT * model1.score(bead) + surface.score(bead)
    });
    prune::plausible(&lattice, FIRST_BEAM)
}

/// The best beads by the diagonal model.
fn later_pass(
    items: [&Items; 2],
    evidence: &Evidence,
    surface: &SurfaceModel,
    kinds: &[BeadKind],
    sections: &[Section],
    windows: &Windows,
) -> Vec<Scored> {
    let diagonal = Diagonal::new(items, evidence, |side, item| windows.get(side, item));
    decode_sections(sections, |_, section, band| {
        decode(&Lattice::new(band, kinds, |bead, kind| {
            if !kind.is_pair() {
                return kind.prior;
            }
            let bead = section.shifted(bead.clone());
            kind.prior + LATER_WORD_WEIGHT * diagonal.score(&bead) + surface.score(&bead)
        }))
    })
}

/// What may stand in one bead within sections.
fn windows(sections: &[Section], kinds: &[BeadKind], items: [usize; 2]) -> Windows {
    let mut windows = Windows::empty(items);
    for section in sections {
        if let Some(band) = &section.band {
            band.for_each_pair(kinds, |bead| windows.widen(&section.shifted(bead)));
        }
    }
    windows
}

/// What an unaligned sentence costs in a text in which so many were found: in some translations nothing is left out, in
/// others every twentieth sentence.
fn unaligned_prior(found: &[Scored], items: usize) -> f32 {
    let unaligned: f32 = found.iter().filter(|scored| !scored.bead.is_pair()).map(|scored| scored.score).sum();
    let [pseudo_unaligned, pseudo_all] = PSEUDO_COUNTS;
    let share = (unaligned + pseudo_unaligned) / (items as f32 + pseudo_all);
    (maths::ln(share) + ALL_UNALIGNED).clamp(MIN_UNALIGNED, 0.0)
}

/// The kinds of beads of sentences; `expands` where a Chinese text comes first and another language second.
pub(super) fn kinds(expands: bool, unaligned: f32) -> Vec<BeadKind> {
    let mut kinds = vec![BeadKind::new(1, 0, unaligned), BeadKind::new(0, 1, unaligned)];
    for a in 1..=MAX_SIDE {
        for b in 1..=MAX_SIDE {
            let prior = if expands { prior(a, b) } else { (prior(a, b) + prior(b, a)) / 2.0 };
            if prior > 0.0 {
                kinds.push(BeadKind::new(a, b, maths::ln(prior)));
            }
        }
    }
    kinds
}

fn prior(a: usize, b: usize) -> f32 {
    PRIORS.iter().find(|kind| (kind.0, kind.1) == (a, b)).map_or(0.0, |kind| kind.2)
}
