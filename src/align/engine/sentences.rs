//! The sentences of two plain texts.
//!
//! A first pass over the whole texts scores beads by IBM model 1 and leaves the nodes through which a plausible path leads.
//! In these, further passes score by the diagonal model, each with words and habits learned from the beads of the one before.

use super::bead::{self, BeadKind, Scored};
use super::bitext::{Bitext, Texts};
use super::decode::{decode, decode_expected, decode_sections};
use super::diagonal::Diagonal;
use super::first_pass::FirstPass;
use super::items::Items;
use super::lattice::Lattice;
use super::manner::{Manner, kinds};
use super::sections::Section;
use super::surface_model::SurfaceModel;
use super::windows::Windows;

/// Variance of the logarithm of the ratio of lengths of sentences.
pub(super) const LENGTH_VARIANCE: f32 = 0.06;
/// What an unaligned sentence costs in the first pass.
const FIRST_UNALIGNED: f32 = -4.0;
/// Passes after the first; each learns from the one before.
const LATER_PASSES: usize = 2;

/// Aligns two texts of sentences. Beads come in order and cover every sentence of both once.
pub fn sentences(texts: Texts<'_>) -> Vec<Scored> {
    let mut bitext = Bitext::new(texts);
    let [n, m] = bitext.items.each_ref().map(Items::len);
    if n == 0 || m == 0 {
        return bitext.outer(bead::all_unaligned(n, m));
    }
    let mut surface = bitext.surface_model(bitext.items.each_ref(), LENGTH_VARIANCE);
    let expands = bitext.expands;
    let Bitext { items, evidence, .. } = &mut bitext;
    let items = items.each_ref();
    let kinds = kinds(expands, FIRST_UNALIGNED);
    let (mut found, sections) = FirstPass { items, evidence, surface: &surface, kinds: &kinds }.run();
    let windows = windows(&sections, &kinds, [n, m]);
    let mut manner = Manner::USUAL;
    let mut scored: Vec<Scored> = Vec::new();
    for pass in 0..LATER_PASSES {
        if pass > 0 {
            manner = Manner::of(&scored, n + m, expands, &surface);
            surface = surface.learned(manner.spread);
        }
        evidence.learn(items, &found);
        let later = LaterPass { surface: &surface, kinds: &manner.kinds(expands), word_weight: manner.word_weight };
        let diagonal = Diagonal::new(items, evidence, |side, item| windows.get(side, item));
        scored = later.run(&diagonal, &sections, pass + 1 == LATER_PASSES);
        found = scored.iter().map(|scored| scored.bead.clone()).collect();
    }
    bitext.outer(scored)
}

/// How a pass after the first judges beads, besides their words.
struct LaterPass<'p> {
    surface: &'p SurfaceModel,
    kinds: &'p [BeadKind],
    word_weight: f32,
}

impl LaterPass<'_> {
    /// The best beads by the diagonal model. Those of the last pass are chosen one by one; what is learned from is the best path.
    fn run(&self, diagonal: &Diagonal<'_>, sections: &[Section], is_last: bool) -> Vec<Scored> {
        decode_sections(sections, |_, section, band| {
            let lattice = Lattice::new(band, self.kinds, |bead, kind| {
                let bead = section.shifted(bead.clone());
                if !kind.is_pair() {
                    return kind.prior + self.surface.unaligned(&bead);
                }
                kind.prior + self.word_weight * diagonal.score(&bead) + self.surface.score(&bead)
            });
            if is_last { decode_expected(lattice) } else { decode(&lattice) }
        })
    }
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
