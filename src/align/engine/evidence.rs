//! What the words of two texts say about which items go together: for every word of the one the words of the other that
//! translate it, each with a likelihood ratio.

use rayon::prelude::*;

use super::bead::Bead;
use super::items::{Items, Token};
use super::tokenizer::Tokenized;
use super::vocabulary::Vocabulary;
use crate::align::Dictionary;
use crate::align::lexicon::learn::{self, Example, Training};
use crate::align::lexicon::{Table, View};
use crate::model::Lang;

/// Probability with which a word that is the same on both sides counts as its own translation.
const IDENTICAL: f32 = 0.5;
/// How much the words of the texts themselves count against those of the lexicon, for how common a word is.
const OWN_WEIGHT: f32 = 5.0;
/// Keeps unseen words from counting without limit.
const UNSEEN: f32 = 1e4;
/// Weight of what is learned from the texts at hand.
const LEARNED_WEIGHT: f32 = 0.3;
/// Most beads of a text that are learned from.
const MAX_EXAMPLES: usize = 4000;
/// Beads from which on both directions are learned in parallel.
const PARALLEL_BEADS: usize = 1000;
/// A translation of the lexicon whose likelihood ratio is smaller says nothing: what is left out are common words, which
/// stand in every sentence.
const MIN_RATIO: f32 = 20.0;
/// The same of a translation that is learned from the texts at hand, where common words are common on purpose.
const MIN_LEARNED_RATIO: f32 = 2.0;
/// How translations are learned from the texts at hand.
const TRAINING: Training = Training { rounds: 4, min_probability: 0.02, min_count: 0.3 };

/// How the features of one text explain the words of the other.
#[derive(Default)]
pub(super) struct Direction {
    /// How probable each word is anywhere: its unigram probability.
    pub(super) unigrams: Vec<f32>,
    /// For every word the features that translate it, each with the likelihood ratio: how many times more probable the word
    /// is beside it than anywhere.
    pub(super) ratios: Table,
    /// The ratios of the lexicon alone, once others are learned.
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
    pub(super) fn new(texts: [Tokenized; 2], langs: [&Lang; 2], dictionary: &Dictionary) -> ([Items; 2], Self) {
        let [a, b] = &texts;
        let shared = shared_words(&a.vocabulary, &b.vocabulary);
        let mirrored = shared.iter().map(|&(first, second)| (second, first)).collect();
        let directions = [
            Direction::new([a, b], langs, shared, dictionary),
            Direction::new([b, a], [langs[1], langs[0]], mirrored, dictionary),
        ];
        let [a, b] = texts;
        ([a.items, b.items], Self { directions, words: [a.vocabulary, b.vocabulary] })
    }

    /// How many words a text has.
    pub(super) fn features(&self, side: usize) -> usize {
        self.words[side].len()
    }

    /// Learns from beads that were found, for another pass.
    pub(super) fn learn(&mut self, items: [&Items; 2], beads: &[Bead]) {
        let every = beads.len().div_ceil(MAX_EXAMPLES).max(1);
        let words = &self.words;
        let learn = |(d, direction): (usize, &mut Direction)| {
            let paired = beads.iter().filter(|bead| bead.is_pair()).step_by(every);
            let examples: Vec<Example> = paired.map(|bead| example(items, bead, d)).collect();
            direction.mix(&learn::learn(&examples, words[1 - d].len(), words[d].len(), TRAINING));
        };
        if beads.len() < PARALLEL_BEADS {
            self.directions.iter_mut().enumerate().for_each(learn);
        } else {
            self.directions.par_iter_mut().enumerate().for_each(learn);
        }
    }
}

/// A bead as an example of how its words of side `d` are translated.
fn example(items: [&Items; 2], bead: &Bead, d: usize) -> Example {
    let numbers = |list: fn(&Items, usize) -> &[Token], side: usize| {
        bead.side(side).flat_map(|item| list(items[side], item)).map(|token| token.word).collect()
    };
    Example { source: numbers(Items::features, 1 - d), target: numbers(Items::words, d), weight: 1.0 }
}

impl Direction {
    /// How the second text explains the words of the first. `translations` are words and features that translate each other
    /// whatever the lexicon says; the termbase adds to them.
    fn new(
        [mine, theirs]: [&Tokenized; 2],
        [lang, other]: [&Lang; 2],
        mut translations: Vec<(u32, u32)>,
        dictionary: &Dictionary,
    ) -> Self {
        let view = dictionary.lexicon().view(lang, other);
        for [words, features] in dictionary.terms(lang, other) {
            add_term(&mut translations, words, &mine.vocabulary, features, &theirs.vocabulary);
        }
        let unigrams = unigrams(mine, &view);
        let ratios = ratios(&mine.vocabulary, &theirs.vocabulary, &view, translations, &unigrams);
        Self { unigrams, ratios, lexical: None }
    }

