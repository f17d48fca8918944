//! How large a document becomes whose parts are used again and again.

use std::collections::BTreeMap;

/// Longest chain of parts that use each other.
const LONGEST: usize = 64;

/// An element.
#[derive(Default)]
pub(crate) struct Part {
    /// What others use it by.
    pub(crate) name: Option<String>,
    /// What it weighs, without what is in it.
    pub(crate) weight: u64,
    /// How many steps of filters it has, without what is in it.
    pub(crate) steps: u64,
    /// The parts it uses, and how often.
    pub(crate) uses: Vec<(String, u64)>,
}

/// The elements of a document, in its order.
#[derive(Default)]
pub(crate) struct Parts {
    /// Each with the number of the one that it is in.
    parts: Vec<(Part, Option<usize>)>,
    open: Vec<usize>,
}

impl Parts {
    /// An element begins.
    pub(crate) fn open(&mut self, part: Part) {
        self.parts.push((part, self.open.last().copied()));
        self.open.push(self.parts.len() - 1);
    }

    /// The element that began last ends.
    pub(crate) fn close(&mut self) {
        self.open.pop();
    }

    /// Adds to the weight of the element that is open.
    pub(crate) fn add(&mut self, weight: u64) {
        if let Some(&last) = self.open.last() {
            self.parts[last].0.weight += weight;
        }
    }

    /// What the heaviest element measures with all that it holds and uses; `None` if that is over a limit, or if parts use
    /// each other in circles.
    pub(crate) fn unfolded(&self, measure: fn(&Part) -> u64, limit: u64) -> Option<u64> {
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, (part, _)) in self.parts.iter().enumerate() {
            if let Some(name) = &part.name {
                named.entry(name).or_insert(at);
            }
        }
        let used = |part: &Part| -> Vec<(usize, u64)> {
            part.uses.iter().filter_map(|(name, times)| Some((*named.get(name.as_str())?, *times))).collect()
        };
        let uses: Vec<Vec<(usize, u64)>> = self.parts.iter().map(|(part, _)| used(part)).collect();
        // Each round reaches one use further.
        let mut sizes = vec![0u64; self.parts.len()];
        for _ in 0..LONGEST {
            let mut next: Vec<u64> = self.parts.iter().map(|(part, _)| measure(part)).collect();
            for at in (0..next.len()).rev() {
                let more =
                    |sum: u64, (part, times): &(usize, u64)| sum.saturating_add(sizes[*part].saturating_mul(*times));
                next[at] = uses[at].iter().fold(next[at], more);
                if next[at] > limit {
                    return None;
                }
                if let Some(parent) = self.parts[at].1 {
                    next[parent] = next[parent].saturating_add(next[at]);
                }
            }
            if next == sizes {
                return Some(sizes.into_iter().max().unwrap_or(0));
            }
            sizes = next;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts beside each other: name, what it uses, how often.
    fn size(parts: &[(&str, &str, u64)]) -> Option<u64> {
        let mut all = Parts::default();
        all.open(Part::default());
        for &(name, uses, times) in parts {
            let uses = vec![(uses.to_owned(), times)];
            all.open(Part { name: Some(name.to_owned()), weight: 1, steps: 0, uses });
            all.close();
        }
        all.unfolded(|part| part.weight, 1_000)
    }

    #[test]
    fn parts_count_as_often_as_they_are_used() {
        assert_eq!(size(&[]), Some(0));
        assert_eq!(size(&[("a", "none", 1), ("b", "none", 9)]), Some(2));
        assert_eq!(size(&[("a", "b", 10), ("b", "c", 10), ("c", "none", 1)]), Some(111 + 11 + 1));
        assert_eq!(size(&[("a", "b", 100), ("b", "c", 100), ("c", "none", 1)]), None);
        assert_eq!(size(&[("a", "b", 1), ("b", "a", 1)]), None);
    }
}
