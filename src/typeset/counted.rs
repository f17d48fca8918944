//! Which blocks of a chapter are numbered, by where they stand.

use std::collections::BTreeMap;

use crate::model::Chapter;
use crate::outline::numbered;

/// The numbered blocks of a chapter: the place of each among them, by where it begins and ends.
pub(super) type Places = BTreeMap<(usize, usize), usize>;

/// Finds them.
pub(super) fn places(chapter: &Chapter) -> Places {
    let mut places = Places::new();
    for ((block, _), at) in numbered(chapter).into_iter().zip(0..) {
        places.entry((block.span.start, block.span.end)).or_insert(at);
    }
    places
}