    /// Takes the lexicon's table and a learned one together.
    fn mix(&mut self, learned: &Table) {
        let lexical = self.lexical.get_or_insert_with(|| self.ratios.clone());
        let mut ratios = Table::new();
        let mut row: Vec<(u32, f32)> = Vec::new();
        for (word, unigram) in (0u32..).zip(&self.unigrams) {
            row.clear();
            row.extend_from_slice(lexical.row(word));
            let learned = learned.row(word);
            if !learned.is_empty() {
                row.extend(learned.iter().map(|&(feature, p)| (feature, LEARNED_WEIGHT * p / unigram)));
                row.sort_by_key(|entry| entry.0);
                row.dedup_by(|next, kept| {
                    let same = next.0 == kept.0;
                    if same {
                        kept.1 += next.1;
                    }
                    same
                });
                row.retain(|entry| entry.1 > MIN_LEARNED_RATIO);
            }
            ratios.extend(&row);
            ratios.end_row();
        }
        self.ratios = ratios;
    }
}

/// For every word the features of the other text that translate it, each with the likelihood ratio. `translations` are words
/// and features that translate each other whatever the lexicon says.
fn ratios(
    words: &Vocabulary,
    features: &Vocabulary,
    view: &View<'_>,
    mut translations: Vec<(u32, u32)>,
    unigrams: &[f32],
) -> Table {
    translations.sort_unstable_by_key(|pair| (pair.1, pair.0));
    translations.dedup();
    let mut translations = translations.into_iter().peekable();
    view.prefetch((0..).take(features.len()).filter_map(|feature| features.in_lexicon(feature)));
    let mut entries: Vec<(u32, u32, f32)> = Vec::new();
    let telling = |word: u32, p: f32| Some(p / unigrams[word as usize]).filter(|ratio| *ratio > MIN_RATIO);
    for feature in (0u32..).take(features.len()) {
        let first = entries.len();
        if let Some(known) = features.in_lexicon(feature) {
            for (word, p) in view.translations(known, |word| words.find(word)) {
                entries.extend(telling(word, p).map(|ratio| (word, feature, ratio)));
            }
        }
        while let Some((word, _)) = translations.next_if(|pair| pair.1 == feature) {
            let Some(ratio) = telling(word, IDENTICAL) else { continue };
            match entries[first..].iter_mut().find(|entry| entry.0 == word) {
                Some(entry) => entry.2 = entry.2.max(ratio),
                None => entries.push((word, feature, ratio)),
            }
        }
    }
    Table::of(words.len(), entries)
}

/// The words that both texts have, as their own translations.
fn shared_words(first: &Vocabulary, second: &Vocabulary) -> Vec<(u32, u32)> {
    second.names().zip(0u32..).filter_map(|(name, number)| Some((first.get(name)?, number))).collect()
}

/// Makes every word of a term in one language a translation of its words in the other.
fn add_term(
    translations: &mut Vec<(u32, u32)>,
    mine: &[String],
    words: &Vocabulary,
    theirs: &[String],
    features: &Vocabulary,
) {
    let theirs: Vec<u32> = theirs.iter().filter_map(|name| features.get(name)).collect();
    for word in mine.iter().filter_map(|name| words.get(name)) {
        translations.extend(theirs.iter().map(|&feature| (word, feature)));
    }
}

/// How probable each word is anywhere: from the lexicon and from the text itself. What the other text need not explain is
/// as probable as can be, so that nothing explains it.
fn unigrams(text: &Tokenized, view: &View<'_>) -> Vec<f32> {
    let mut own = vec![0f32; text.vocabulary.len()];
    for token in (0..text.items.len()).flat_map(|item| text.items.words(item)) {
        own[token.word as usize] += 1.0;
    }
    let total = view.total() + OWN_WEIGHT * own.iter().sum::<f32>() + UNSEEN;
    let unigram = |(word, own): (u32, f32)| {
        let seen = text.vocabulary.in_lexicon(word).map_or(0.0, |known| view.seen(known));
        if own > 0.0 { (seen + OWN_WEIGHT * own + 0.5) / total } else { f32::INFINITY }
    };
    (0u32..).zip(own).map(unigram).collect()
}
