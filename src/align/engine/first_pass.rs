//! The first pass over two plain texts: through which nodes a plausible path leads, by IBM model 1.
//!
//! A long text is gone through piece by piece, so that memory grows with its length only in what is found. Every piece is
//! searched some way beyond its end: what follows tells where it ends.

use super::WORD_WEIGHT;
use super::band::Band;
use super::bead::{Bead, BeadKind};
use super::coarse;
use super::evidence::Evidence;
use super::items::Items;
use super::lattice::Lattice;
use super::model1::Model1;
use super::prune;
use super::sections::{Section, sections};
use super::surface_model::SurfaceModel;
use super::viterbi;

/// How much worse than the best path a path may be whose nodes are kept.
const BEAM: f32 = 12.0;
/// Items of the first text in a piece.
const PIECE: usize = 1500;
/// Items beyond its end that are searched with it.
const BEYOND: usize = 200;

/// Two texts, and how their beads are judged.
pub(super) struct FirstPass<'t> {
    pub(super) items: [&'t Items; 2],
    pub(super) evidence: &'t Evidence,
    pub(super) surface: &'t SurfaceModel,
    pub(super) kinds: &'t [BeadKind],
}

impl FirstPass<'_> {
    /// The best beads, and the sections of the nodes of plausible paths.
    pub(super) fn run(&self) -> (Vec<Bead>, Vec<Section>) {
        let band = coarse::band(self.items, self.evidence);
        let whole = band.end();
        let (mut beads, mut found) = (Vec::new(), Vec::new());
        let mut begin = (0, 0);
        while begin != whole {
            let row = begin.0 + PIECE + BEYOND;
            let is_last = row >= whole.0;
            let (path, plausible) = self.piece(&band, begin, if is_last { whole } else { (row, band.rows[row].1) });
            let cut = if is_last { plausible.end() } else { cut(&path, &plausible) };
            let is_before = |bead: &&Bead| bead.source.end <= cut.0 && bead.target.end <= cut.1;
            beads.extend(path.iter().filter(is_before).map(|bead| bead.clone().shifted(begin.0, begin.1)));
            let sections = sections(&plausible.part((0, 0), cut), self.kinds);
            found.extend(sections.into_iter().map(|section| section.later(begin)));
            begin = (begin.0 + cut.0, begin.1 + cut.1);
        }
        (beads, found)
    }

    /// The best beads between two nodes of a band, and the nodes of plausible paths, counted from the first node.
    fn piece(&self, band: &Band, begin: (usize, usize), end: (usize, usize)) -> (Vec<Bead>, Band) {
        if (begin, end) == ((0, 0), band.end()) {
            return self.search(self.items, band, begin, true);
        }
        let [first, second] = self.items;
        let items = [first.part(begin.0..end.0), second.part(begin.1..end.1)];
        self.search(items.each_ref(), &band.part(begin, end), begin, end == band.end())
    }

    /// The same within a band that begins at a node of the texts. Only of the last piece it is known where it ends.
    fn search(&self, items: [&Items; 2], band: &Band, begin: (usize, usize), is_last: bool) -> (Vec<Bead>, Band) {
        let model1 = Model1::new(items, self.evidence, band);
        let lattice = self.lattice(&model1, band, begin);
        if is_last {
            return prune::plausible(&lattice, BEAM);
        }
        let band = band.part((0, 0), (band.end().0, viterbi::best_end(&lattice)));
        prune::plausible(&self.lattice(&model1, &band, begin), BEAM)
    }

    fn lattice<'b>(&'b self, model1: &Model1, band: &'b Band, begin: (usize, usize)) -> Lattice<'b> {
        Lattice::new(band, self.kinds, |bead, kind| {
            if !kind.is_pair() {
                return kind.prior;
            }
            let surface = self.surface.score(&bead.clone().shifted(begin.0, begin.1));
            kind.prior + WORD_WEIGHT * model1.score(bead) + surface
        })
    }
}

/// Where the best path through a piece is the surest near its end: there few nodes are plausible beside it.
fn cut(path: &[Bead], plausible: &Band) -> (usize, usize) {
    let nodes = path.iter().map(|bead| (bead.source.end, bead.target.end));
    let near_end = nodes.filter(|node| (PIECE - BEYOND..=PIECE).contains(&node.0));
    near_end.min_by_key(|node| plausible.row(node.0).count()).unwrap_or_else(|| plausible.end())
}
