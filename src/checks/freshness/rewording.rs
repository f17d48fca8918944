//! How the source of a pair changed since it was signed off, whole: for whoever has room to show it.

use super::diff::Rewording;
use super::judge::ReviewState;
use super::stale::{Changed, KEPT};
use crate::align::Pair;

/// The source of a pair as it was signed off and as it is, part by part; `None` where it has not changed.
pub fn rewording(pair: &Pair<'_>, state: &ReviewState<'_>) -> Option<Vec<Rewording>> {
    let (ReviewState::Stale(change) | ReviewState::BothChanged(change)) = state else { return None };
    let changed = Changed::of(pair, change);
    let diff = changed.diff();
    if diff.kept() >= KEPT || changed.was.is_empty() || changed.now.is_empty() {
        return Some(diff.parts());
    }
    Some(vec![Rewording::Removed(changed.was.clone()), Rewording::Added(changed.now.clone())])
}
