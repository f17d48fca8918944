//! The coarse pass over long texts: they are compared in chunks, so that the exact search stays near the right path and
//! grows with the length of the texts, not with its square.

use rayon::prelude::*;

use super::band::Band;
use super::evidence::Evidence;
use super::items::Items;
use crate::maths;

/// Texts up to this product of lengths are searched whole.
pub(super) const MAX_WHOLE: usize = 160_000;
/// Least number of items in a chunk.
const MIN_CHUNK: usize = 8;
/// Most chunks of a text.
const MAX_CHUNKS: usize = 1500;
/// Chunks on either side of the path that the exact search may use.
const CHUNK_MARGIN: usize = 2;
/// Words in more items than this say too little of where they belong.
const COMMON: usize = 120;
/// Most that one word may say, as a logarithm.
const MAX_WORD: f32 = 3.0;

/// The band in which the best beads are sought.
pub(super) fn band(items: [&Items; 2], evidence: &Evidence) -> Band {
    let (n, m) = (items[0].len(), items[1].len());
    if n * m <= MAX_WHOLE {
        return Band::full(n, m);
    }
    let chunk = MIN_CHUNK.max(n.max(m).div_ceil(MAX_CHUNKS));
    let columns = path(&ChunkSimilarity::new(items, evidence, chunk));
    let mut rows = Vec::with_capacity(n + 1);
    for i in 0..=n {
        let (here, before) = (i.min(n - 1) / chunk, i.saturating_sub(1) / chunk);
        let from = columns[before].0.saturating_sub(CHUNK_MARGIN) * chunk;
        let to = ((columns[here].1 + CHUNK_MARGIN + 1) * chunk).min(m);
        rows.push((if i == 0 { 0 } else { from }, if i == n { m } else { to }));
    }
    Band::between(rows)
}

/// How similar each chunk of the one text is to each of the other, above what any two chunks are.
struct ChunkSimilarity {
    rows: usize,
    columns: usize,
    values: Vec<f32>,
}

impl ChunkSimilarity {
    fn new(items: [&Items; 2], evidence: &Evidence, chunk: usize) -> Self {
        let [rows, columns] = items.map(|items| items.len().div_ceil(chunk));
        let mut values = vec![0f32; rows * columns];
        let index = rare_features(items[0], evidence.features(0), chunk);
        let translations: Vec<&[(u32, f32)]> = evidence.directions[1].ratios.rows().collect();
        let weights: Vec<Option<Vec<(u32, f32)>>> =
            translations.par_iter().map(|features| chunk_weights(features, &index)).collect();
        for j in 0..items[1].len() {
            for token in items[1].words(j) {
                for &(row, weight) in weights[token.word as usize].iter().flatten() {
                    values[row as usize * columns + j / chunk] += weight;
                }
            }
        }
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        for value in &mut values {
            *value = (*value - 2.0 * mean).max(0.0);
        }
        Self { rows, columns, values }
    }

    fn get(&self, row: usize, column: usize) -> f32 {
        self.values[row * self.columns + column]
    }
}

/// An inverted index: for every feature of a text the chunks that it stands in; `None` for one in too many items.
fn rare_features(items: &Items, features: usize, chunk: usize) -> Vec<Option<Vec<u32>>> {
    let mut index = vec![Some(Vec::new()); features];
    for at in 0..items.len() {
        for token in items.features(at) {
            let postings: &mut Option<Vec<u32>> = &mut index[token.word as usize];
            match postings {
                Some(chunks) if chunks.len() < COMMON => chunks.push(u32::try_from(at / chunk).unwrap_or(u32::MAX)),
                _ => *postings = None,
            }
        }
    }
    index
}

/// What a word says about each chunk; `None` for one that says too little of where it belongs.
fn chunk_weights(features: &[(u32, f32)], index: &[Option<Vec<u32>>]) -> Option<Vec<(u32, f32)>> {
    let mut weights: Vec<(u32, f32)> = Vec::new();
    for &(feature, ratio) in features {
        let weight = maths::ln_1p(ratio / 10.0).min(MAX_WORD);
        weights.extend(index[feature as usize].as_ref()?.iter().map(|&row| (row, weight)));
        if weights.len() > COMMON {
            return None;
        }
    }
    Some(weights)
}

/// The path along which the chunks are most similar: for every row the first and the last column that it goes through.
fn path(similarity: &ChunkSimilarity) -> Vec<(usize, usize)> {
    let mut columns = trace_back(similarity, &best_sums(similarity));
    columns[0].0 = 0;
    for at in 1..columns.len() {
        // Every row overlaps the one before.
        let before = columns[at - 1].1;
        columns[at].0 = columns[at].0.min(before);
        columns[at].1 = columns[at].1.max(before);
    }
    if let Some(last) = columns.last_mut() {
        last.1 = similarity.columns - 1;
    }
    columns
}

/// The highest sum of similarities on a path to each node, row after row.
fn best_sums(similarity: &ChunkSimilarity) -> Vec<f32> {
    let width = similarity.columns + 1;
    let mut best = vec![0f32; (similarity.rows + 1) * width];
    for i in 1..=similarity.rows {
        for j in 1..=similarity.columns {
            let both = best[(i - 1) * width + j - 1] + similarity.get(i - 1, j - 1);
            best[i * width + j] = both.max(best[(i - 1) * width + j]).max(best[i * width + j - 1]);
        }
    }
    best
}

/// For every row the first and the last column of the best path.
fn trace_back(similarity: &ChunkSimilarity, best: &[f32]) -> Vec<(usize, usize)> {
    let (rows, columns) = (similarity.rows, similarity.columns);
    let width = columns + 1;
    let mut spans = vec![(usize::MAX, 0); rows];
    let (mut i, mut j) = (rows, columns);
    while i > 0 && j > 0 {
        let span: &mut (usize, usize) = &mut spans[i - 1];
        *span = (span.0.min(j - 1), span.1.max(j - 1));
        let here = best[i * width + j];
        let (up, left, diagonal) = (best[(i - 1) * width + j], best[i * width + j - 1], best[(i - 1) * width + j - 1]);
        let value = similarity.get(i - 1, j - 1);
        let matched = value > 0.0 && here == diagonal + value;
        // Where nothing is similar, the path keeps to the straight line between the texts' corners.
        let is_near_line = (i * columns).abs_diff(j * rows) <= rows.max(columns);
        if matched || (is_near_line && here == diagonal) {
            i -= 1;
            j -= 1;
        } else if here == up && (here != left || i * columns > j * rows) {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    for span in &mut spans[..i] {
        span.0 = 0;
    }
    spans
}
