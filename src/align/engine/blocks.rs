//! Blocks of a chapter beside those of its translation: items too, with what ids, kinds and pictures say besides their words.

use std::ops::Range;

use super::band::{Band, Stretch, Windows};
use super::close::Close;
use super::coarse;
use super::glance::Glance;
use super::path::{self, Kind, Ways};
use super::reading::Reading;
use super::shape::Shape;
use super::text::Items;
use super::{Scored, WORDS, alone};

/// Variance of the logarithm of the ratio of lengths.
pub(super) const VARIANCE: f32 = 0.025;
/// Tables of no more nodes than this are looked at whole.
const FEW: usize = 12;
/// How much worse than the best way, at a glance, a way may be whose nodes are looked at more closely.
const SLACK: f32 = 22.0;
/// The same of the single beads between these nodes.
const BEAD_SLACK: f32 = 45.0;

/// What besides their words speaks for a bead of source and target.
type Structure<'s> = dyn Fn(Range<usize>, Range<usize>) -> f32 + Sync + 's;

/// Aligns two lists of blocks, each a range of the items of a reading. `kinds` are the kinds of bead, `alone` among them,
/// the same in both directions; `structure` says what besides its words speaks for a bead of source and target.
pub(in crate::align) fn blocks(
    reading: &Reading,
    parts: [&[Range<usize>]; 2],
    kinds: &[Kind],
    structure: &Structure<'_>,
) -> Vec<Scored> {
    let items = reading.joined(parts);
    let items = items.each_ref();
    let (n, m) = (items[0].len(), items[1].len());
    if n == 0 || m == 0 {
        return reading.restored(alone(n, m));
    }
    let shape = reading.shape(items, VARIANCE);
    let lists = Lists { reading, items, shape: &shape, kinds, structure };
    let whole = coarse::band(items, &reading.evidence);
    reading.restored(if n * m <= FEW { lists.few(&whole) } else { lists.many(&whole) })
}

/// Two lists of blocks.
struct Lists<'l> {
    reading: &'l Reading,
    items: [&'l Items; 2],
    shape: &'l Shape,
    kinds: &'l [Kind],
    structure: &'l Structure<'l>,
}

impl Lists<'_> {
    /// The best way where nothing is given up before it is looked at.
    fn few(&self, whole: &Band) -> Vec<Scored> {
        let stretches = whole.stretches(self.kinds);
        let ways = self.ways(&stretches, f32::INFINITY, |i, j, kind| self.looks(i, j, kind));
        self.best(&stretches, ways)
    }

    /// The best way near those that a glance leaves.
    fn many(&self, whole: &Band) -> Vec<Scored> {
        let same = |i: usize, j: usize| self.structure(i..i + 1, j..j + 1);
        let glance = Glance::of(self.items, &self.reading.evidence, whole, same);
        let estimate = |i: usize, j: usize, kind: &Kind| match self.looks(i, j, kind) {
            looks if kind.0 == 0 || kind.1 == 0 || looks == f32::NEG_INFINITY => looks,
            looks => looks + WORDS * glance.words(i, kind.0, j, kind.1),
        };
        let (_, band) = path::plausible(&glance.corridor(whole), self.kinds, SLACK, estimate);
        let stretches = band.stretches(self.kinds);
        let ways = self.ways(&stretches, BEAD_SLACK, estimate);
        self.best(&stretches, ways)
    }

    fn structure(&self, first: Range<usize>, second: Range<usize>) -> f32 {
        let (source, target) = self.reading.turned(first, second);
        (self.structure)(source, target)
    }

    /// What speaks for a bead before its words are looked at.
    fn looks(&self, i: usize, j: usize, &(a, b, prior): &Kind) -> f32 {
        if a == 0 || b == 0 {
            return prior;
        }
        prior + self.structure(i..i + a, j..j + b) + self.shape.fit(i..i + a, j..j + b)
    }

    /// The ways through each stretch that has several, without beads that are so much worse.
    fn ways<'s>(
        &'s self,
        stretches: &'s [Stretch],
        slack: f32,
        estimate: impl Fn(usize, usize, &Kind) -> f32 + Sync,
    ) -> Vec<Option<Ways<'s>>> {
        let ways = |stretch: &'s Stretch| {
            let (x, y) = (stretch.source.start, stretch.target.start);
            let score = |i: usize, j: usize, kind: &Kind| estimate(x + i, y + j, kind);
            stretch.band.as_ref().map(|band| Ways::of(band, self.kinds, score).within(slack))
        };
        stretches.iter().map(ways).collect()
    }

    /// The best of these ways by a close look at the words.
    fn best(&self, stretches: &[Stretch], mut ways: Vec<Option<Ways<'_>>>) -> Vec<Scored> {
        let mut windows = Windows::none(self.items.map(Items::len));
        for (stretch, ways) in stretches.iter().zip(&mut ways) {
            ways.iter_mut().for_each(|ways| ways.pairs(|bead| windows.widen(&stretch.bead(bead))));
        }
        let close = Close::looking(self.items, &self.reading.evidence, |side, item| windows.of(side, item));
        for (stretch, ways) in stretches.iter().zip(&mut ways) {
            let (x, y) = (stretch.source.start, stretch.target.start);
            let score = |i: usize, j: usize, kind: &Kind| {
                self.looks(x + i, y + j, kind) + WORDS * close.words(x + i, kind.0, y + j, kind.1)
            };
            ways.iter_mut().for_each(|ways| ways.judge(score));
        }
        let ways = |at: usize| ways[at].as_ref().expect("a stretch with a band has ways");
        path::best_of(stretches, |at, _, _| ways(at).best())
    }
}

/// How well any block of the source goes with any of the target, as logarithms of odds against each being alone.
pub(in crate::align) fn every_pair(reading: &Reading, parts: [&[Range<usize>]; 2]) -> Vec<Vec<f32>> {
    let items = reading.joined(parts);
    let items = items.each_ref();
    let shape = reading.shape(items, VARIANCE);
    let close = Close::looking(items, &reading.evidence, |d, _| 0..items[1 - d].len());
    let score = |source: usize, target: usize| {
        let [i, j] = reading.ordered([source, target]);
        WORDS * close.words(i, 1, j, 1) + shape.fit(i..i + 1, j..j + 1)
    };
    (0..parts[0].len()).map(|i| (0..parts[1].len()).map(|j| score(i, j)).collect()).collect()
}
