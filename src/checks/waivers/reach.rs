//! Which waivers stand for a finding, found without asking each.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::Waiver;
use crate::source::{FileId, Span};

/// The waivers of one check for one block.
struct Group {
    block: Span,
    /// The number of the first of them.
    first: usize,
    /// The numbers of their names, in the order of all names of all waivers.
    names: Vec<usize>,
    used: bool,
    /// Where the last of the blocks ends that begin no later than this one.
    reach: usize,
}

/// The waivers of a book by the checks that they name and the files that they stand in.
pub(super) struct Reach<'b>(BTreeMap<(&'b str, FileId), Vec<Group>>);

impl<'b> Reach<'b> {
    pub(super) fn of(waivers: &[&'b Waiver]) -> Self {
        let mut blocks: BTreeMap<(&str, Span), Group> = BTreeMap::new();
        let names = waivers
            .iter()
            .enumerate()
            .flat_map(|(at, waiver)| waiver.checks.iter().map(move |name| (at, waiver, name)));
        for (number, (first, waiver, name)) in names.enumerate() {
            let Some(block) = waiver.target else { continue };
            let group = Group { block, first, names: Vec::new(), used: false, reach: 0 };
            blocks.entry((name.value.as_str(), block)).or_insert(group).names.push(number);
        }
        let mut groups: BTreeMap<(&str, FileId), Vec<Group>> = BTreeMap::new();
        for ((name, block), mut group) in blocks {
            let known = groups.entry((name, block.file)).or_default();
            group.reach = known.last().map_or(0, |before| before.reach).max(block.end);
            known.push(group);
        }
        Self(groups)
    }

    /// The number of the first waiver that stands for a finding; all that do are used.
    pub(super) fn take(&mut self, finding: &Diagnostic) -> Option<usize> {
        let mut first: Option<usize> = None;
        for place in finding.primary.iter().chain(&finding.labels).map(|label| label.span) {
            let Some(groups) = self.0.get_mut(&(finding.check.as_str(), place.file)) else { continue };
            let begun = groups.partition_point(|group| group.block.start <= place.start);
            for group in groups[..begun].iter_mut().rev().take_while(|group| group.reach >= place.end) {
                if group.block.encloses(place) {
                    group.used = true;
                    first = Some(first.map_or(group.first, |known| known.min(group.first)));
                }
            }
        }
        first
    }

    /// Whether each name of each waiver was used.
    pub(super) fn used(&self, names: usize) -> Vec<bool> {
        let mut used = vec![false; names];
        for group in self.0.values().flatten().filter(|group| group.used) {
            group.names.iter().for_each(|name| used[*name] = true);
        }
        used
    }
}
