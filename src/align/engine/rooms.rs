//! Sentences inside pairs of blocks that are known: no bead leaves its room.

use std::ops::Range;

use super::band::Band;
use super::close::Close;
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
const FEW: usize = 36;
/// How much worse than the best way at the first look a way may be that is looked at more closely.
const SLACK: f32 = 25.0;
/// Most that the words of two sentences may say at the first look, for each word of the shorter one.
const MOST: f32 = 4.0;

/// Aligns the sentences of a reading inside rooms, which come in order and cover both texts. Nothing is learned of
/// the text: pairs that are forced by their room would teach that whatever stands in it belongs together, and hide what
/// is missing.
pub(in crate::align) fn within(reading: &Reading, rooms: &[Bead]) -> Vec<Scored> {
    let rooms: Vec<Bead> = rooms.iter().map(|room| reading.bead(room)).collect();
    let shape = reading.shape(reading.items.each_ref(), SENTENCES);
    let kinds = kinds(reading.expands, ALONE);
    let Reading { items, evidence, .. } = reading;
    let items = items.each_ref();
    let windows = [0, 1].map(|d| windows(&rooms, d, items[d].len()));
    let close = Close::looking(items, evidence, |d, at| windows[d][at].clone());
    let look = Look { close: &close, shape: &shape, kinds: &kinds };
    reading.restored(rooms.iter().flat_map(|room| look.room(room)).collect())
}

/// For every item of a text the items of the other one that are in its room.
fn windows(rooms: &[Bead], side: usize, count: usize) -> Vec<Range<usize>> {
    let mut windows = vec![0..0; count];
    for room in rooms {
        windows[room.side(side)].fill(room.side(1 - side));
    }
    windows
}

/// What is needed to align the sentences of a room.
struct Look<'l> {
    close: &'l Close<'l>,
    shape: &'l Shape,
    kinds: &'l [Kind],
}

impl Look<'_> {
    fn room(&self, room: &Bead) -> Vec<Scored> {
        let (n, m) = (room.source.len(), room.target.len());
        if !room.is_pair() {
            return shifted(alone(n, m), room);
        }
        let (x, y) = (room.source.start, room.target.start);
        let fit = |i: usize, j: usize, &(a, b, _): &Kind| self.shape.fit(x + i..x + i + a, y + j..y + j + b);
        let band = if n * m <= FEW { Band::whole(n, m) } else { self.plausible(room, fit) };
        let best = path::best(&band, self.kinds, |i, j, kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, prior) => prior + WORDS * self.close.words(x + i, a, y + j, b) + fit(i, j, kind),
        });
        shifted(absorbed(best), room)
    }

    /// The nodes of a room through which a plausible way leads, wherever in the sentences the words stand.
    fn plausible(&self, room: &Bead, fit: impl Fn(usize, usize, &Kind) -> f32) -> Band {
        let (n, m) = (room.source.len(), room.target.len());
        let (x, y) = (room.source.start, room.target.start);
        let alike: Vec<Vec<f32>> = (x..x + n)
            .map(|i| {
                let most = |j: usize| MOST * self.close.count(0, i).min(self.close.count(1, j));
                (y..y + m).map(|j| self.close.alike(i, j).min(most(j))).collect()
            })
            .collect();
        let words = |i: usize, a: usize, j: usize, b: usize| {
            let alike: f32 = alike[i..i + a].iter().flat_map(|row| &row[j..j + b]).sum();
            let count = |side: usize, items: Range<usize>| items.map(|item| self.close.count(side, item)).sum::<f32>();
            alike + Close::unexplained(count(0, x + i..x + i + a) + count(1, y + j..y + j + b))
        };
        let score = |i: usize, j: usize, kind: &Kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, prior) => prior + WORDS * words(i, a, j, b) + fit(i, j, kind),
        };
        path::plausible(&Band::whole(n, m), self.kinds, SLACK, score).1
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
