//! Sentences inside pairs of blocks that are known: no bead crosses their borders.

use super::band::Band;
use super::bead::{self, Bead, BeadKind, Scored};
use super::bitext::Bitext;
use super::decode::decode;
use super::diagonal::Diagonal;
use super::estimates::Estimates;
use super::items::Items;
use super::lattice::Lattice;
use super::manner::kinds;
use super::sentences::LENGTH_VARIANCE;
use super::surface_model::SurfaceModel;
use super::windows::Windows;
use super::{WORD_WEIGHT, coarse, prune};

/// What an unaligned sentence gains. A pair of blocks begins and ends together: a sentence that does not fit there is missing
/// rather than a part of its neighbour.
const UNALIGNED: f32 = 1.0;
/// Least probability of an unaligned sentence; a less sure one goes with its neighbour.
const MIN_UNALIGNED: f32 = 0.5;
/// Least that prior and surface may say of a bead whose words are scored.
const MIN_WITHOUT_WORDS: f32 = -15.0;
/// How much worse than the best path, by the estimates, a path may be whose beads are scored.
pub(super) const BEAM: f32 = 12.0;

/// Aligns the sentences of a bitext inside pairs of blocks, which come in order and cover both texts. Nothing is learned of
/// the text: pairs that are forced by their blocks would teach that whatever stands in them belongs together, and hide what
/// is missing.
pub(in crate::align) fn within_blocks(bitext: &Bitext, blocks: &[Scored]) -> Vec<Scored> {
    within_beam(bitext, blocks, BEAM)
}

/// The same with another beam.
pub(super) fn within_beam(bitext: &Bitext, blocks: &[Scored], beam: f32) -> Vec<Scored> {
    let inner = |pair: &Scored| Scored { bead: bitext.inner_bead(&pair.bead), score: pair.score };
    let blocks: Vec<Scored> = blocks.iter().map(inner).collect();
    let items = bitext.items.each_ref();
    let bands: Vec<Option<Band>> = blocks.iter().map(|pair| band(bitext, &pair.bead)).collect();
    let mut windows = Windows::empty(items.map(Items::len));
    for (pair, band) in blocks.iter().zip(&bands) {
        if let Some(band) = band {
            windows.set(&pair.bead, band);
        }
    }
    let aligner = SentenceAligner {
        diagonal: Diagonal::new(items, &bitext.evidence, |side, item| windows.get(side, item)),
        surface: bitext.surface_model(items, LENGTH_VARIANCE),
        kinds: kinds(bitext.expands, UNALIGNED),
        beam,
    };
    let found = blocks.iter().zip(&bands).flat_map(|(pair, band)| aligner.align(pair, band.as_ref()));
    bitext.outer(found.collect())
}

/// The band in which the sentences of a pair of blocks are aligned; none where nothing is to be decided.
fn band(bitext: &Bitext, blocks: &Bead) -> Option<Band> {
    let (n, m) = (blocks.source.len(), blocks.target.len());
    if is_one_to_one(blocks) || !blocks.is_pair() {
        None
    } else if n * m <= coarse::MAX_WHOLE {
        Some(Band::full(n, m))
    } else {
        let items = [0, 1].map(|side| bitext.items[side].part(blocks.side(side)));
        Some(coarse::band(items.each_ref(), &bitext.evidence))
    }
}

/// Whether a pair of blocks has one sentence of each text. They were paired when their blocks were, however little they say
/// of each other, as two spellings of a name do.
fn is_one_to_one(blocks: &Bead) -> bool {
    (blocks.source.len(), blocks.target.len()) == (1, 1)
}

/// What is needed to align the sentences of a pair of blocks.
struct SentenceAligner<'l> {
    diagonal: Diagonal<'l>,
    surface: SurfaceModel,
    kinds: Vec<BeadKind>,
    beam: f32,
}

impl SentenceAligner<'_> {
    /// The beads of a pair of blocks.
    fn align(&self, pair: &Scored, band: Option<&Band>) -> Vec<Scored> {
        let blocks = &pair.bead;
        match band {
            Some(band) => shifted(absorb_unsure(self.align_band(blocks, band)), blocks),
            None if is_one_to_one(blocks) => vec![pair.clone()],
            None => shifted(bead::all_unaligned(blocks.source.len(), blocks.target.len()), blocks),
        }
    }

    /// The beads of a pair of blocks, counted from where these begin.
    fn align_band(&self, blocks: &Bead, band: &Band) -> Vec<Scored> {
        let estimates = Estimates::new(&self.diagonal, blocks, band);
        let (x, y) = (blocks.source.start, blocks.target.start);
        let mut lattice = Lattice::new(band, &self.kinds, |bead, kind| {
            if !kind.is_pair() {
                return kind.prior;
            }
            let score = kind.prior + self.surface.score(&bead.clone().shifted(x, y));
            if score < MIN_WITHOUT_WORDS {
                return f32::NEG_INFINITY;
            }
            score + WORD_WEIGHT * estimates.score(bead)
        });
        prune::prune_pairs(&mut lattice, self.beam);
        lattice.rescore_pairs(|bead, kind| {
            let bead = bead.clone().shifted(x, y);
            kind.prior + self.surface.score(&bead) + WORD_WEIGHT * self.diagonal.score(&bead)
        });
        decode(&lattice)
    }
}

/// Joins what is unaligned, but hardly, with the pair before it, or else with the one after it.
fn absorb_unsure(scored: Vec<Scored>) -> Vec<Scored> {
    let mut found: Vec<Scored> = Vec::new();
    // Unsure items before the first pair, or after others that are surely unaligned.
    let mut waiting: Option<Scored> = None;
    for mut next in scored {
        if next.bead.is_pair() || next.score >= MIN_UNALIGNED {
            match waiting.take() {
                Some(before) if next.bead.is_pair() => {
                    next.bead.source.start = before.bead.source.start;
                    next.bead.target.start = before.bead.target.start;
                }
                Some(before) => found.push(before),
                None => {}
            }
            found.push(next);
        } else if let Some(before) = &mut waiting {
            before.join(&next.bead);
        } else if let Some(last) = found.last_mut().filter(|last| last.bead.is_pair()) {
            last.join(&next.bead);
        } else {
            waiting = Some(next);
        }
    }
    found.extend(waiting);
    found
}

/// Beads of a pair of blocks as beads of the texts.
fn shifted(scored: Vec<Scored>, blocks: &Bead) -> Vec<Scored> {
    let shift = |bead: Bead| bead.shifted(blocks.source.start, blocks.target.start);
    scored.into_iter().map(|Scored { bead, score }| Scored { bead: shift(bead), score }).collect()
}
