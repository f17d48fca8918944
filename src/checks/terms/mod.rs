//! Terms: whether a translation uses the words that the termbase gives.

pub(super) mod forbidden_rendering;
pub(super) mod regional_word;
pub(super) mod table;
pub(super) mod term_missing;
pub(super) mod term_variants;
pub(super) mod usage;
mod words;
