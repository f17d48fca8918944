//! Where the features of a stretch of text stand: a small index for items that look at the same stretch.

use std::ops::Range;

use rayon::prelude::*;

use super::text::Items;

/// Items that share one index.
pub(super) const CHUNK: usize = 32;
/// Items from which on the work is shared among the cores.
const MANY: usize = 2000;

/// A place of a feature.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The item.
    pub(super) item: u32,
    /// Its place in the item.
    pub(super) at: f32,
}

/// The places of all features in a stretch of items.
pub(super) struct Nearby {
    /// For every feature where its places begin; one more at the end.
    starts: Vec<u32>,
    places: Vec<Place>,
}

impl Nearby {
    fn of(text: &Items, features: usize, items: Range<usize>) -> Self {
        let mut starts = vec![0u32; features + 1];
        let all = || items.clone().flat_map(|item| text.features(item).iter().map(move |placed| (item, placed)));
        all().for_each(|(_, placed)| starts[placed.word as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![Place { item: 0, at: 0.0 }; starts[starts.len() - 1] as usize];
        for (item, placed) in all() {
            let slot = &mut next[placed.word as usize];
            places[*slot as usize] = Place { item: u32::try_from(item).unwrap_or(u32::MAX), at: placed.at };
            *slot += 1;
        }
        Self { starts, places }
    }

    /// The places of a feature in the stretch, in order.
    pub(super) fn places(&self, feature: u32) -> &[Place] {
        &self.places[self.starts[feature as usize] as usize..self.starts[feature as usize + 1] as usize]
    }

    /// The places of a feature in some items of the stretch, in order. A stretch is short: none is sought, all are seen.
    pub(super) fn within(&self, feature: u32, items: Range<usize>) -> impl Iterator<Item = &Place> {
        self.places(feature).iter().filter(move |place| items.contains(&(place.item as usize)))
    }
}

/// Calls `of` for chunks of [`CHUNK`] out of `count` items, each with an index of `other` that covers the windows there of
/// all its items. `features` is how many the other text has; `window` gives the items of `other` that an item looks at.
pub(super) fn each<T: Send>(
    count: usize,
    other: &Items,
    features: usize,
    window: impl Fn(usize) -> Range<usize> + Sync,
    of: impl Fn(Range<usize>, &Nearby) -> T + Sync,
) -> Vec<T> {
    let chunk = |start: usize| {
        let items = start..count.min(start + CHUNK);
        let windows = || items.clone().map(&window).filter(|window| !window.is_empty());
        let from = windows().map(|window| window.start).min().unwrap_or(0);
        let to = windows().map(|window| window.end).max().unwrap_or(from);
        of(items.clone(), &Nearby::of(other, features, from..to))
    };
    let starts = (0..count).step_by(CHUNK);
    if count < MANY {
        return starts.map(chunk).collect();
    }
    starts.collect::<Vec<usize>>().into_par_iter().map(chunk).collect()
}
