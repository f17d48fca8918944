//! What the words of two texts say about which sentences go together.

use std::collections::HashMap;

use super::learn::{self, Example, Plan, Table};
use super::lexicon::Lexicon;
use super::{Bead, en, zh};

/// Probability with which a word that is the same on both sides counts as its own translation.
const SAME: f32 = 0.5;

/// How much the words of the texts themselves count against those of the lexicon, for how common a word is.
const OWN: f32 = 5.0;

/// Keeps unseen words from counting without limit.
const UNSEEN: f32 = 1e4;

/// Weight of what is learned from the texts at hand.
const LEARNED: f32 = 0.3;

/// Words of one text with numbers of their own.
#[derive(Default)]
struct Vocabulary {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Vocabulary {
    fn number(&mut self, name: String) -> u32 {
        if let Some(&number) = self.numbers.get(&name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }
}

/// Sentences on which a word weighs, in order, each with its weight.
pub(super) type Weights = Vec<(u32, f32)>;

/// Two texts, word by word.
pub(super) struct Evidence {
    /// Chinese words of each sentence.
    pub(super) chinese: Vec<Vec<u32>>,
    /// Chinese features of each sentence.
    features: Vec<Vec<u32>>,
    /// English words of each sentence.
    pub(super) english: Vec<Vec<u32>>,
    feature_count: usize,
    chinese_odds: Vec<f32>,
    english_odds: Vec<f32>,
    /// p(English word | feature) and p(Chinese word | English word): from the lexicon, then from the texts.
    to_english: [Table; 2],
    to_chinese: [Table; 2],
}

impl Evidence {
    /// Reads two texts, a sentence each.
    pub(super) fn of(chinese: &[&str], english: &[&str], lexicon: &Lexicon) -> Self {
        let (mut words, mut features, mut stems) = <(Vocabulary, Vocabulary, Vocabulary)>::default();
        let known = |word: &str| lexicon.knows(word);
        let (mut in_words, mut in_features) = (Vec::new(), Vec::new());
        for sentence in chinese {
            let parts = zh::parts(sentence, &known);
            in_words.push(parts.words.into_iter().map(|word| words.number(word)).collect::<Vec<_>>());
            in_features.push(parts.features.into_iter().map(|word| features.number(word)).collect::<Vec<_>>());
        }
        let in_stems: Vec<Vec<u32>> =
            english.iter().map(|s| en::tokens(s).into_iter().map(|stem| stems.number(stem)).collect()).collect();
        let to_english = translations(&stems, &features, |stem| {
            let number = lexicon.english.number(stem)?;
            Some(named(&lexicon.to_english[number as usize], &lexicon.chinese.names))
        });
        let to_chinese = translations(&words, &stems, |word| {
            let number = lexicon.chinese.number(word)?;
            Some(named(&lexicon.to_chinese[number as usize], &lexicon.english.names))
        });
        Self {
            chinese_odds: odds(
                &words,
                &in_words,
                |w| lexicon.chinese.number(w).map(|n| lexicon.chinese.seen[n as usize]),
                lexicon.chinese.total(),
            ),
            english_odds: odds(
                &stems,
                &in_stems,
                |w| lexicon.english.number(w).map(|n| lexicon.english.seen[n as usize]),
                lexicon.english.total(),
            ),
            chinese: in_words,
            features: in_features,
            english: in_stems,
            feature_count: features.names.len(),
            to_english: [to_english, Vec::new()],
            to_chinese: [to_chinese, Vec::new()],
        }
    }

    /// Learns from beads that were found, for a second look.
    pub(super) fn learn(&mut self, beads: &[Bead]) {
        const PLAN: Plan = Plan { rounds: 4, least: 0.02, seen: 0.3 };
        let paired = || beads.iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty());
        let gather = |sentences: &[Vec<u32>], range: &std::ops::Range<usize>| sentences[range.clone()].concat();
        let example = |source: Vec<u32>, target: Vec<u32>| Example { source, target, weight: 1.0 };
        let forward: Vec<Example> =
            paired().map(|b| example(gather(&self.features, &b.source), gather(&self.english, &b.target))).collect();
        let back: Vec<Example> =
            paired().map(|b| example(gather(&self.english, &b.target), gather(&self.chinese, &b.source))).collect();
        let stems = self.english_odds.len();
        self.to_english[1] = weakened(learn::learn(&forward, self.feature_count, stems, PLAN));
        self.to_chinese[1] = weakened(learn::learn(&back, stems, self.chinese_odds.len(), PLAN));
    }

    /// For every English word the Chinese sentences that give it.
    pub(super) fn english_weights(&self) -> Vec<Weights> {
        weights(&self.to_english, &places(&self.features, self.feature_count), &self.english_odds)
    }

    /// For every Chinese word the English sentences that give it.
    pub(super) fn chinese_weights(&self) -> Vec<Weights> {
        weights(&self.to_chinese, &places(&self.english, self.english_odds.len()), &self.chinese_odds)
    }
}

fn named<'a>(list: &'a [(u32, f32)], names: &'a [String]) -> impl Iterator<Item = (&'a str, f32)> {
    list.iter().map(|&(number, p)| (names[number as usize].as_str(), p))
}

/// For every target the sources in the other text that give it; a word gives itself.
fn translations<'l, I: Iterator<Item = (&'l str, f32)>>(
    targets: &Vocabulary,
    sources: &Vocabulary,
    known: impl Fn(&str) -> Option<I>,
) -> Table {
    let of = |target: &String| {
        let mut list: Vec<(u32, f32)> = known(target)
            .into_iter()
            .flatten()
            .filter_map(|(name, p)| sources.numbers.get(name).map(|&number| (number, p)))
            .collect();
        if let Some(&same) = sources.numbers.get(target)
            && !list.iter().any(|entry| entry.0 == same)
        {
            list.push((same, SAME));
        }
        list
    };
    targets.names.iter().map(of).collect()
}

/// How likely each word is anywhere: from the lexicon and from the text itself.
fn odds(words: &Vocabulary, sentences: &[Vec<u32>], known: impl Fn(&str) -> Option<f32>, total: f32) -> Vec<f32> {
    let mut own = vec![0f32; words.names.len()];
    sentences.iter().flatten().for_each(|&word| own[word as usize] += 1.0);
    let all = total + OWN * own.iter().sum::<f32>() + UNSEEN;
    words.names.iter().zip(own).map(|(name, own)| (known(name).unwrap_or(0.0) + OWN * own + 0.5) / all).collect()
}

/// For every word the sentences that it is in, and how often.
fn places(sentences: &[Vec<u32>], words: usize) -> Vec<Weights> {
    let mut places: Vec<Weights> = vec![Vec::new(); words];
    for (at, sentence) in sentences.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        for &word in sentence {
            match places[word as usize].last_mut() {
                Some(last) if last.0 == at => last.1 += 1.0,
                _ => places[word as usize].push((at, 1.0)),
            }
        }
    }
    places
}

fn weights(tables: &[Table; 2], places: &[Weights], odds: &[f32]) -> Vec<Weights> {
    let of = |(word, &odds): (usize, &f32)| {
        let mut all: Weights = Vec::new();
        for list in tables.iter().filter_map(|table| table.get(word)) {
            for &(source, p) in list {
                all.extend(places[source as usize].iter().map(|&(at, times)| (at, times * p / odds)));
            }
        }
        all.sort_by_key(|entry| entry.0);
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        all
    };
    odds.iter().enumerate().map(of).collect()
}

fn weakened(mut table: Table) -> Table {
    table.iter_mut().flatten().for_each(|entry| entry.1 *= LEARNED);
    table
}
