//! The best way through two texts: beads of sentences that translate each other, by dynamic programming.

use rayon::prelude::*;

use super::Bead;
use super::evidence::{Evidence, Weights};
use super::shape::Shape;

/// Most sentences on a side of a bead.
const MOST: usize = 6;

/// Kinds of beads with their prior probabilities, from published counts of Chinese–English translations.
const KINDS: [(usize, usize, f32); 17] = [
    (1, 1, 0.62),
    (1, 2, 0.2),
    (1, 3, 0.06),
    (1, 4, 0.02),
    (1, 5, 0.005),
    (1, 6, 0.002),
    (2, 1, 0.05),
    (3, 1, 0.006),
    (4, 1, 0.001),
    (2, 2, 0.02),
    (2, 3, 0.01),
    (3, 2, 0.003),
    (2, 4, 0.003),
    (3, 3, 0.0015),
    (3, 4, 0.0007),
    (4, 2, 0.0005),
    (2, 5, 0.0005),
];

/// Cost of a sentence that has no counterpart.
const ALONE: f32 = -4.0;
/// Weight of the evidence of words, in either direction.
const WORDS: f32 = 0.3;
/// Share of a word that its translation explains; the rest may come from anywhere.
const EXPLAINED: f32 = 0.3;
/// Most that one word may say.
const CAP: f32 = 3.0;
/// How the chance that a word explains another falls with the length of the text around.
const SPREAD: f32 = 1.2;

/// The part of the table that is looked at: for every Chinese sentence, from which English sentence to which.
pub(super) struct Band {
    /// First and last node for every number of Chinese sentences gone through; both rise.
    pub(super) rows: Vec<(usize, usize)>,
}

impl Band {
    /// The whole table.
    pub(super) fn whole(n: usize, m: usize) -> Self {
        Self { rows: vec![(0, m); n + 1] }
    }

    fn has(&self, i: usize, j: usize) -> bool {
        let (from, to) = self.rows[i];
        (from..=to).contains(&j)
    }

    /// The same from the other side: for every English sentence the Chinese ones that it may go with.
    fn columns(&self, m: usize) -> Vec<(usize, usize)> {
        let mut columns = vec![(usize::MAX, 0); m + 1];
        for (i, &(from, to)) in self.rows.iter().enumerate() {
            for column in &mut columns[from..=to] {
                *column = (column.0.min(i), i);
            }
        }
        columns
    }
}

/// Evidence of one sentence for windows of the other text: by length of the window, then by where it begins.
struct Support {
    from: usize,
    sums: [Vec<f32>; MOST],
}

impl Support {
    /// `words` of a sentence against the windows that begin in `from..to`.
    fn of(words: &[u32], weights: &[Weights], windows: &Windows, from: usize, to: usize) -> Self {
        let end = (to + MOST).min(windows.sentences);
        let nothing = (1.0 - EXPLAINED).ln();
        let mut sums: [Vec<f32>; MOST] = std::array::from_fn(|_| vec![nothing * words.len() as f32; to - from]);
        let mut mass = vec![0f32; end.saturating_sub(from)];
        for &word in words {
            let list = &weights[word as usize];
            let first = list.partition_point(|entry| (entry.0 as usize) < from);
            let near = list[first..].iter().take_while(|entry| (entry.0 as usize) < end);
            let mut any = false;
            for &(at, weight) in near {
                mass[at as usize - from] = weight;
                any = true;
            }
            if !any {
                continue;
            }
            for start in from..to {
                let mut all = 0.0;
                for long in 1..=MOST.min(end - start) {
                    all += mass[start + long - 1 - from];
                    if all > 0.0 {
                        let share = EXPLAINED * windows.share(start, long);
                        let says = (1.0 - EXPLAINED + share * all).ln().min(CAP);
                        sums[long - 1][start - from] += says - nothing;
                    }
                }
            }
            mass.fill(0.0);
        }
        Self { from, sums }
    }

    fn at(&self, start: usize, long: usize) -> f32 {
        self.sums[long - 1][start - self.from]
    }
}

