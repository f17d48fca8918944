//! The coarse pass over long texts: they are compared in chunks, so that the exact search stays near the right path and
//! grows with the length of the texts, not with its square. Very long ones are compared in larger chunks first.

use rayon::prelude::*;

use super::band::Band;
use super::evidence::Evidence;
use super::grid::Grid;
use super::items::Items;
use crate::maths;

/// Texts up to this product of lengths are searched whole.
pub(super) const MAX_WHOLE: usize = 160_000;
/// Least number of items in a chunk.
const MIN_CHUNK: usize = 8;
/// Most chunks of a text that are all compared with one another; of more, larger ones lead the way.
const MAX_CHUNKS: usize = 1500;
/// How many chunks are one in the comparison before.
const FINER: usize = 8;
/// Chunks on either side of the path that the next search may use.
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
    let mut chunk = MIN_CHUNK;
    while n.max(m).div_ceil(chunk) > MAX_CHUNKS {
        chunk *= FINER;
    }
    let mut near = Band::full(n.div_ceil(chunk), m.div_ceil(chunk));
    loop {
        let finer = if chunk == MIN_CHUNK { 1 } else { chunk / FINER };
        let columns = path(&ChunkSimilarity::new(items, evidence, chunk, near));
        near = beside(&columns, n.div_ceil(finer), m.div_ceil(finer), chunk / finer);
        if finer == 1 {
            return near;
        }
        chunk = finer;
    }
}

/// The band near a path of chunks, for texts of so many parts, of which `size` are a chunk. Every row overlaps the one before.
fn beside(columns: &[(usize, usize)], n: usize, m: usize, size: usize) -> Band {
    let mut rows = Vec::with_capacity(n + 1);
    for i in 0..=n {
        let (here, before) = (i.min(n - 1) / size, i.saturating_sub(1) / size);
        let from = columns[before].0.saturating_sub(CHUNK_MARGIN) * size;
        let to = ((columns[here].1 + CHUNK_MARGIN + 1) * size).min(m);
        rows.push((if i == 0 { 0 } else { from }, if i == n { m } else { to }));
    }
    Band::between(rows)
}

/// How similar each chunk of the one text is to each of the other, above what any two chunks are.
struct ChunkSimilarity {
    /// The nodes between chunks that are searched.
    near: Band,
    /// Of the chunks before each row of nodes but the first, those between its nodes.
    values: Grid<f32>,
    /// The columns of each row that have a value.
    cells: Vec<(usize, usize)>,
}

impl ChunkSimilarity {
    fn new(items: [&Items; 2], evidence: &Evidence, chunk: usize, near: Band) -> Self {
        let (rows, columns) = near.end();
        let cells: Vec<(usize, usize)> = near.rows.windows(2).map(|pair| (pair[0].0, pair[1].1)).collect();
        let mut similarity = Self { values: Grid::filled(&cells, 0f32), cells, near };
        let index = rare_features(items[0], evidence.features(0), chunk);
        let translations: Vec<&[(u32, f32)]> = evidence.directions[1].ratios.rows().collect();
        let weights: Vec<Option<Vec<(u32, f32)>>> =
            translations.par_iter().map(|features| chunk_weights(features, &index)).collect();
        let mut sum = 0.0;
        for j in 0..items[1].len() {
            for token in items[1].words(j) {
                for &(row, weight) in weights[token.word as usize].iter().flatten() {
                    sum += f64::from(weight);
                    if let Some(value) = similarity.cell(row as usize, j / chunk) {
                        *value += weight;
                    }
                }
            }
        }
        let mean = (sum / (rows * columns) as f64) as f32;
        for value in similarity.values.iter_mut() {
            *value = (*value - 2.0 * mean).max(0.0);
        }
        similarity
    }

    fn cell(&mut self, row: usize, column: usize) -> Option<&mut f32> {
        let (from, to) = self.cells[row];
        (from..=to).contains(&column).then(|| self.values.get_mut(row, column))
    }

    /// How similar two chunks are; nothing for those that are not compared.
    fn get(&self, row: usize, column: usize) -> f32 {
        let (from, to) = self.cells[row];
        if (from..=to).contains(&column) { *self.values.get(row, column) } else { 0.0 }
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
        last.1 = similarity.near.end().1 - 1;
    }
    columns
}

/// The highest sum of similarities on a path to each node, row after row.
fn best_sums(similarity: &ChunkSimilarity) -> Grid<f32> {
    let near = &similarity.near;
    let mut best = Grid::filled(&near.rows, 0f32);
    for (i, &(from, to)) in near.rows.iter().enumerate().skip(1) {
        for j in from..=to {
            let Before { up, left, diagonal } = Before::of(&best, near, i, j);
            let both = diagonal + j.checked_sub(1).map_or(0.0, |column| similarity.get(i - 1, column));
            *best.get_mut(i, j) = both.max(up).max(left);
        }
    }
    best
}

/// The sums at the nodes before one; minus infinity for those beyond the band.
struct Before {
    up: f32,
    left: f32,
    diagonal: f32,
}

impl Before {
    fn of(best: &Grid<f32>, near: &Band, i: usize, j: usize) -> Self {
        let sum =
            |i: usize, j: Option<usize>| j.filter(|j| near.has(i, *j)).map_or(f32::NEG_INFINITY, |j| *best.get(i, j));
        let left = j.checked_sub(1);
        Self { up: sum(i - 1, Some(j)), left: sum(i, left), diagonal: sum(i - 1, left) }
    }
}

/// For every row the first and the last column of the best path.
fn trace_back(similarity: &ChunkSimilarity, best: &Grid<f32>) -> Vec<(usize, usize)> {
    let (rows, columns) = similarity.near.end();
    let mut spans = vec![(usize::MAX, 0); rows];
    let (mut i, mut j) = (rows, columns);
    while i > 0 && j > 0 {
        let span: &mut (usize, usize) = &mut spans[i - 1];
        *span = (span.0.min(j - 1), span.1.max(j - 1));
        let here = *best.get(i, j);
        let Before { up, left, diagonal } = Before::of(best, &similarity.near, i, j);
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
