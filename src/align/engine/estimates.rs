//! What the words of the beads of a room say, roughly and quickly: most beads are so much worse than the best that nothing
//! closer needs to be known of them.
//!
//! What a sentence of one side explains of one of the other is measured once for each pair, for three degrees of dilution:
//! the words explain each other the less, the farther they may be apart in a bead and the more others stand around. A
//! bead is estimated from these. In a book of 3,700 blocks no sentence was paired otherwise than with every bead scored.

use super::Bead;
use super::band::Band;
use super::close::{Close, Diluted, Row};
use super::grid::Grid;
use super::path::MOST;

/// By how many doublings words that explain each other usually do so less than in the very same place.
const ASTRAY: f32 = 1.0;
/// How much counts of what sentences explain that have counterparts of their own.
const AGAIN: f32 = 0.15;

/// What the words of the beads of a room say, roughly.
pub(super) struct Estimates {
    /// What the sentences of every pair explain of each other.
    pairs: Grid<[Diluted; 2]>,
    sides: [Side; 2],
}

/// One side of a room.
struct Side {
    /// By sentence, where its middle is, and how diluted it is where it is alone.
    sentences: Vec<(f32, f32)>,
    /// By sentence, then by length, the rows of sentences that begin with it.
    rows: Vec<[Row; MOST]>,
}

impl Side {
    fn of(close: &Close<'_>, side: usize, items: &std::ops::Range<usize>) -> Self {
        let row = |start: usize, long: usize| close.row(side, start..(start + long + 1).min(items.end));
        Self {
            sentences: items.clone().map(|item| (close.middle(side, item), row(item, 0).dilution)).collect(),
            rows: items.clone().map(|start| std::array::from_fn(|long| row(start, long))).collect(),
        }
    }

    /// A sentence in a row of sentences.
    fn sentence(&self, at: usize, row: &Row) -> Sentence {
        let (middle, alone) = self.sentences[at];
        Sentence { middle: (middle - row.begin) * row.inverse, among: alone - row.dilution, ..Sentence::default() }
    }
}

impl Estimates {
    /// Those of the beads of a room within a band.
    pub(super) fn of(close: &Close<'_>, room: &Bead, band: &Band) -> Self {
        let mut pairs = Grid::of(&band.rows, Default::default());
        for (i, source) in room.source.clone().enumerate() {
            let (from, to) = band.rows[i];
            for j in from..(to + 1).min(room.target.len()) {
                *pairs.slot(i, j) = close.diluted(source, room.target.start + j);
            }
        }
        Self { pairs, sides: [0, 1].map(|side| Side::of(close, side, &room.side(side))) }
    }

    /// What the words of a bead say, which begins behind `i` and `j` sentences of the room.
    pub(super) fn words(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        let [first, second] = &self.sides;
        let (above, below) = (&first.rows[i][a - 1], &second.rows[j][b - 1]);
        let mut theirs = [Sentence::default(); MOST];
        let theirs = &mut theirs[..b];
        theirs.iter_mut().zip(j..).for_each(|(theirs, at)| *theirs = second.sentence(at, below));
        let mut says = 0.0;
        for at in i..i + a {
            let mut mine = first.sentence(at, above);
            for (pair, theirs) in self.pairs.row_from(at, j).iter().zip(theirs.iter_mut()) {
                let apart = ASTRAY + Close::apart(mine.middle, theirs.middle);
                mine.add(pair[0].by(apart + theirs.among));
                theirs.add(pair[1].by(apart + mine.among));
            }
            says += mine.says(a == 1);
        }
        says += theirs.iter().map(|theirs| theirs.says(b == 1)).sum::<f32>();
        says + Close::unexplained(above.words + below.words)
    }
}

/// A sentence of a bead.
#[derive(Clone, Copy, Default)]
struct Sentence {
    /// Where its middle stands in its side of the bead.
    middle: f32,
    /// By how many doublings its words explain less than if it stood alone there.
    among: f32,
    /// The most that a sentence of the other side explains of it, and what all explain.
    most: f32,
    all: f32,
}

impl Sentence {
    /// Takes up what another one explains.
    fn add(&mut self, says: f32) {
        self.most = self.most.max(says);
        self.all += says;
    }

    /// What they explain together. Where the sentence is the only one on its side, the others share it; else they have
    /// counterparts of their own, and explain of this one mostly what its own counterpart explains too.
    fn says(self, only: bool) -> f32 {
        self.most + (self.all - self.most) * if only { 1.0 } else { AGAIN }
    }
}
