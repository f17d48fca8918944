//! What is marked as unfinished is not wrong: the checks leave it alone.

use crate::align::Alignment;
use crate::diagnostic::Diagnostic;
use crate::model::Book;
use crate::source::{Span, SpanSet};

/// Takes out what was found in drafts, and in blocks whose translation is one.
pub(super) fn leave_alone(book: &Book, alignments: &[Alignment<'_>], found: &mut Vec<Diagnostic>) {
    let drafts = book.chapters.values().flatten().flat_map(|chapter| &chapter.drafts).map(|draft| draft.target);
    let mut places: Vec<Span> = drafts.collect();
    if places.is_empty() {
        return;
    }
    for pair in alignments.iter().flat_map(|alignment| &alignment.chapters).flat_map(|chapter| &chapter.pairs) {
        if !pair.targets.is_empty() && pair.targets.iter().all(|unit| unit.draft) {
            places.extend(pair.sources.iter().map(|unit| unit.span));
        }
    }
    let places: SpanSet = places.into_iter().collect();
    found.retain(|finding| {
        let labels = finding.primary.iter().chain(&finding.labels);
        !labels.into_iter().any(|label| places.encloses(label.span))
    });
}
