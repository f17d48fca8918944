//! Pairs that claim too much: that a block moved far.

use crate::align::{Basis, ChapterPair, Relation};

/// The number of units over which a block may have moved. Over more, two blocks were probably paired by mistake.
const FAR: usize = 8;

/// Whether a pair claims, by its words alone, that a block moved from one end of a chapter to the other.
pub(super) fn moved_far(chapter: &ChapterPair<'_>, at: usize) -> bool {
    let pair = &chapter.pairs[at];
    let (Relation::Moved, Basis::Words, Some(target)) = (pair.relation, pair.basis, pair.target()) else {
        return false;
    };
    let place = |other: &usize| {
        let other = &chapter.pairs[*other];
        let before = other.target().is_some_and(|unit| unit.span.start < target.span.start);
        before && other.relation != Relation::Moved && !other.sources.is_empty()
    };
    (0..chapter.pairs.len()).rev().find(place).unwrap_or(0).abs_diff(at) > FAR
}