/// Finds the best beads within a band.
pub(super) fn best(evidence: &Evidence, shape: &Shape, band: &Band) -> Vec<Bead> {
    let (n, m) = (evidence.chinese.len(), evidence.english.len());
    let table = Scores::of(evidence, shape, band);
    let mut best: Vec<Vec<f32>> = band.rows.iter().map(|(from, to)| vec![f32::NEG_INFINITY; to - from + 1]).collect();
    let mut steps: Vec<Vec<(u8, u8)>> = best.iter().map(|row| vec![(0, 0); row.len()]).collect();
    let reached = |best: &[Vec<f32>], i: usize, j: usize| match band.has(i, j) {
        true => best[i][j - band.rows[i].0],
        false => f32::NEG_INFINITY,
    };
    for i in 0..=n {
        let (from, to) = band.rows[i];
        for j in from..=to {
            let mut top = (if i + j == 0 { 0.0 } else { f32::NEG_INFINITY }, (0, 0));
            let mut offer = |score: f32, step: (u8, u8)| {
                if score > top.0 {
                    top = (score, step);
                }
            };
            if i > 0 {
                offer(reached(&best, i - 1, j) + ALONE, (1, 0));
            }
            if j > 0 {
                offer(reached(&best, i, j - 1) + ALONE, (0, 1));
            }
            for (a, b, prior) in KINDS {
                if i >= a && j >= b {
                    let before = reached(&best, i - a, j - b);
                    if before > f32::NEG_INFINITY {
                        offer(before + table.score(i - a, a, j - b, b, prior), (a as u8, b as u8));
                    }
                }
            }
            best[i][j - from] = top.0;
            steps[i][j - from] = top.1;
        }
    }
    trace(n, m, |i, j| steps[i][j - band.rows[i].0])
}

fn trace(n: usize, m: usize, step: impl Fn(usize, usize) -> (u8, u8)) -> Vec<Bead> {
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::new();
    while i + j > 0 {
        let (a, b) = step(i, j);
        let (a, b) = (usize::from(a), usize::from(b));
        assert!(a + b > 0, "a band leads from corner to corner");
        beads.push(Bead { source: i - a..i, target: j - b..j });
        i -= a;
        j -= b;
    }
    beads.reverse();
    beads
}

/// The evidence of words for every pair of places in the band.
struct Scores<'a> {
    shape: &'a Shape,
    forward: Vec<Support>,
    back: Vec<Support>,
}

impl<'a> Scores<'a> {
    fn of(evidence: &Evidence, shape: &'a Shape, band: &Band) -> Self {
        let (n, m) = (evidence.chinese.len(), evidence.english.len());
        let columns = band.columns(m);
        let (english, chinese) = (evidence.english_weights(), evidence.chinese_weights());
        let (chinese_windows, english_windows) = (Windows::of(&evidence.chinese), Windows::of(&evidence.english));
        let forward = (0..m)
            .into_par_iter()
            .map(|j| {
                let (from, to) = (columns[(j + 1).saturating_sub(MOST)].0, columns[j].1.min(n.saturating_sub(1)));
                Support::of(&evidence.english[j], &english, &chinese_windows, from, (to + 1).max(from))
            })
            .collect();
        let back = (0..n)
            .into_par_iter()
            .map(|i| {
                let (from, to) = (band.rows[(i + 1).saturating_sub(MOST)].0, band.rows[i].1.min(m.saturating_sub(1)));
                Support::of(&evidence.chinese[i], &chinese, &english_windows, from, (to + 1).max(from))
            })
            .collect();
        Self { shape, forward, back }
    }

    fn score(&self, i: usize, a: usize, j: usize, b: usize, prior: f32) -> f32 {
        let forward: f32 = self.forward[j..j + b].iter().map(|support| support.at(i, a)).sum();
        let back: f32 = self.back[i..i + a].iter().map(|support| support.at(j, b)).sum();
        prior.ln() + WORDS * (forward + back) + self.shape.fit(i, a, j, b)
    }
}

/// For every run of sentences how much of it one word is.
struct Windows {
    sentences: usize,
    shares: Vec<[f32; MOST]>,
}

impl Windows {
    fn of(sentences: &[Vec<u32>]) -> Self {
        let lengths: Vec<f32> = sentences.iter().map(|words| words.len().max(1) as f32).collect();
        let shares = (0..lengths.len()).map(|start| {
            let mut around = 1.0;
            std::array::from_fn(|long| {
                around += lengths.get(start + long).copied().unwrap_or(0.0);
                around.powf(-SPREAD)
            })
        });
        Self { sentences: lengths.len(), shares: shares.collect() }
    }

    fn share(&self, start: usize, long: usize) -> f32 {
        self.shares[start][long - 1]
    }
}
