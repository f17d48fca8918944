//! Sentences inside pairs of blocks that are known: no bead leaves its room.

use std::ops::Range;

use super::band::Band;
use super::close::Close;
use super::grid::Grid;
use super::path::{self, Kind};
use super::reading::Reading;
use super::shape::Shape;
use super::{Bead, SENTENCES, Scored, WORDS, alone, kinds};

/// What a sentence without a counterpart costs. A pair of blocks begins and ends together: what does not fit there is
/// rather missing than drawn into its neighbour.
const ALONE: f32 = 1.0;
/// Least score of a sentence without a counterpart; a less sure one goes with its neighbour.
const SURE: f32 = 0.5;

/// Rooms of no more pairs of sentences than this are looked at whole.
const FEW: usize = 144;
/// How much worse than the best way at the first look a way may be that is looked at more closely.
const SLACK: f32 = 25.0;
/// How much worse than its items alone a bead may be at best that is looked at closely: its chance is below e to the
/// minus this.
const HOPELESS: f32 = 4.0;

/// Aligns the sentences of a reading inside rooms, which come in order and cover both texts. Nothing is learned of
/// the text: pairs that are forced by their room would teach that whatever stands in it belongs together, and hide what
/// is missing.
pub(in crate::align) fn within(reading: &Reading, rooms: &[Scored]) -> Vec<Scored> {
    let turned = |room: &Scored| Scored { bead: reading.bead(&room.bead), score: room.score };
    let rooms: Vec<Scored> = rooms.iter().map(turned).collect();
    let shape = reading.shape(reading.items.each_ref(), SENTENCES);
    let kinds = kinds(reading.expands, ALONE);
    let Reading { items, evidence, .. } = reading;
    let items = items.each_ref();
    let windows = [0, 1].map(|d| windows(&rooms, d, items[d].len()));
    let close = Close::looking(items, evidence, |d, at| windows[d][at].clone());
    let look = Look { close: &close, shape: &shape, kinds: &kinds };
    reading.restored(rooms.iter().flat_map(|room| look.room(room)).collect())
}

/// For every item of a text the items of the other one that are in its room; none where nothing is to be decided.
fn windows(rooms: &[Scored], side: usize, count: usize) -> Vec<Range<usize>> {
    let mut windows = vec![0..0; count];
    for room in rooms.iter().map(|room| &room.bead).filter(|room| !is_couple(room)) {
        windows[room.side(side)].fill(room.side(1 - side));
    }
    windows
}

/// Whether a room has one sentence of each text. They were paired when their blocks were, however little they say of
/// each other, as two spellings of a name do.
fn is_couple(room: &Bead) -> bool {
    (room.source.len(), room.target.len()) == (1, 1)
}

/// What is needed to align the sentences of a room.
struct Look<'l> {
    close: &'l Close<'l>,
    shape: &'l Shape,
    kinds: &'l [Kind],
}

impl Look<'_> {
    /// The beads of a room; its score is that of the pair of blocks.
    fn room(&self, whole: &Scored) -> Vec<Scored> {
        let room = &whole.bead;
        if is_couple(room) {
            return vec![whole.clone()];
        }
        let (n, m) = (room.source.len(), room.target.len());
        if !room.is_pair() {
            return shifted(alone(n, m), room);
        }
        let (x, y) = (room.source.start, room.target.start);
        let most = Most::of(self.close, room);
        let bound = |i: usize, j: usize, &(a, b, prior): &Kind| {
            prior + WORDS * most.words(i, a, j, b) + self.shape.fit(x + i..x + i + a, y + j..y + j + b)
        };
        let band = if n * m <= FEW {
            Band::whole(n, m)
        } else {
            path::plausible(&Band::whole(n, m), self.kinds, SLACK, |i, j, kind| match *kind {
                (0, _, cost) | (_, 0, cost) => cost,
                _ => bound(i, j, kind),
            })
            .1
        };
        let best = path::best(&band, self.kinds, |i, j, kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, _) => {
                let most_words = most.words(i, a, j, b);
                let bound = bound(i, j, kind);
                if bound < ALONE * (a + b) as f32 - HOPELESS {
                    return f32::NEG_INFINITY;
                }
                bound - WORDS * (most_words - self.close.words(x + i, a, y + j, b))
            }
        });
        shifted(absorbed(best), room)
    }
}

/// The most that the words of the beads of a room may say.
struct Most {
    /// Sums of what the words of pairs of sentences may say, over all before a node, and what words say that nothing
    /// explains, over all items of either text before a number. A small difference of two sums is wanted: in a long room
    /// single precision would have nothing left of it.
    pairs: Grid<f64>,
    words: [Vec<f64>; 2],
}

impl Most {
    fn of(close: &Close<'_>, room: &Bead) -> Self {
        let (n, m) = (room.source.len(), room.target.len());
        let (x, y) = (room.source.start, room.target.start);
        let mut pairs = Grid::of(&vec![(0, m); n + 1], 0.0);
        for i in 0..n {
            let mut row = 0f64;
            for j in 0..m {
                row += f64::from(close.most(x + i, y + j));
                *pairs.slot(i + 1, j + 1) = pairs.at(i, j + 1) + row;
            }
        }
        let counts = |side: usize, first: usize, count: usize| {
            let mut sum = 0.0;
            let mut sums = vec![0.0];
            sums.extend((first..first + count).map(|item| {
                sum += f64::from(Close::unexplained(close.count(side, item)));
                sum
            }));
            sums
        };
        Self { pairs, words: [counts(0, x, n), counts(1, y, m)] }
    }

    fn words(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        let [first, second] = &self.words;
        let pairs =
            self.pairs.at(i + a, j + b) - self.pairs.at(i, j + b) - self.pairs.at(i + a, j) + self.pairs.at(i, j);
        (pairs + first[i + a] - first[i] + second[j + b] - second[j]) as f32
    }
}

/// Draws items that are alone, but hardly, into the pair before them, or else behind them.
fn absorbed(scored: Vec<Scored>) -> Vec<Scored> {
    let mut found: Vec<Scored> = Vec::new();
    let mut waiting: Option<Scored> = None;
    for mut next in scored {
        let weak = !next.bead.is_pair() && next.score < SURE;
        let into = found.last_mut().filter(|last| weak && last.bead.is_pair() && waiting.is_none());
        if let Some(last) = into {
            last.join(&next.bead);
        } else if weak {
            waiting = Some(match waiting.take() {
                Some(mut before) => {
                    before.join(&next.bead);
                    before
                }
                None => next,
            });
        } else {
            match waiting.take() {
                Some(before) if next.bead.is_pair() => {
                    next.bead.source.start = before.bead.source.start;
                    next.bead.target.start = before.bead.target.start;
                }
                Some(before) => found.push(before),
                None => {}
            }
            found.push(next);
        }
    }
    found.extend(waiting);
    found
}

/// Beads of a room as beads of the whole.
fn shifted(scored: Vec<Scored>, room: &Bead) -> Vec<Scored> {
    let shift = |bead: Bead| bead.behind(room.source.start, room.target.start);
    scored.into_iter().map(|Scored { bead, score }| Scored { bead: shift(bead), score }).collect()
}
