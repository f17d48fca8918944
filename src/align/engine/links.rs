//! Links between the words of items and the features of the other text that explain them, for a close look.

use std::ops::Range;

use super::nearby::Nearby;
use super::text::Items;
use crate::align::lexicon::Table;

/// Items that share one index of the other text; each looks at few.
pub(super) const CHUNK: usize = 8;
/// A feature that stands in more places than this near an item says too little of where its words belong. Only near paragraphs
/// of hundreds of sentences are there such; there they would be most of all.
const CROWD: usize = 200;
/// The same near an item of very many words, which would have too many links all the same.
const THIN_CROWD: usize = 16;
/// Words of an item, times places of a feature, from which on a crowd is thinner.
const ROOM: usize = 200_000;

/// A feature of the other text that explains a word.
#[derive(Clone, Copy, Default)]
pub(super) struct Hit {
    /// Number of the word in its item.
    pub(super) word: u16,
    /// Place of the word in its item.
    pub(super) mine: f32,
    /// Place of the feature in its item.
    pub(super) theirs: f32,
    pub(super) factor: f32,
}

/// What of the other text, item by item, explains the words of some items that stand together.
#[derive(Default)]
pub(super) struct Links {
    looks: Vec<Look>,
    /// For every item and every one that it looks at where the hits end.
    ends: Vec<u32>,
    /// By item, then by the item looked at, then by word.
    hits: Vec<Hit>,
}

/// What an item looks at.
struct Look {
    /// Items of the other text.
    window: Range<usize>,
    /// Where in the list of ends those of this item begin.
    ends: usize,
    /// Where in the list of hits those of this item begin.
    hits: usize,
}

impl Links {
    /// The hits of an item, the `at`th of those in this list, with each of some items of the other text.
    pub(super) fn with(&self, at: usize, others: Range<usize>) -> impl Iterator<Item = (usize, &[Hit])> {
        let look = &self.looks[at];
        let start = others.start.max(look.window.start);
        let end = others.end.min(look.window.end).max(start);
        let mut begin = match start - look.window.start {
            0 => look.hits,
            before => self.ends.get(look.ends + before - 1).map_or(0, |end| *end as usize),
        };
        (start..end).map(move |other| {
            let end = self.ends[look.ends + other - look.window.start] as usize;
            let hits = &self.hits[begin..end];
            begin = end;
            (other, hits)
        })
    }
}

/// The links of some items.
pub(super) fn links(
    items: &Items,
    chunk: Range<usize>,
    factors: &Table,
    nearby: &Nearby,
    window: impl Fn(usize) -> Range<usize>,
) -> Links {
    let mut links = Links::default();
    let mut found: Vec<(u32, Hit)> = Vec::new();
    for item in chunk {
        let window = window(item);
        let (first, before) = (links.ends.len(), links.hits.len());
        // How many hits each item of the window has, then where they end.
        links.ends.resize(first + window.len(), 0);
        let ends = &mut links.ends[first..];
        let crowd = (ROOM / items.words(item).len().max(1)).clamp(THIN_CROWD, CROWD);
        if !window.is_empty() {
            for (word, placed) in (0..=u16::MAX).zip(items.words(item)) {
                for &(feature, factor) in factors.row(placed.word) {
                    let places = nearby.places(feature);
                    if places.len() > crowd {
                        continue;
                    }
                    // A stretch is short: no place is sought, all are seen.
                    for place in places {
                        if let Some(count) = ends.get_mut((place.item as usize).wrapping_sub(window.start)) {
                            *count += 1;
                            found.push((place.item, Hit { word, mine: placed.at, theirs: place.at, factor }));
                        }
                    }
                }
            }
        }
        let mut end = u32::try_from(before).unwrap_or(u32::MAX);
        for slot in ends.iter_mut() {
            // For now where they begin; filling moves it to where they end.
            end += std::mem::replace(slot, end);
        }
        links.hits.resize(before + found.len(), Hit::default());
        for (other, hit) in found.drain(..) {
            let next = &mut ends[other as usize - window.start];
            links.hits[*next as usize] = hit;
            *next += 1;
        }
        links.looks.push(Look { window, ends: first, hits: before });
    }
    links
}
