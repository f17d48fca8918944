//! A text as the aligner sees it: items (sentences, or blocks), each a row of numbered words.

use std::ops::Range;

use super::shape::Looks;
use super::vocabulary::Vocabulary;
use crate::align::Dictionary;
use crate::lang::number::{Number, numbers};
use crate::lang::{Language, Reader, zh};
use crate::model::Lang;

/// A word with its place in the item.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub(super) word: u32,
    pub(super) at: f32,
}

/// A sentence or a block.
#[derive(Clone)]
pub(super) struct Item {
    words: Range<usize>,
    features: Range<usize>,
    /// How far the places reach.
    pub(super) extent: f32,
    /// What can be seen of it without reading.
    pub(super) looks: Looks,
}

/// The items of a text.
#[derive(Default)]
pub(super) struct Items {
    list: Vec<Item>,
    words: Vec<Placed>,
    features: Vec<Placed>,
}

impl Items {
    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The items in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.list.iter()
    }

    /// What of an item the other text should explain.
    pub(super) fn words(&self, item: usize) -> &[Placed] {
        &self.words[self.list[item].words.clone()]
    }

    /// What of an item may explain words of the other text.
    pub(super) fn features(&self, item: usize) -> &[Placed] {
        &self.features[self.list[item].features.clone()]
    }

    /// Puts the items into another order; one that is not named is left out.
    pub(super) fn reorder(&mut self, order: &[usize]) {
        self.list = order.iter().map(|&item| self.list[item].clone()).collect();
    }

    /// Runs of items as one item each.
    pub(super) fn joined(&self, parts: &[Range<usize>]) -> Self {
        let mut all = Self::default();
        let count = |of: fn(&Item) -> &Range<usize>| {
            parts.iter().flat_map(|part| &self.list[part.clone()]).map(|item| of(item).len()).sum()
        };
        all.reserve(parts.len(), count(|item| &item.words), count(|item| &item.features));
        for part in parts {
            all.begin(Looks::default(), 0.0);
            for item in part.clone() {
                let Item { looks, extent, .. } = &self.list[item];
                let before = all.last().extent;
                let moved = |placed: &Placed| Placed { at: placed.at + before, ..*placed };
                all.words.extend(self.words(item).iter().map(moved));
                all.features.extend(self.features(item).iter().map(moved));
                all.last().extent += extent;
                all.last().looks.add(looks);
            }
            all.last().extent = all.last().extent.max(1.0);
            all.end();
        }
        all
    }

    fn reserve(&mut self, items: usize, words: usize, features: usize) {
        self.list.reserve(items);
        self.words.reserve(words);
        self.features.reserve(features);
    }

    fn begin(&mut self, looks: Looks, extent: f32) {
        let (words, features) = (self.words.len(), self.features.len());
        self.list.push(Item { words: words..words, features: features..features, extent, looks });
    }

    fn last(&mut self) -> &mut Item {
        self.list.last_mut().expect("an item has begun")
    }

    fn end(&mut self) {
        let (words, features) = (self.words.len(), self.features.len());
        let last = self.last();
        (last.words.end, last.features.end) = (words, features);
    }
}

/// One of the two texts.
pub(super) struct Text<'d> {
    pub(super) items: Items,
    pub(super) vocabulary: Vocabulary,
    dictionary: &'d Dictionary,
}

impl<'d> Text<'d> {
    pub(super) fn read(items: &[&str], lang: &Lang, language: &dyn Language, dictionary: &'d Dictionary) -> Self {
        let vocabulary = Vocabulary::of(dictionary.lexicon().words(lang));
        let mut text = Self { items: Items::default(), vocabulary, dictionary };
        // About as many as an English text has, and a Chinese one.
        let bytes: usize = items.iter().map(|item| item.len()).sum();
        text.items.reserve(items.len(), bytes / 4, bytes / 2);
        for item in items {
            text.items.begin(Looks::of(item, language), 1.0);
            language.read(item, &mut text);
            text.anchors(item, lang);
            text.items.end();
        }
        text
    }

    /// Numbers that can hardly mean anything else stand for themselves in every language.
    fn anchors(&mut self, item: &str, lang: &Lang) {
        if !item.contains(|c: char| c.is_ascii_digit() || !c.is_ascii() && !zh::is_han(c) && c.is_numeric()) {
            return;
        }
        for number in numbers(item, lang).iter().filter(|number| anchors(number)) {
            let word = self.vocabulary.add(&format!("#{}", number.value));
            let place = number.range.start as f32 / item.len() as f32 * self.items.last().extent;
            self.word(word, place);
            self.feature(word, place);
        }
    }
}

fn anchors(number: &Number) -> bool {
    number.accuses() && (number.value >= 10.0 || number.value.fract() != 0.0)
}

impl Reader for Text<'_> {
    fn number(&mut self, word: &str) -> u32 {
        self.vocabulary.add(word)
    }

    fn recall(&self, written: &str) -> Option<u32> {
        self.vocabulary.recall(written)
    }

    fn remember(&mut self, written: &str, number: u32) {
        self.vocabulary.remember(written, number);
    }

    fn known(&mut self, text: &str, found: &mut dyn FnMut(usize, u32)) {
        let vocabulary = &mut self.vocabulary;
        self.dictionary.chinese_words(text, &mut |count, number| {
            let name = || {
                let end = text.char_indices().nth(count).map_or(text.len(), |(end, _)| end);
                &text[..end]
            };
            let number = match number {
                Some(number) => vocabulary.known(number, name),
                None => vocabulary.add(name()),
            };
            found(count, number);
        });
    }

    fn word(&mut self, word: u32, at: f32) {
        self.items.words.push(Placed { word, at });
    }

    fn feature(&mut self, word: u32, at: f32) {
        self.items.features.push(Placed { word, at });
    }

    fn extent(&mut self, extent: f32) {
        self.items.last().extent = extent.max(1.0);
    }
}
