//! What the words of two texts say about which items go together.

use rayon::prelude::*;

use super::Bead;
use super::text::{Items, Placed, Text};
use super::vocabulary::Vocabulary;
use crate::align::Dictionary;
use crate::align::lexicon::learn::{self, Example, Plan};
use crate::align::lexicon::{Table, View};
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
/// A translation of the lexicon that makes a word less than this many times as likely as anywhere says nothing: what is
/// left out are common words, which stand in every sentence.
const TELLING: f32 = 20.0;
/// The same of a translation that is learned from the texts at hand, where common words are common on purpose.
const TAUGHT_TELLING: f32 = 2.0;

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
    /// The words of each text.
    pub(super) words: [Vocabulary; 2],
}

impl Evidence {
    /// Takes the words of two texts; gives their items beside it.
    pub(super) fn of(texts: [Text<'_>; 2], langs: [&Lang; 2], dictionary: &Dictionary) -> ([Items; 2], Self) {
        let [a, b] = &texts;
        let same = same(&a.vocabulary, &b.vocabulary);
        let mirrored = same.iter().map(|&(first, second)| (second, first)).collect::<Vec<_>>();
        let direction = |mine: &Text<'_>, lang: &Lang, theirs: &Text<'_>, other: &Lang, same: &[(u32, u32)]| {
            let view = dictionary.lexicon().view(lang, other);
            let mut given = same.to_vec();
            for [words, features] in dictionary.terms(lang, other) {
                add_term(&mut given, words, &mine.vocabulary, features, &theirs.vocabulary);
            }
            let odds = odds(mine, &view);
            let factors = translations(&mine.vocabulary, &theirs.vocabulary, &view, given, &odds);
            Direction { odds, factors, lexical: None }
        };
        let directions = [direction(a, langs[0], b, langs[1], &same), direction(b, langs[1], a, langs[0], &mirrored)];
        let [a, b] = texts;
        ([a.items, b.items], Self { directions, words: [a.vocabulary, b.vocabulary] })
    }

    /// How many words a text has.
    pub(super) fn features(&self, side: usize) -> usize {
        self.words[side].len()
    }

    /// Learns from beads that were found, for another look.
    pub(super) fn learn(&mut self, items: [&Items; 2], beads: &[Bead]) {
        const PLAN: Plan = Plan { rounds: 4, least: 0.02, seen: 0.3 };
        let every = beads.len().div_ceil(TAUGHT).max(1);
        let words = &self.words;
        let learn = |(d, direction): (usize, &mut Direction)| {
            let paired = beads.iter().filter(|bead| bead.is_pair()).step_by(every);
            let example = |bead: &Bead| {
                let of = |list: fn(&Items, usize) -> &[Placed], side: usize| -> Vec<u32> {
                    bead.side(side).flat_map(|item| list(items[side], item)).map(|placed| placed.word).collect()
                };
                Example { source: of(Items::features, 1 - d), target: of(Items::words, d), weight: 1.0 }
            };
            let examples: Vec<Example> = paired.map(example).collect();
            direction.mix(&learn::learn(&examples, words[1 - d].len(), words[d].len(), PLAN));
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
        let mut factors = Table::new();
        let mut list: Vec<(u32, f32)> = Vec::new();
        for (word, odds) in (0u32..).zip(&self.odds) {
            list.clear();
            list.extend_from_slice(lexical.row(word));
            let learned = learned.row(word);
            if !learned.is_empty() {
                list.extend(learned.iter().map(|&(feature, p)| (feature, LEARNED * p / odds)));
                list.sort_by_key(|entry| entry.0);
                list.dedup_by(|next, kept| {
                    let same = next.0 == kept.0;
                    kept.1 += if same { next.1 } else { 0.0 };
                    same
                });
                list.retain(|entry| entry.1 > TAUGHT_TELLING);
            }
            factors.extend(&list);
            factors.end_row();
        }
        self.factors = factors;
    }
}

/// For every word the features of the other text that give it, each with the factor by which it makes the word more
/// likely. `given` are words and features that translate each other in this text whatever the lexicon says.
fn translations(
    words: &Vocabulary,
    features: &Vocabulary,
    view: &View<'_>,
    mut given: Vec<(u32, u32)>,
    odds: &[f32],
) -> Table {
    given.sort_unstable_by_key(|pair| (pair.1, pair.0));
    given.dedup();
    let mut given = given.into_iter().peekable();
    view.fetch((0..).take(features.len()).filter_map(|feature| features.in_lexicon(feature)));
    let mut entries: Vec<(u32, u32, f32)> = Vec::new();
    let factor = |word: u32, p: f32| Some(p / odds[word as usize]).filter(|factor| *factor > TELLING);
    for feature in (0u32..).take(features.len()) {
        let first = entries.len();
        if let Some(known) = features.in_lexicon(feature) {
            for (word, p) in view.given_by(known, |word| words.find(word)) {
                entries.extend(factor(word, p).map(|factor| (word, feature, factor)));
            }
        }
        while let Some((word, _)) = given.next_if(|pair| pair.1 == feature) {
            let Some(factor) = factor(word, SAME) else { continue };
            match entries[first..].iter_mut().find(|entry| entry.0 == word) {
                Some(entry) => entry.2 = entry.2.max(factor),
                None => entries.push((word, feature, factor)),
            }
        }
    }
    Table::of(words.len(), entries)
}

/// The words that both texts have: a word gives itself.
fn same(first: &Vocabulary, second: &Vocabulary) -> Vec<(u32, u32)> {
    second.names().zip(0u32..).filter_map(|(name, number)| Some((first.get(name)?, number))).collect()
}

/// Makes every word of a term in one language a translation of its words in the other.
fn add_term(
    given: &mut Vec<(u32, u32)>,
    mine: &[String],
    words: &Vocabulary,
    theirs: &[String],
    features: &Vocabulary,
) {
    let theirs: Vec<u32> = theirs.iter().filter_map(|name| features.get(name)).collect();
    for word in mine.iter().filter_map(|name| words.get(name)) {
        given.extend(theirs.iter().map(|&feature| (word, feature)));
    }
}

/// How likely each word is anywhere: from the lexicon and from the text itself. What the other text need not explain is
/// as likely as can be, so that nothing explains it.
fn odds(text: &Text<'_>, view: &View<'_>) -> Vec<f32> {
    let mut own = vec![0f32; text.vocabulary.len()];
    let words = (0..text.items.len()).flat_map(|item| text.items.words(item));
    words.for_each(|placed| own[placed.word as usize] += 1.0);
    let all = view.total() + OWN * own.iter().sum::<f32>() + UNSEEN;
    let seen = |word: u32| text.vocabulary.in_lexicon(word).map_or(0.0, |known| view.seen(known));
    let odds = |(word, own): (u32, f32)| if own > 0.0 { (seen(word) + OWN * own + 0.5) / all } else { f32::INFINITY };
    (0u32..).zip(own).map(odds).collect()
}
