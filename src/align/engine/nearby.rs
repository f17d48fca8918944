//! Where the features of a stretch of text stand: a small index for items that look at the same stretch.

use std::ops::Range;

use rayon::prelude::*;

use super::text::Items;

/// Items from which on the work is shared among the cores.
const MANY: usize = 2000;

/// A place of a feature.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// The item.
    pub(super) item: u32,
    /// Its place in the item.
    pub(super) at: f32,
}

/// The places of all features in a stretch of items. It is filled for one stretch after the other: a text has many more
/// features than a stretch, and only those that are there are touched.
pub(super) struct Nearby {
    /// For every feature where its places begin and end; 0 and 0 for one that is not there.
    ranges: Vec<(u32, u32)>,
    places: Vec<Place>,
    /// The features that are there.
    here: Vec<u32>,
}

impl Nearby {
    /// Of no stretch yet, of a text with so many features.
    fn of(features: usize) -> Self {
        Self { ranges: vec![(0, 0); features], places: Vec::new(), here: Vec::new() }
    }

    fn fill(&mut self, text: &Items, items: Range<usize>) {
        self.here.drain(..).for_each(|feature| self.ranges[feature as usize] = (0, 0));
        for placed in items.clone().flat_map(|item| text.features(item)) {
            let count = &mut self.ranges[placed.word as usize].1;
            if *count == 0 {
                self.here.push(placed.word);
            }
            *count += 1;
        }
        let mut start = 0;
        for &feature in &self.here {
            // For now both are where its places begin; filling moves the end.
            let range = &mut self.ranges[feature as usize];
            let count = std::mem::replace(range, (start, start)).1;
            start += count;
        }
        self.places.resize(start as usize, Place::default());
        for item in items {
            let number = u32::try_from(item).unwrap_or(u32::MAX);
            for placed in text.features(item) {
                let end = &mut self.ranges[placed.word as usize].1;
                self.places[*end as usize] = Place { item: number, at: placed.at };
                *end += 1;
            }
        }
    }

    /// The places of a feature in the stretch, in order.
    pub(super) fn places(&self, feature: u32) -> &[Place] {
        match self.ranges[feature as usize] {
            (_, 0) => &[],
            (start, end) => &self.places[start as usize..end as usize],
        }
    }
}

/// Calls `of` for chunks of so many out of `count` items, each with an index of `other` that covers the windows there of
/// all its items. `features` is how many the other text has; `window` gives the items of `other` that an item looks at.
pub(super) fn each<T: Send>(
    size: usize,
    count: usize,
    other: &Items,
    features: usize,
    window: impl Fn(usize) -> Range<usize> + Sync,
    of: impl Fn(Range<usize>, &Nearby) -> T + Sync,
) -> Vec<T> {
    let chunk = |nearby: &mut Nearby, start: usize| {
        let items = start..count.min(start + size);
        let windows = || items.clone().map(&window).filter(|window| !window.is_empty());
        let from = windows().map(|window| window.start).min().unwrap_or(0);
        let to = windows().map(|window| window.end).max().unwrap_or(from);
        nearby.fill(other, from..to);
        of(items.clone(), nearby)
    };
    let starts = (0..count).step_by(size);
    if count < MANY {
        let mut nearby = Nearby::of(features);
        return starts.map(|start| chunk(&mut nearby, start)).collect();
    }
    let starts: Vec<usize> = starts.collect();
    starts.into_par_iter().map_init(|| Nearby::of(features), chunk).collect()
}
