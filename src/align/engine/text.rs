//! A text as the aligner sees it: items (sentences, or blocks), each a row of numbered words.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::shape::Looks;
use crate::align::Dictionary;
use crate::align::lang::{Language, Reader};
use crate::align::number::Number;
use crate::align::numbers;
use crate::model::Lang;

/// A word with its place in the item.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub(super) word: u32,
    pub(super) at: f32,
}

/// A sentence or a block.
#[derive(Default)]
pub(super) struct Item {
    /// What the other text should explain.
    pub(super) words: Vec<Placed>,
    /// What may explain words of the other text.
    pub(super) features: Vec<Placed>,
    /// How far the places reach.
    pub(super) extent: f32,
    /// What can be seen of it without reading.
    pub(super) looks: Looks,
}

impl Item {
    /// Several items, one behind the other, as one.
    pub(super) fn joined(items: &[Item]) -> Self {
        let sum = |of: fn(&Item) -> usize| items.iter().map(of).sum();
        let mut all = Self {
            words: Vec::with_capacity(sum(|item| item.words.len())),
            features: Vec::with_capacity(sum(|item| item.features.len())),
            ..Self::default()
        };
        for item in items {
            let moved = |placed: &Placed| Placed { at: placed.at + all.extent, ..*placed };
            all.words.extend(item.words.iter().map(moved));
            all.features.extend(item.features.iter().map(moved));
            all.extent += item.extent;
            all.looks.add(&item.looks);
        }
        all.extent = all.extent.max(1.0);
        all
    }
}

/// Words with numbers of their own.
#[derive(Default)]
pub(super) struct Vocabulary {
    pub(super) names: Vec<String>,
    numbers: HashMap<String, u32, FxBuildHasher>,
    /// The numbers of Chinese words of one character, one higher, by the character's code from [`FIRST`] on: most of what
    /// is read in a Chinese text.
    characters: Vec<u32>,
}

/// The first and the last character of the common Chinese ones.
const FIRST: usize = 0x4e00;
const LAST: usize = 0x9fff;

impl Vocabulary {
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    fn number(&mut self, name: &str) -> u32 {
        let mut chars = name.chars();
        let alone = chars.next().filter(|_| chars.next().is_none()).map(|c| c as usize);
        let Some(at) = alone.filter(|code| (FIRST..=LAST).contains(code)).map(|code| code - FIRST) else {
            return self.look_up(name);
        };
        if let Some(number) = self.characters.get(at).and_then(|number| number.checked_sub(1)) {
            return number;
        }
        self.characters.resize(LAST - FIRST + 1, 0);
        let number = self.look_up(name);
        self.characters[at] = number.saturating_add(1);
        number
    }

    fn look_up(&mut self, name: &str) -> u32 {
        if let Some(number) = self.get(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

/// One of the two texts.
#[derive(Default)]
pub(super) struct Text {
    pub(super) items: Vec<Item>,
    pub(super) words: Vocabulary,
    pub(super) features: Vocabulary,
}

impl Text {
    pub(super) fn read(items: &[&str], lang: &Lang, language: &dyn Language, dictionary: &Dictionary<'_>) -> Self {
        let mut text = Self::default();
        for item in items {
            text.items.push(Item { extent: 1.0, looks: Looks::of(item, language), ..Item::default() });
            language.read(item, &|word| dictionary.knows(word), &mut text);
            text.anchors(item, lang);
        }
        text
    }

    /// Numbers that can hardly mean anything else stand for themselves in every language.
    fn anchors(&mut self, item: &str, lang: &Lang) {
        if !item.contains(|c: char| c.is_numeric()) {
            return;
        }
        for number in numbers(item, lang).iter().filter(|number| anchors(number)) {
            let name = format!("#{}", number.value);
            let place = number.range.start as f32 / item.len() as f32 * self.last().extent;
            self.word(&name, place);
            self.feature(&name, place);
        }
    }

    fn last(&mut self) -> &mut Item {
        self.items.last_mut().expect("an item is being read")
    }
}

fn anchors(number: &Number) -> bool {
    number.accuses() && (number.value >= 10.0 || number.value.fract() != 0.0)
}

impl Reader for Text {
    fn word(&mut self, word: &str, at: f32) {
        let word = self.words.number(word);
        self.last().words.push(Placed { word, at });
    }

    fn feature(&mut self, word: &str, at: f32) {
        let word = self.features.number(word);
        self.last().features.push(Placed { word, at });
    }

    fn extent(&mut self, extent: f32) {
        self.last().extent = extent.max(1.0);
    }
}
