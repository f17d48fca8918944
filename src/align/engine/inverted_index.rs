//! An inverted index of a part of a text: for every feature where it stands.

use std::ops::Range;

use rayon::prelude::*;

use super::items::Items;

/// Items from which on they are looked up in parallel.
const PARALLEL_ITEMS: usize = 2000;

/// An occurrence of a feature.
#[derive(Clone, Copy, Default)]
pub(super) struct Posting {
    pub(super) item: u32,
    /// Its position in the item.
    pub(super) position: f32,
}

/// The postings of all features in a part of a text. It is filled for one part after the other: a text has many more
/// features than a part, and only those that are there are touched.
pub(super) struct InvertedIndex {
    /// For every feature where its postings begin and end; 0 and 0 for one that is not there.
    ranges: Vec<(u32, u32)>,
    postings: Vec<Posting>,
    /// The features that are there.
    present: Vec<u32>,
}

impl InvertedIndex {
    /// An empty one, of a text with so many features.
    fn new(features: usize) -> Self {
        Self { ranges: vec![(0, 0); features], postings: Vec::new(), present: Vec::new() }
    }

    fn fill(&mut self, text: &Items, items: Range<usize>) {
        for feature in self.present.drain(..) {
            self.ranges[feature as usize] = (0, 0);
        }
        for token in items.clone().flat_map(|item| text.features(item)) {
            let count = &mut self.ranges[token.word as usize].1;
            if *count == 0 {
                self.present.push(token.word);
            }
            *count += 1;
        }
        let mut start = 0;
        for &feature in &self.present {
            // For now both are where its postings begin; filling moves the end.
            let range = &mut self.ranges[feature as usize];
            let count = std::mem::replace(range, (start, start)).1;
            start += count;
        }
        self.postings.resize(start as usize, Posting::default());
        for item in items {
            let number = u32::try_from(item).unwrap_or(u32::MAX);
            for token in text.features(item) {
                let end = &mut self.ranges[token.word as usize].1;
                self.postings[*end as usize] = Posting { item: number, position: token.position };
                *end += 1;
            }
        }
    }

    /// The postings of a feature, in order.
    pub(super) fn postings(&self, feature: u32) -> &[Posting] {
        match self.ranges[feature as usize] {
            (_, 0) => &[],
            (start, end) => &self.postings[start as usize..end as usize],
        }
    }
}

/// What `map` makes of chunks of `size` out of `count` items, each with an index of `other` that covers the windows of all
/// its items. `features` is how many the other text has; `window` gives the items of `other` that matter to an item.
pub(super) fn map_chunks<T: Send>(
    size: usize,
    count: usize,
    other: &Items,
    features: usize,
    window: impl Fn(usize) -> Range<usize> + Sync,
    map: impl Fn(Range<usize>, &InvertedIndex) -> T + Sync,
) -> Vec<T> {
    let map_chunk = |index: &mut InvertedIndex, start: usize| {
        let items = start..count.min(start + size);
        let windows = || items.clone().map(&window).filter(|window| !window.is_empty());
        let from = windows().map(|window| window.start).min().unwrap_or(0);
        let to = windows().map(|window| window.end).max().unwrap_or(from);
        index.fill(other, from..to);
        map(items.clone(), index)
    };
    let starts = (0..count).step_by(size);
    if count < PARALLEL_ITEMS {
        let mut index = InvertedIndex::new(features);
        return starts.map(|start| map_chunk(&mut index, start)).collect();
    }
    let starts: Vec<usize> = starts.collect();
    starts.into_par_iter().map_init(|| InvertedIndex::new(features), map_chunk).collect()
}
