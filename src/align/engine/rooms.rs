//! Sentences inside pairs of blocks that are known: no bead leaves its room.

use super::band::{Band, Windows};
use super::close::Close;
use super::coarse;
use super::estimates::Estimates;
use super::path::{Kind, Ways};
use super::reading::Reading;
use super::shape::Shape;
use super::text::Items;
use super::{Bead, SENTENCES, Scored, WORDS, alone, kinds};

/// What a sentence without a counterpart costs. A pair of blocks begins and ends together: what does not fit there is
/// rather missing than drawn into its neighbour.
const ALONE: f32 = 1.0;
/// Least score of a sentence without a counterpart; a less sure one goes with its neighbour.
const SURE: f32 = 0.5;

/// Least that prior and shape may say of a bead whose words are looked at.
const UNLIKELY: f32 = -15.0;
/// How much worse than the best way, as the words say roughly, a way may be that is looked at closely.
pub(super) const SLACK: f32 = 12.0;

/// Aligns the sentences of a reading inside rooms, which come in order and cover both texts. Nothing is learned of
/// the text: pairs that are forced by their room would teach that whatever stands in it belongs together, and hide what
/// is missing.
pub(in crate::align) fn within(reading: &Reading, rooms: &[Scored]) -> Vec<Scored> {
    looked_at(reading, rooms, SLACK)
}

/// The same with beads looked at closely of ways that are so much worse than the best.
pub(super) fn looked_at(reading: &Reading, rooms: &[Scored], slack: f32) -> Vec<Scored> {
    let turned = |room: &Scored| Scored { bead: reading.bead(&room.bead), score: room.score };
    let rooms: Vec<Scored> = rooms.iter().map(turned).collect();
    let shape = reading.shape(reading.items.each_ref(), SENTENCES);
    let kinds = kinds(reading.expands, ALONE);
    let Reading { items, evidence, .. } = reading;
    let items = items.each_ref();
    let bands: Vec<Option<Band>> = rooms.iter().map(|room| band(reading, &room.bead)).collect();
    let mut windows = Windows::none(items.map(Items::len));
    for (room, band) in rooms.iter().zip(&bands) {
        band.iter().for_each(|band| windows.open(&room.bead, band));
    }
    let close = Close::looking(items, evidence, |side, at| windows.of(side, at));
    let look = Look { close: &close, shape: &shape, kinds: &kinds, slack };
    let found = rooms.iter().zip(&bands).flat_map(|(room, band)| look.room(room, band.as_ref()));
    reading.restored(found.collect())
}

/// Where in a room a way is sought; nothing where nothing is to be decided.
fn band(reading: &Reading, room: &Bead) -> Option<Band> {
    let (n, m) = (room.source.len(), room.target.len());
    if is_couple(room) || !room.is_pair() {
        None
    } else if n * m <= coarse::SMALL {
        Some(Band::whole(n, m))
    } else {
        let sentences = [0, 1].map(|side| room.side(side).map(|item| item..item + 1).collect::<Vec<_>>());
        let items = [0, 1].map(|side| reading.items[side].joined(&sentences[side]));
        Some(coarse::band(items.each_ref(), &reading.evidence))
    }
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
    slack: f32,
}

impl Look<'_> {
    /// The beads of a room; its score is that of the pair of blocks.
    fn room(&self, whole: &Scored, band: Option<&Band>) -> Vec<Scored> {
        let room = &whole.bead;
        let Some(band) = band else {
            let couple = is_couple(room);
            return if couple {
                vec![whole.clone()]
            } else {
                shifted(alone(room.source.len(), room.target.len()), room)
            };
        };
        let (x, y) = (room.source.start, room.target.start);
        let estimates = Estimates::of(self.close, room, band);
        let looks =
            |i: usize, j: usize, &(a, b, prior): &Kind| prior + self.shape.fit(x + i..x + i + a, y + j..y + j + b);
        let estimate = |i: usize, j: usize, kind: &Kind| match *kind {
            (0, _, cost) | (_, 0, cost) => cost,
            (a, b, _) => match looks(i, j, kind) {
                looks if looks < UNLIKELY => f32::NEG_INFINITY,
                looks => looks + WORDS * estimates.words(i, a, j, b),
            },
        };
        let mut ways = Ways::of(band, self.kinds, estimate).within(self.slack);
        ways.judge(|i, j, kind| looks(i, j, kind) + WORDS * self.close.words(x + i, kind.0, y + j, kind.1));
        shifted(absorbed(ways.best()), room)
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
