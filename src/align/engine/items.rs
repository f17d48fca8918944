//! The items of a text (sentences, or blocks), each a row of numbered tokens.

use std::ops::Range;

use super::surface::Surface;

/// A word with its position in its item.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// The number of the word.
    pub(super) word: u32,
    pub(super) position: f32,
}

/// A sentence or a block.
#[derive(Clone)]
pub(super) struct Item {
    words: Range<usize>,
    features: Range<usize>,
    /// How far the positions reach.
    pub(super) extent: f32,
    pub(super) surface: Surface,
}

/// The items of a text.
#[derive(Default)]
pub(super) struct Items {
    list: Vec<Item>,
    words: Vec<Token>,
    features: Vec<Token>,
}

impl Items {
    /// No items yet, with room for some.
    pub(super) fn with_capacity(items: usize, words: usize, features: usize) -> Self {
        Self {
            list: Vec::with_capacity(items),
            words: Vec::with_capacity(words),
            features: Vec::with_capacity(features),
        }
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The items in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.list.iter()
    }

    /// What of an item the other text should explain.
    pub(super) fn words(&self, item: usize) -> &[Token] {
        &self.words[self.list[item].words.clone()]
    }

    /// What of an item may explain words of the other text.
    pub(super) fn features(&self, item: usize) -> &[Token] {
        &self.features[self.list[item].features.clone()]
    }

    /// Puts the items into another order; one that is not named is left out.
    pub(super) fn reorder(&mut self, order: &[usize]) {
        self.list = order.iter().map(|&item| self.list[item].clone()).collect();
    }

    /// Some items that stand together.
    pub(super) fn part(&self, items: Range<usize>) -> Self {
        let runs: Vec<Range<usize>> = items.map(|item| item..item + 1).collect();
        self.joined(&runs)
    }

    /// Runs of items as one item each.
    pub(super) fn joined(&self, runs: &[Range<usize>]) -> Self {
        let (mut words, mut features) = (0, 0);
        for item in runs.iter().flat_map(|run| &self.list[run.clone()]) {
            words += item.words.len();
            features += item.features.len();
        }
        let mut joined = Self::with_capacity(runs.len(), words, features);
        for run in runs {
            joined.begin(Surface::default(), 0.0);
            for item in run.clone() {
                let Item { surface, extent, .. } = &self.list[item];
                let before = joined.last().extent;
                let moved = |token: &Token| Token { position: token.position + before, ..*token };
                joined.words.extend(self.words(item).iter().map(moved));
                joined.features.extend(self.features(item).iter().map(moved));
                joined.last().extent += extent;
                joined.last().surface.add(surface);
            }
            joined.last().extent = joined.last().extent.max(1.0);
            joined.end();
        }
        joined
    }

    /// Begins an item; what is pushed until its end belongs to it.
    pub(super) fn begin(&mut self, surface: Surface, extent: f32) {
        let (words, features) = (self.words.len(), self.features.len());
        self.list.push(Item { words: words..words, features: features..features, extent, surface });
    }

    pub(super) fn push_word(&mut self, token: Token) {
        self.words.push(token);
    }

    pub(super) fn push_feature(&mut self, token: Token) {
        self.features.push(token);
    }

    /// The item that was begun last.
    pub(super) fn last(&mut self) -> &mut Item {
        self.list.last_mut().expect("an item has begun")
    }

    pub(super) fn end(&mut self) {
        let (words, features) = (self.words.len(), self.features.len());
        let last = self.last();
        last.words.end = words;
        last.features.end = features;
    }
}
