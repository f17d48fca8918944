//! Word translation probabilities learned from pairs of texts (IBM model 1; Brown et al. 1993).

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::Table;

/// How long translations are trained, and which of them are kept.
#[derive(Clone, Copy)]
pub struct Training {
    /// Rounds of expectation maximisation.
    pub rounds: usize,
    /// Least probability that is kept.
    pub min_probability: f32,
    /// Least expected count of a pair of words.
    pub min_count: f32,
}

/// A text and its translation, as numbers of words.
pub struct Example {
    /// Source words.
    pub source: Vec<u32>,
    /// Target words.
    pub target: Vec<u32>,
    /// How much it counts.
    pub weight: f32,
}

/// Learns p(target word | source word). `sources` and `targets` are the sizes of the two vocabularies.
pub fn learn(examples: &[Example], sources: usize, targets: usize, training: Training) -> Table {
    let null = u32::try_from(sources).unwrap_or(u32::MAX);
    let mut pairs = Pairs::of(examples, null);
    let mut counts = vec![0f32; pairs.probability.len()];
    for _ in 0..training.rounds {
        counts.fill(0.0);
        for (example, occurrences) in examples.iter().zip(&pairs.occurrences) {
            for row in occurrences.chunks(example.source.len() + 1) {
                let all: f32 = row.iter().map(|&k| pairs.probability[k as usize]).sum();
                for &k in row {
                    counts[k as usize] += example.weight * pairs.probability[k as usize] / all;
                }
            }
        }
        let mut totals = vec![0f32; sources + 1];
        for (k, &(source, _)) in pairs.words.iter().enumerate() {
            totals[source as usize] += counts[k];
        }
        for (k, &(source, _)) in pairs.words.iter().enumerate() {
            pairs.probability[k] = counts[k] / totals[source as usize].max(f32::MIN_POSITIVE);
        }
    }
    let kept = pairs.words.iter().zip(&pairs.probability).zip(&counts);
    let kept = kept
        .filter(|((pair, p), count)| pair.0 != null && **p > training.min_probability && **count > training.min_count);
    Table::of(targets, kept.map(|((&(source, target), &p), _)| (target, source, p)).collect())
}

/// Every pair of words that stand in one example, the null word among the sources, and where in the examples each stands.
struct Pairs {
    words: Vec<(u32, u32)>,
    probability: Vec<f32>,
    /// For every example the pairs in it, by target word.
    occurrences: Vec<Vec<u32>>,
}

impl Pairs {
    fn of(examples: &[Example], null: u32) -> Self {
        let mut known: HashMap<u64, u32, FxBuildHasher> = HashMap::default();
        let mut words = Vec::new();
        let mut occurrences = Vec::with_capacity(examples.len());
        for example in examples {
            let mut pairs = Vec::with_capacity((example.source.len() + 1) * example.target.len());
            for &target in &example.target {
                for &source in example.source.iter().chain([&null]) {
                    pairs.push(*known.entry(u64::from(source) << 32 | u64::from(target)).or_insert_with(|| {
                        words.push((source, target));
                        u32::try_from(words.len() - 1).unwrap_or(u32::MAX)
                    }));
                }
            }
            occurrences.push(pairs);
        }
        Self { probability: vec![1.0; words.len()], words, occurrences }
    }
}
