//! A band in sections, between the nodes that every path goes through.

use std::ops::Range;

use super::band::Band;
use super::bead::{Bead, BeadKind, shifted};

/// A part of a band that every path enters at one node and leaves at another.
pub(super) struct Section {
    /// The items of the source.
    pub(super) source: Range<usize>,
    /// The items of the target.
    pub(super) target: Range<usize>,
    /// The nodes, counted from where the section begins; none where there is one path, of one bead.
    pub(super) band: Option<Band>,
}

impl Section {
    /// A bead of the texts from one that is counted from where the section begins.
    pub(super) fn shifted(&self, bead: Bead) -> Bead {
        bead.shifted(self.source.start, self.target.start)
    }

    /// The same section, of a text that begins at a node of another one.
    pub(super) fn later(self, (i, j): (usize, usize)) -> Self {
        Self { source: shifted(self.source, i), target: shifted(self.target, j), band: self.band }
    }

    /// The part of a band between two of its nodes.
    fn between(whole: &Band, (i, j): (usize, usize), (k, l): (usize, usize)) -> Self {
        let in_row = |row: usize| {
            let (from, to) = whole.rows[row];
            (from.max(j)..=to.min(l)).filter(|node| whole.has(row, *node)).count()
        };
        let nodes: usize = (i..=k).map(in_row).sum();
        let band = (nodes > 2).then(|| whole.part((i, j), (k, l)));
        Self { source: i..k, target: j..l, band }
    }
}

/// The sections of a band, in order. All its nodes must lie on some path.
pub(super) fn sections(band: &Band, kinds: &[BeadKind]) -> Vec<Section> {
    let (n, m) = band.end();
    let mut counts = Counts::new(n + m);
    // The last node with each sum: the only one where it is a cut.
    let mut nodes = vec![(0, 0); n + m + 1];
    for i in 0..=n {
        for j in band.row(i) {
            counts.add_node(i + j);
            nodes[i + j] = (i, j);
            for kind in kinds {
                if band.has_edge(i, j, kind) {
                    counts.add_edge(i + j, i + j + kind.source + kind.target);
                }
            }
        }
    }
    let cuts: Vec<(usize, usize)> = counts.cuts().into_iter().map(|sum| nodes[sum]).collect();
    cuts.windows(2).map(|pair| Section::between(band, pair[0], pair[1])).collect()
}

/// How many nodes and edges there are by how many items of both texts have been gone through together.
struct Counts {
    /// How many nodes have each sum.
    nodes: Vec<u8>,
    /// How many more edges pass over each sum than over the one before.
    passing: Vec<i32>,
}

impl Counts {
    fn new(items: usize) -> Self {
        Self { nodes: vec![0; items + 1], passing: vec![0; items + 2] }
    }

    fn add_node(&mut self, sum: usize) {
        self.nodes[sum] = self.nodes[sum].saturating_add(1);
    }

    fn add_edge(&mut self, from: usize, to: usize) {
        self.passing[from + 1] += 1;
        self.passing[to] -= 1;
    }

    /// The sums that every path has at one and the same node: only one node has them, and no edge passes over them.
    fn cuts(&self) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut passing = 0;
        for (sum, nodes) in self.nodes.iter().enumerate() {
            passing += self.passing[sum];
            if *nodes == 1 && passing == 0 {
                cuts.push(sum);
            }
        }
        cuts
    }
}
