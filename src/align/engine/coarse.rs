//! A first look from afar at long texts, so that the exact search stays near the right path and grows with the length
//! of the texts, not with its square.

use rayon::prelude::*;

use super::band::Band;
use super::evidence::Evidence;
use super::text::Items;
use crate::align::maths;

/// Texts up to this product of lengths are searched whole.
pub(super) const SMALL: usize = 160_000;
/// Least number of sentences in a chunk.
const CHUNK: usize = 8;
/// Most chunks of a text.
const CHUNKS: usize = 1500;
/// Chunks on either side of the path that the exact search may use.
const MARGIN: usize = 2;
/// Words that more sentences than this give say too little of where they belong.
const COMMON: usize = 120;
/// Most that one word may say.
const CAP: f32 = 3.0;

/// The part of the table in which the best beads are sought.
pub(super) fn band(items: [&Items; 2], evidence: &Evidence) -> Band {
    let (n, m) = (items[0].len(), items[1].len());
    if n * m <= SMALL {
        return Band::whole(n, m);
    }
    let chunk = CHUNK.max(n.max(m).div_ceil(CHUNKS));
    let likeness = Likeness::of(items, evidence, chunk);
    let spans = spans(&likeness);
    let rows = (0..=n).map(|i| {
        let (here, before) = (i.min(n - 1) / chunk, i.saturating_sub(1) / chunk);
        let from = spans[before].0.saturating_sub(MARGIN) * chunk;
        let to = ((spans[here].1 + MARGIN + 1) * chunk).min(m);
        (if i == 0 { 0 } else { from }, if i == n { m } else { to })
    });
    Band::between(rows.collect())
}

/// How alike each chunk of the one text is to each of the other, above what any two chunks are.
struct Likeness {
    rows: usize,
    columns: usize,
    values: Vec<f32>,
}

impl Likeness {
    fn of(items: [&Items; 2], evidence: &Evidence, chunk: usize) -> Self {
        let [rows, columns] = items.map(|items| items.len().div_ceil(chunk));
        let mut values = vec![0f32; rows * columns];
        let places = rare_places(items[0], evidence.features(0), chunk);
        let given: Vec<&[(u32, f32)]> = evidence.directions[1].factors.rows().collect();
        let weights = given.par_iter().map(|features| weights(features, &places));
        let weights: Vec<Option<Vec<(u32, f32)>>> = weights.collect();
        for j in 0..items[1].len() {
            let lists = items[1].words(j).iter().filter_map(|placed| weights[placed.word as usize].as_ref());
            lists.flatten().for_each(|&(row, says)| values[row as usize * columns + j / chunk] += says);
        }
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        values.iter_mut().for_each(|value| *value = (*value - 2.0 * mean).max(0.0));
        Self { rows, columns, values }
    }

    fn at(&self, row: usize, column: usize) -> f32 {
        self.values[row * self.columns + column]
    }
}

/// For every feature of a text the chunks that it stands in; `None` for one that stands in too many items.
fn rare_places(items: &Items, features: usize, chunk: usize) -> Vec<Option<Vec<u32>>> {
    let mut places = vec![Some(Vec::new()); features];
    for at in 0..items.len() {
        for placed in items.features(at) {
            let list: &mut Option<Vec<u32>> = &mut places[placed.word as usize];
            match list {
                Some(all) if all.len() < COMMON => all.push(u32::try_from(at / chunk).unwrap_or(u32::MAX)),
                _ => *list = None,
            }
        }
    }
    places
}

/// What a word says about each chunk; `None` for one that says too little of where it belongs.
fn weights(features: &[(u32, f32)], places: &[Option<Vec<u32>>]) -> Option<Vec<(u32, f32)>> {
    let mut all: Vec<(u32, f32)> = Vec::new();
    for &(feature, factor) in features {
        all.extend(places[feature as usize].as_ref()?.iter().map(|&row| (row, factor)));
        if all.len() > COMMON {
            return None;
        }
    }
    all.iter_mut().for_each(|entry| entry.1 = maths::ln_1p(entry.1 / 10.0).min(CAP));
    Some(all)
}

/// For every row the columns that the most alike path goes through.
fn spans(likeness: &Likeness) -> Vec<(usize, usize)> {
    let (rows, columns) = (likeness.rows, likeness.columns);
    let width = columns + 1;
    let mut best = vec![0f32; (rows + 1) * width];
    for i in 1..=rows {
        for j in 1..=columns {
            let both = best[(i - 1) * width + j - 1] + likeness.at(i - 1, j - 1);
            best[i * width + j] = both.max(best[(i - 1) * width + j]).max(best[i * width + j - 1]);
        }
    }
    let mut spans = vec![(usize::MAX, 0); rows];
    let (mut i, mut j) = (rows, columns);
    while i > 0 && j > 0 {
        let span: &mut (usize, usize) = &mut spans[i - 1];
        *span = (span.0.min(j - 1), span.1.max(j - 1));
        let here = best[i * width + j];
        let matched =
            likeness.at(i - 1, j - 1) > 0.0 && here == best[(i - 1) * width + j - 1] + likeness.at(i - 1, j - 1);
        // Where nothing is alike, the path keeps to the straight line between the texts' corners.
        let level = (i * columns).abs_diff(j * rows) <= rows.max(columns);
        if matched || (level && here == best[(i - 1) * width + j - 1]) {
            i -= 1;
            j -= 1;
        } else if here == best[(i - 1) * width + j] && (here != best[i * width + j - 1] || i * columns > j * rows) {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    spans.iter_mut().take(i).for_each(|span| *span = (0, span.1));
    if let Some(first) = spans.first_mut() {
        first.0 = 0;
    }
    for at in 1..rows {
        // Every row overlaps the one before.
        let before = spans[at - 1].1;
        spans[at].0 = spans[at].0.min(before);
        spans[at].1 = spans[at].1.max(before);
    }
    if let Some(last) = spans.last_mut() {
        last.1 = columns - 1;
    }
    spans
}
