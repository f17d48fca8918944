//! Blocks of a chapter beside those of its translation: items too, with what ids, kinds and pictures say besides their words.

use std::ops::Range;

use super::band::Band;
use super::bead::{self, Bead, BeadKind, Scored};
use super::bitext::{Bitext, Texts};
use super::decode::{decode, decode_sections};
use super::diagonal::Diagonal;
use super::items::Items;
use super::lattice::Lattice;
use super::sections::{Section, sections};
use super::similarity::Similarity;
use super::surface_model::SurfaceModel;
use super::windows::Windows;
use super::{WORD_WEIGHT, coarse, prune};

/// Variance of the logarithm of the ratio of lengths of blocks.
pub(super) const LENGTH_VARIANCE: f32 = 0.025;
/// Lattices of no more nodes than this are searched whole.
const MAX_UNPRUNED: usize = 12;
/// How much worse than the best path, by similarity, a path may be whose nodes are kept.
const NODE_BEAM: f32 = 22.0;
/// The same of the pairs between these nodes.
const PAIR_BEAM: f32 = 45.0;

/// What besides their words speaks for a bead of source and target.
type Structure<'s> = dyn Fn(&Bead) -> f32 + Sync + 's;

/// Aligns two lists of blocks, each a run of the items of a bitext. `kinds` are the kinds of bead, unaligned ones among them,
/// the same in both directions; `structure` says what besides its words speaks for a bead of source and target.
pub(in crate::align) fn blocks(
    bitext: &Bitext,
    runs: [&[Range<usize>]; 2],
    kinds: &[BeadKind],
    structure: &Structure<'_>,
) -> Vec<Scored> {
    let items = bitext.joined(runs);
    let items = items.each_ref();
    let (n, m) = (items[0].len(), items[1].len());
    if n == 0 || m == 0 {
        return bitext.outer(bead::all_unaligned(n, m));
    }
    let surface = bitext.surface_model(items, LENGTH_VARIANCE);
    let aligner = BlockAligner { bitext, items, surface, kinds, structure };
    let band = coarse::band(items, &bitext.evidence);
    bitext.outer(if n * m <= MAX_UNPRUNED { aligner.align_whole(&band) } else { aligner.align_pruned(&band) })
}

/// How well any item of one text goes with any of another, as logarithms of odds against each being alone.
pub fn odds(texts: Texts<'_>) -> Vec<Vec<f32>> {
    let runs = texts.items.map(|items| (0..items.len()).map(|at| at..at + 1).collect::<Vec<_>>());
    pair_scores(&Bitext::new(texts), [&runs[0], &runs[1]])
}

/// How well any block of the source goes with any of the target, as logarithms of odds against each being alone.
pub(in crate::align) fn pair_scores(bitext: &Bitext, runs: [&[Range<usize>]; 2]) -> Vec<Vec<f32>> {
    let items = bitext.joined(runs);
    let items = items.each_ref();
    let surface = bitext.surface_model(items, LENGTH_VARIANCE);
    let diagonal = Diagonal::new(items, &bitext.evidence, |side, _| 0..items[1 - side].len());
    let score = |source: usize, target: usize| {
        let bead = bitext.inner_bead(&Bead { source: source..source + 1, target: target..target + 1 });
        WORD_WEIGHT * diagonal.score(&bead) + surface.score(&bead)
    };
    (0..runs[0].len()).map(|i| (0..runs[1].len()).map(|j| score(i, j)).collect()).collect()
}

/// Two lists of blocks, and how their beads are judged.
struct BlockAligner<'a> {
    bitext: &'a Bitext,
    items: [&'a Items; 2],
    surface: SurfaceModel,
    kinds: &'a [BeadKind],
    structure: &'a Structure<'a>,
}

impl BlockAligner<'_> {
    /// The best path where every bead is scored.
    fn align_whole(&self, band: &Band) -> Vec<Scored> {
        self.align_sections(&sections(band, self.kinds), f32::INFINITY, |bead, kind| self.without_words(bead, kind))
    }

    /// The best path among those that are plausible by the similarity of blocks.
    fn align_pruned(&self, band: &Band) -> Vec<Scored> {
        let structure = |i: usize, j: usize| self.structure(&Bead { source: i..i + 1, target: j..j + 1 });
        let similarity = Similarity::new(self.items, &self.bitext.evidence, band, structure);
        let estimate = |bead: &Bead, kind: &BeadKind| {
            let score = self.without_words(bead, kind);
            if !kind.is_pair() || score == f32::NEG_INFINITY {
                return score;
            }
            score + WORD_WEIGHT * similarity.score(bead)
        };
        let anchored = similarity.anchored(band);
        let (_, plausible) = prune::plausible(&Lattice::new(&anchored, self.kinds, estimate), NODE_BEAM);
        self.align_sections(&sections(&plausible, self.kinds), PAIR_BEAM, estimate)
    }

    fn structure(&self, bead: &Bead) -> f32 {
        (self.structure)(&self.bitext.outer_bead(bead.clone()))
    }

    /// What speaks for a bead besides its words.
    fn without_words(&self, bead: &Bead, kind: &BeadKind) -> f32 {
        if !kind.is_pair() {
            return kind.prior;
        }
        kind.prior + self.structure(bead) + self.surface.score(bead)
    }

    /// The best path through sections by the diagonal model, without pairs that by `estimate` are so much worse than the best.
    fn align_sections(
        &self,
        sections: &[Section],
        beam: f32,
        estimate: impl Fn(&Bead, &BeadKind) -> f32 + Sync,
    ) -> Vec<Scored> {
        let mut windows = Windows::empty(self.items.map(Items::len));
        let mut lattices = Vec::with_capacity(sections.len());
        for section in sections {
            let lattice = section.band.as_ref().map(|band| {
                let score = |bead: &Bead, kind: &BeadKind| estimate(&section.shifted(bead.clone()), kind);
                let mut lattice = Lattice::new(band, self.kinds, score);
                prune::prune_pairs(&mut lattice, beam);
                lattice.for_each_pair(|bead| windows.widen(&section.shifted(bead.clone())));
                lattice
            });
            lattices.push(lattice);
        }
        let diagonal = Diagonal::new(self.items, &self.bitext.evidence, |side, item| windows.get(side, item));
        for (section, lattice) in sections.iter().zip(&mut lattices) {
            let Some(lattice) = lattice else { continue };
            lattice.rescore_pairs(|bead, kind| {
                let bead = section.shifted(bead.clone());
                self.without_words(&bead, kind) + WORD_WEIGHT * diagonal.score(&bead)
            });
        }
        decode_sections(sections, |at, _, _| {
            decode(lattices[at].as_ref().expect("a section with a band has a lattice"))
        })
    }
}
