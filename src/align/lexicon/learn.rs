//! Word translation probabilities learned from pairs of texts (IBM model 1; Brown et al. 1993).

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::Table;

/// What is learned and what of it is kept.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Rounds of expectation maximisation.
    pub rounds: usize,
    /// Least probability that is kept.
    pub least: f32,
    /// Least expected number of times that a pair of words was seen.
    pub seen: f32,
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
pub fn learn(examples: &[Example], sources: usize, targets: usize, plan: Plan) -> Table {
    let none = u32::try_from(sources).unwrap_or(u32::MAX);
    let mut pairs = Pairs::of(examples, none);
    let mut counts = vec![0f32; pairs.probability.len()];
    for _ in 0..plan.rounds {
        counts.fill(0.0);
        for (example, places) in examples.iter().zip(&pairs.places) {
            for row in places.chunks(example.source.len() + 1) {
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
    let kept = kept.filter(|((pair, p), count)| pair.0 != none && **p > plan.least && **count > plan.seen);
    Table::of(targets, kept.map(|((&(source, target), &p), _)| (target, source, p)).collect())
}

/// Every pair of words that stand in one example, and where in the examples each stands.
struct Pairs {
    words: Vec<(u32, u32)>,
    probability: Vec<f32>,
    places: Vec<Vec<u32>>,
}

impl Pairs {
    fn of(examples: &[Example], none: u32) -> Self {
        let mut known: HashMap<u64, u32, FxBuildHasher> = HashMap::default();
        let mut words = Vec::new();
        let places = examples
            .iter()
            .map(|example| {
                let mut places = Vec::with_capacity((example.source.len() + 1) * example.target.len());
                for &target in &example.target {
                    for &source in example.source.iter().chain([&none]) {
                        places.push(*known.entry(u64::from(source) << 32 | u64::from(target)).or_insert_with(|| {
                            words.push((source, target));
                            u32::try_from(words.len() - 1).unwrap_or(u32::MAX)
                        }));
                    }
                }
                places
            })
            .collect();
        Self { probability: vec![1.0; words.len()], words, places }
    }
}
