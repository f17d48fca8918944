//! The algorithm: which items of one text say what which items of the other say. Items are sentences, or blocks.
//!
//! Every run of items that translate each other is a *bead*. Beads are the edges of a *lattice*, whose nodes are how many
//! items of either text have been gone through. The best path is found by dynamic programming (Viterbi) over the prior
//! probability of beads, their surfaces, and what the words say: how much more probable each word is beside its supposed
//! translation than anywhere. A cheap pass prunes the lattice to a *band*; there a better model decides, which heeds where in
//! a bead the words stand. The forward–backward algorithm gives each bead its *posterior* probability. Nothing here knows a
//! language.

mod band;
mod bead;
mod bitext;
mod blocks;
mod coarse;
mod decode;
mod diagonal;
mod diagonal_tables;
mod dilution;
mod estimates;
mod evidence;
mod explain;
mod first_pass;
mod grid;
mod inverted_index;
mod items;
mod lattice;
mod log_product;
mod manner;
mod model1;
mod posterior;
mod prune;
mod rare_words;
mod sections;
mod sentences;
mod similarity;
mod surface;
mod surface_model;
#[cfg(test)]
mod tests;
mod tokenizer;
mod viterbi;
mod vocabulary;
mod windows;
mod within_blocks;
mod word_links;

pub(super) use bead::BeadKind;
pub use bead::{Bead, Scored};
pub(super) use bitext::Bitext;
pub use bitext::Texts;
pub use blocks::odds;
pub(super) use blocks::{blocks, pair_scores};
pub use explain::{Explanation, Link, explain};
pub use sentences::sentences;
pub(super) use within_blocks::within_blocks;

/// Weight of the evidence of words, in either direction.
const WORD_WEIGHT: f32 = 0.3;
