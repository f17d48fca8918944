//! Links between the words of items and the features of the other text that translate them.

use std::ops::Range;

use super::inverted_index::InvertedIndex;
use super::items::Items;
use crate::align::lexicon::Table;

/// Items that share one index of the other text; the window of each is short.
pub(super) const CHUNK: usize = 8;
/// A feature with more postings than this near an item says too little of where its words belong. Only near paragraphs of
/// hundreds of sentences are there such; there they would be most of all.
const MAX_POSTINGS: usize = 200;
/// The same near an item of very many words, which would have too many links all the same.
const MIN_MAX_POSTINGS: usize = 16;
/// Words of an item, times postings of a feature, from which on fewer postings are allowed.
const MAX_LINKS: usize = 200_000;

/// A word and a feature of the other text that translates it.
#[derive(Clone, Copy, Default)]
pub(super) struct WordLink {
    /// Number of the word in its item.
    pub(super) word: u16,
    /// Position of the word in its item.
    pub(super) mine: f32,
    /// Position of the feature in its item.
    pub(super) theirs: f32,
    /// The likelihood ratio.
    pub(super) ratio: f32,
}

/// The links of some items that stand together, by item of the other text.
#[derive(Default)]
pub(super) struct WordLinks {
    items: Vec<ItemLinks>,
    /// For every item and every one in its window where the links end.
    ends: Vec<u32>,
    /// By item, then by item of the other text, then by word.
    links: Vec<WordLink>,
}

/// Where the links of an item stand.
struct ItemLinks {
    /// The items of the other text that it may have links to.
    window: Range<usize>,
    /// Where in the list of ends those of this item begin.
    ends: usize,
    /// Where in the list of links those of this item begin.
    links: usize,
}

impl WordLinks {
    /// The links of an item, the `at`th of these, with each of some items of the other text.
    pub(super) fn with(&self, at: usize, others: Range<usize>) -> impl Iterator<Item = (usize, &[WordLink])> {
        let item = &self.items[at];
        let start = others.start.max(item.window.start);
        let end = others.end.min(item.window.end).max(start);
        let mut begin = match start - item.window.start {
            0 => item.links,
            before => self.ends.get(item.ends + before - 1).map_or(0, |end| *end as usize),
        };
        (start..end).map(move |other| {
            let end = self.ends[item.ends + other - item.window.start] as usize;
            let links = &self.links[begin..end];
            begin = end;
            (other, links)
        })
    }

    /// Those of a chunk of the items of a text.
    pub(super) fn new(
        items: &Items,
        chunk: Range<usize>,
        ratios: &Table,
        index: &InvertedIndex,
        window: impl Fn(usize) -> Range<usize>,
    ) -> Self {
        let mut links = Self::default();
        let mut found = Vec::new();
        for item in chunk {
            links.add_item(items, item, ratios, index, window(item), &mut found);
        }
        links
    }

    /// Adds those of the next item; `found` is room for them, and is left empty.
    fn add_item(
        &mut self,
        items: &Items,
        item: usize,
        ratios: &Table,
        index: &InvertedIndex,
        window: Range<usize>,
        found: &mut Vec<(u32, WordLink)>,
    ) {
        let (first, before) = (self.ends.len(), self.links.len());
        // How many links each item of the window has, then where they end.
        self.ends.resize(first + window.len(), 0);
        let ends = &mut self.ends[first..];
        let max_postings = (MAX_LINKS / items.words(item).len().max(1)).clamp(MIN_MAX_POSTINGS, MAX_POSTINGS);
        if !window.is_empty() {
            for (word, token) in (0..=u16::MAX).zip(items.words(item)) {
                for &(feature, ratio) in ratios.row(token.word) {
                    let postings = index.postings(feature);
                    if postings.len() > max_postings {
                        continue;
                    }
                    // The indexed part is short: all postings are seen, none is sought.
                    for posting in postings {
                        if let Some(count) = ends.get_mut((posting.item as usize).wrapping_sub(window.start)) {
                            *count += 1;
                            let link = WordLink { word, mine: token.position, theirs: posting.position, ratio };
                            found.push((posting.item, link));
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
        self.links.resize(before + found.len(), WordLink::default());
        for (other, link) in found.drain(..) {
            let next = &mut ends[other as usize - window.start];
            self.links[*next as usize] = link;
            *next += 1;
        }
        self.items.push(ItemLinks { window, ends: first, links: before });
    }
}
