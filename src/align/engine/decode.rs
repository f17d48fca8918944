//! The best path through a lattice, each of its beads with its posterior probability.

use rayon::prelude::*;

use super::band::Band;
use super::bead::{Bead, Scored};
use super::lattice::Lattice;
use super::posterior::Posterior;
use super::sections::Section;
use super::viterbi;

/// Sections from which on they are decoded in parallel.
const PARALLEL_SECTIONS: usize = 1000;
/// How probable a pair and an unaligned item must be to be worth a bead: more beads on a path are more that may be wrong.
const WORTH_PAIR: f32 = 0.35;
const WORTH_UNALIGNED: f32 = 0.45;

/// The beads of the best path.
pub(super) fn decode(lattice: &Lattice<'_>) -> Vec<Scored> {
    let (_, backpointers) = viterbi::best_to(lattice);
    let posterior = Posterior::new(lattice);
    let beads = viterbi::trace_back(lattice.band.end(), &backpointers);
    beads.into_iter().map(|bead| Scored { score: posterior.of(&bead), bead }).collect()
}

/// The beads of the path on which the most are expected to be right. The best path as a whole may go through a bead of two
/// items and two where most paths have two beads there, each the more probable for it.
pub(super) fn decode_expected(mut lattice: Lattice<'_>) -> Vec<Scored> {
    let mut posteriors = Vec::new();
    let posterior = Posterior::new(&lattice);
    lattice.for_each_bead(|bead| posteriors.push(posterior.of(bead)));
    let mut next = posteriors.into_iter();
    lattice.for_each_edge(|bead, _, slot| *slot = next.next().expect("every edge has a posterior") - worth(bead));
    let (_, backpointers) = viterbi::best_to(&lattice);
    let beads = viterbi::trace_back(lattice.band.end(), &backpointers);
    let score = |bead: &Bead| (lattice.score(bead) + worth(bead)).clamp(0.0, 1.0);
    beads.into_iter().map(|bead| Scored { score: score(&bead), bead }).collect()
}

fn worth(bead: &Bead) -> f32 {
    if bead.is_pair() { WORTH_PAIR } else { WORTH_UNALIGNED }
}

/// The beads of the best path through sections: `decode_band` gives those of a section with several paths, from its place
/// in the list and its band, counted from where it begins.
pub(super) fn decode_sections(
    sections: &[Section],
    decode_band: impl Fn(usize, &Section, &Band) -> Vec<Scored> + Sync,
) -> Vec<Scored> {
    let decode_section = |(at, section): (usize, &Section)| match &section.band {
        Some(band) => {
            let mut scored = decode_band(at, section, band);
            for Scored { bead, .. } in &mut scored {
                *bead = section.shifted(bead.clone());
            }
            scored
        }
        None => {
            let bead = Bead { source: section.source.clone(), target: section.target.clone() };
            vec![Scored { bead, score: 1.0 }]
        }
    };
    if sections.len() < PARALLEL_SECTIONS {
        return sections.iter().enumerate().flat_map(decode_section).collect();
    }
    let parts: Vec<Vec<Scored>> = sections.par_iter().enumerate().map(decode_section).collect();
    parts.concat()
}
