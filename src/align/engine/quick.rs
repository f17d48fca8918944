//! A quick score of beads, by which words stand in them, wherever in them: for a first look at whole texts.

use super::band::Band;
use super::evidence::Evidence;
use super::nearby::{self, Nearby};
use super::path::MOST;
use super::text::{Items, Placed};
use crate::align::lexicon::Table;
use crate::align::maths;

/// Share of a word that its translation explains; the rest may come from anywhere.
const EXPLAINED: f32 = 0.3;
/// Most that one word may say.
const CAP: f32 = 3.0;
/// How the chance that a word explains another falls with the length of the text around.
const SPREAD: f32 = 1.2;
/// Items that share one index of the other text; each looks at many more than these.
const CHUNK: usize = 32;

/// The evidence of words for every pair of places in a band.
pub(super) struct Quick {
    support: [Vec<Support>; 2],
}

impl Quick {
    pub(super) fn of(items: [&Items; 2], evidence: &Evidence, band: &Band) -> Self {
        let windows = items.map(Windows::of);
        let columns = band.columns(items[1].len());
        let support = [0, 1].map(|d| {
            let near = if d == 0 { &band.rows } else { &columns };
            let others = items[1 - d].len();
            // Where windows begin, and behind that where the last of them may end.
            let begins = |at: usize| {
                let from = near[(at + 1).saturating_sub(MOST)].0;
                (from, (near[at].1.min(others.saturating_sub(1)) + 1).max(from))
            };
            let window = |at: usize| begins(at).0..(begins(at).1 + MOST).min(others);
            let (mine, factors) = (items[d], &evidence.directions[d].factors);
            let of =
                |at: usize, nearby: &Nearby| Support::of(mine.words(at), factors, nearby, &windows[1 - d], begins(at));
            let each = |items: std::ops::Range<usize>, nearby: &Nearby| {
                items.map(|at| of(at, nearby)).collect::<Vec<Support>>()
            };
            let chunks = nearby::each(CHUNK, mine.len(), items[1 - d], evidence.features(1 - d), window, each);
            chunks.into_iter().flatten().collect()
        });
        Self { support }
    }

    pub(super) fn words(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        let first: f32 = self.support[0][i..i + a].iter().map(|support| support.at(j, b)).sum();
        let second: f32 = self.support[1][j..j + b].iter().map(|support| support.at(i, a)).sum();
        first + second
    }
}

/// Evidence of one item for windows of the other text: by length of the window, then by where it begins.
struct Support {
    from: usize,
    sums: [Vec<f32>; MOST],
}

impl Support {
    fn of(words: &[Placed], factors: &Table, nearby: &Nearby, windows: &Windows, (from, to): (usize, usize)) -> Self {
        let end = (to + MOST).min(windows.shares.len());
        let nothing = maths::ln(1.0 - EXPLAINED);
        let mut sums: [Vec<f32>; MOST] = std::array::from_fn(|_| vec![nothing * words.len() as f32; to - from]);
        let mut mass = vec![0f32; end.saturating_sub(from)];
        let mut hit: Vec<usize> = Vec::new();
        for placed in words {
            for &(feature, factor) in factors.row(placed.word) {
                for place in nearby.places(feature) {
                    let at = place.item as usize;
                    if (from..end).contains(&at) {
                        if mass[at - from] == 0.0 {
                            hit.push(at);
                        }
                        mass[at - from] += factor;
                    }
                }
            }
            hit.sort_unstable();
            for &at in &hit {
                for start in (at + 1).saturating_sub(MOST).max(from)..=at.min(to.saturating_sub(1)) {
                    // Each window is counted at the first item in it that has a weight.
                    if mass[start - from..at - from].iter().any(|mass| *mass > 0.0) {
                        continue;
                    }
                    let mut all = 0.0;
                    for long in at - start + 1..=MOST.min(end - start) {
                        all += mass[start + long - 1 - from];
                        let share = EXPLAINED * windows.shares[start][long - 1];
                        let says = maths::ln(1.0 - EXPLAINED + share * all).min(CAP);
                        sums[long - 1][start - from] += says - nothing;
                    }
                }
            }
            hit.drain(..).for_each(|at| mass[at - from] = 0.0);
        }
        Self { from, sums }
    }

    fn at(&self, start: usize, long: usize) -> f32 {
        self.sums[long - 1][start - self.from]
    }
}

/// For every run of items how much of it one word is.
struct Windows {
    shares: Vec<[f32; MOST]>,
}

impl Windows {
    fn of(items: &Items) -> Self {
        let lengths: Vec<f32> = (0..items.len()).map(|item| items.words(item).len().max(1) as f32).collect();
        let shares = (0..lengths.len()).map(|start| {
            let mut around = 1.0;
            std::array::from_fn(|long| {
                around += lengths.get(start + long).copied().unwrap_or(0.0);
                maths::powf(around, -SPREAD)
            })
        });
        Self { shares: shares.collect() }
    }
}
