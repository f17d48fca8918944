//! Sentences inside pairs of blocks that are known: no bead leaves its room.

use std::ops::Range;

use super::close::Close;
use super::path::{self, Band, Kind};
use super::reading::Reading;
use super::shape::Shape;
use super::{Bead, SENTENCES, Scored, WORDS, alone, kinds};

/// What a sentence without a counterpart costs. A pair of blocks begins and ends together: what does not fit there is
/// rather missing than drawn into its neighbour.
const ALONE: f32 = 1.0;
/// Least score of a sentence without a counterpart; a less sure one goes with its neighbour.
const SURE: f32 = 0.5;

/// Aligns the sentences of a reading inside rooms, which come in order and cover both texts.
pub(in crate::align) fn within(reading: &Reading, rooms: &[Bead]) -> Vec<Scored> {
    let rooms: Vec<Bead> = rooms.iter().map(|room| reading.bead(room)).collect();
    let Reading { items, evidence, .. } = reading;
    let items = items.each_ref().map(Vec::as_slice);
    let shape = reading.shape(items, SENTENCES);
    let kinds = kinds(reading.expands, ALONE);
    let windows = [0, 1].map(|d| windows(&rooms, d, items[d].len()));
    let close = Close::looking(items, evidence, |d, at| windows[d][at].clone());
    let look = Look { close: &close, shape: &shape, kinds: &kinds };
    let found = rooms.iter().flat_map(|room| look.room(room)).collect();
    reading.restored(found)
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
        let best = path::best(&Band::whole(n, m), self.kinds, |i, j, kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, prior) => {
                let (i, j) = (i + room.source.start, j + room.target.start);
                prior + WORDS * self.close.words(i, a, j, b) + self.shape.fit(i..i + a, j..j + b)
            }
        });
        shifted(absorbed(best), room)
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
    let shift = |items: Range<usize>, by: usize| items.start + by..items.end + by;
    scored
        .into_iter()
        .map(|Scored { bead, score }| {
            let (source, target) = (shift(bead.source, room.source.start), shift(bead.target, room.target.start));
            Scored { bead: Bead { source, target }, score }
        })
        .collect()
}
