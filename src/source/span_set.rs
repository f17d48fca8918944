//! Many spans, asked without looking at each.

use std::collections::BTreeMap;

use super::{FileId, Span};

/// A set of spans that is asked whether one of them holds a place, or lies in one.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpanSet(BTreeMap<FileId, Ordered>);

/// The spans of a file in the order of their starts.
#[derive(Debug, Clone, Default)]
struct Ordered {
    spans: Vec<Span>,
    /// For each the furthest end of those up to it.
    furthest: Vec<usize>,
    /// For each the nearest end of those from it on.
    nearest: Vec<usize>,
}

impl FromIterator<Span> for SpanSet {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut files: BTreeMap<FileId, Ordered> = BTreeMap::new();
        for span in spans {
            files.entry(span.file).or_default().spans.push(span);
        }
        files.values_mut().for_each(Ordered::arrange);
        Self(files)
    }
}

impl Ordered {
    fn arrange(&mut self) {
        self.spans.sort_unstable();
        let mut end = 0;
        for span in &self.spans {
            end = span.end.max(end);
            self.furthest.push(end);
        }
        let mut end = usize::MAX;
        for span in self.spans.iter().rev() {
            end = span.end.min(end);
            self.nearest.push(end);
        }
        self.nearest.reverse();
    }
}

impl SpanSet {
    /// Whether one of them encloses a span.
    pub(crate) fn encloses(&self, span: Span) -> bool {
        self.0.get(&span.file).is_some_and(|file| {
            let begun = file.spans.partition_point(|one| one.start <= span.start);
            begun.checked_sub(1).is_some_and(|last| file.furthest[last] >= span.end)
        })
    }

    /// Whether a span encloses one of them.
    pub(crate) fn has_inside(&self, span: Span) -> bool {
        self.0.get(&span.file).is_some_and(|file| {
            let first = file.spans.partition_point(|one| one.start < span.start);
            file.nearest.get(first).is_some_and(|end| *end <= span.end)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_says_what_each_of_its_spans_says() {
        let file = FileId(0);
        let places = || (0..9).flat_map(|start| (start..9).map(move |end| Span::new(file, start..end)));
        for spans in [vec![], vec![(2, 5)], vec![(4, 4), (1, 8), (2, 3)], vec![(0, 2), (2, 2), (5, 7), (5, 6)]] {
            let spans: Vec<Span> = spans.into_iter().map(|(start, end)| Span::new(file, start..end)).collect();
            let set: SpanSet = spans.iter().copied().collect();
            for place in places() {
                assert_eq!(set.encloses(place), spans.iter().any(|span| span.encloses(place)), "{spans:?} {place:?}");
                assert_eq!(
                    set.has_inside(place),
                    spans.iter().any(|span| place.encloses(*span)),
                    "{spans:?} {place:?}"
                );
                assert!(!set.encloses(Span { file: FileId(1), ..place }));
            }
        }
    }
}
