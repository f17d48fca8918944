//! What the words of two texts say about which items go together.

use std::collections::HashMap;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::super::lexicon::View;
use super::super::lexicon::learn::{self, Example, Plan, Table};
use super::Bead;
use super::text::{Item, Placed, Text, Vocabulary};
use crate::align::Dictionary;
use crate::model::Lang;

/// Probability with which a word that is the same on both sides counts as its own translation.
const SAME: f32 = 0.5;
/// How much the words of the texts themselves count against those of the lexicon, for how common a word is.
const OWN: f32 = 5.0;
/// Keeps unseen words from counting without limit.
const UNSEEN: f32 = 1e4;
/// Weight of what is learned from the texts at hand.
const LEARNED: f32 = 0.3;
/// Most beads of a text that are learned from.
const TAUGHT: usize = 4000;
/// Beads from which on the work is shared among the cores.
const MANY: usize = 1000;
/// A translation that makes a word less than this many times as likely as anywhere says nothing.
const TELLING: f32 = 2.0;

/// How the features of one text explain the words of the other.
#[derive(Default)]
pub(super) struct Direction {
    /// How likely each word is anywhere.
    pub(super) odds: Vec<f32>,
    /// For every word the features that give it, each with the factor by which it makes the word more likely.
    pub(super) factors: Table,
    /// The factors of the lexicon alone, once others are learned.
    lexical: Option<Table>,
}

/// The words of two texts and how each text explains those of the other: `directions[d]` is about the words of text `d`.
pub(super) struct Evidence {
    pub(super) directions: [Direction; 2],
    /// The features of each text.
    features: [Vocabulary; 2],
    /// The words of each text.
    pub(super) words: [Vocabulary; 2],
}

impl Evidence {
    /// Takes the words of two texts; gives their items beside it.
    pub(super) fn of(texts: [Text; 2], langs: [&Lang; 2], dictionary: &Dictionary<'_>) -> ([Vec<Item>; 2], Self) {
        let direction = |words: &Text, lang: &Lang, features: &Text, other: &Lang| {
            let view = dictionary.lexicon().view(lang, other);
            let mut known = translations(&words.words, &features.features, &view);
            for [mine, theirs] in dictionary.terms(lang, other) {
                add_term(&mut known, mine, &words.words, theirs, &features.features);
            }
            let odds = odds(words, |word| view.seen(word), view.total());
            let mut direction = Direction { odds, factors: known, lexical: None };
            direction.weigh();
            direction
        };
        let [a, b] = &texts;
        let directions = [direction(a, langs[0], b, langs[1]), direction(b, langs[1], a, langs[0])];
        let [a, b] = texts;
        let evidence = Self { directions, features: [a.features, b.features], words: [a.words, b.words] };
        ([a.items, b.items], evidence)
    }

    /// How many features a text has.
    pub(super) fn features(&self, side: usize) -> usize {
        self.features[side].len()
    }

    /// The name of a feature of a text.
    pub(super) fn feature(&self, side: usize, feature: u32) -> &str {
        &self.features[side].names[feature as usize]
    }

    /// Learns from beads that were found, for another look.
    pub(super) fn learn(&mut self, items: [&[Item]; 2], beads: &[Bead]) {
        const PLAN: Plan = Plan { rounds: 4, least: 0.02, seen: 0.3 };
        let every = beads.len().div_ceil(TAUGHT).max(1);
        let (words, features) = (&self.words, &self.features);
        let learn = |(d, direction): (usize, &mut Direction)| {
            let paired = beads.iter().filter(|bead| bead.is_pair()).step_by(every);
            let example = |bead: &Bead| {
                let of = |list: fn(&Item) -> &Vec<Placed>, side: usize| -> Vec<u32> {
                    items[side][bead.side(side)].iter().flat_map(list).map(|placed| placed.word).collect()
                };
                Example { source: of(|item| &item.features, 1 - d), target: of(|item| &item.words, d), weight: 1.0 }
            };
            let examples: Vec<Example> = paired.map(example).collect();
            direction.mix(&learn::learn(&examples, features[1 - d].len(), words[d].len(), PLAN));
        };
        if beads.len() < MANY {
            self.directions.iter_mut().enumerate().for_each(learn);
        } else {
            self.directions.par_iter_mut().enumerate().for_each(learn);
        }
    }
}

impl Direction {
    /// Takes lexicon and learned table together.
    fn mix(&mut self, learned: &Table) {
        let lexical = self.lexical.get_or_insert_with(|| self.factors.clone());
        let of = |(word, lexical): (usize, &Vec<(u32, f32)>)| {
            let mut list = lexical.clone();
            let odds = self.odds[word];
            if let Some(learned) = learned.get(word).filter(|learned| !learned.is_empty()) {
                list.extend(learned.iter().map(|&(feature, p)| (feature, LEARNED * p / odds)));
                list.sort_by_key(|entry| entry.0);
                list.dedup_by(|next, kept| {
                    let same = next.0 == kept.0;
                    kept.1 += if same { next.1 } else { 0.0 };
                    same
                });
                list.retain(|entry| entry.1 > TELLING);
            }
            list
        };
        self.factors = lexical.iter().enumerate().map(of).collect();
    }

    /// Makes probabilities factors, and leaves out what tells little.
    fn weigh(&mut self) {
        for (list, odds) in self.factors.iter_mut().zip(&self.odds) {
            let least = TELLING * odds;
            list.retain_mut(|entry| {
                let tells = entry.1 > least;
                entry.1 /= odds;
                tells
            });
        }
    }
}

/// For every word the features of the other text that give it; a word gives itself.
fn translations(words: &Vocabulary, features: &Vocabulary, view: &View<'_>) -> Table {
    let numbered = (0u32..).zip(&features.names).filter_map(|(here, name)| Some((view.feature(name)?, here)));
    let known: HashMap<u32, u32, FxBuildHasher> = numbered.collect();
    let of = |word: &String| {
        let given = view.given(word).iter();
        let mut list: Vec<(u32, f32)> = given.filter_map(|(feature, p)| Some((*known.get(feature)?, *p))).collect();
        if let Some(same) = features.get(word)
            && !list.iter().any(|entry| entry.0 == same)
        {
            list.push((same, SAME));
        }
        list.sort_unstable_by_key(|entry| entry.0);
        list
    };
    words.names.iter().map(of).collect()
}

/// Makes every word of a term in one language a translation of its words in the other.
fn add_term(known: &mut Table, mine: &[String], words: &Vocabulary, theirs: &[String], features: &Vocabulary) {
    let given: Vec<u32> = theirs.iter().filter_map(|name| features.get(name)).collect();
    for word in mine.iter().filter_map(|name| words.get(name)) {
        let list = &mut known[word as usize];
        for &feature in &given {
            match list.binary_search_by_key(&feature, |entry| entry.0) {
                Ok(at) => list[at].1 = list[at].1.max(SAME),
                Err(at) => list.insert(at, (feature, SAME)),
            }
        }
    }
}

/// How likely each word is anywhere: from the lexicon and from the text itself.
fn odds(text: &Text, seen: impl Fn(&str) -> f32, total: f32) -> Vec<f32> {
    let mut own = vec![0f32; text.words.names.len()];
    text.items.iter().flat_map(|item| &item.words).for_each(|placed| own[placed.word as usize] += 1.0);
    let all = total + OWN * own.iter().sum::<f32>() + UNSEEN;
    text.words.names.iter().zip(own).map(|(name, own)| (seen(name) + OWN * own + 0.5) / all).collect()
}
