//! How long a translation is for its source.

use super::super::Context;
use crate::align::{Segment, SegmentPair};
use crate::lang;

/// The length of the translation for each unit of length of the source in a pair of sentences.
pub(super) fn ratio(context: &Context<'_>, pair: &SegmentPair) -> Option<f32> {
    let alignment = context.alignment;
    let source = length(context, &pair.sources, lang::of(&alignment.source));
    let target = length(context, &pair.targets, lang::of(&alignment.target));
    (source > 0.0 && target > 0.0).then(|| target / source)
}

/// The median over a chapter.
pub(super) fn usual_ratio(context: &Context<'_>, segments: &[SegmentPair]) -> f32 {
    let mut ratios: Vec<f32> = segments.iter().filter_map(|pair| ratio(context, pair)).collect();
    ratios.sort_by(f32::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(1.0)
}

/// The length of some sentences as they are written, code included.
pub(super) fn length(context: &Context<'_>, segments: &[Segment], of: &dyn lang::Language) -> f32 {
    segments.iter().map(|segment| of.length(&without_addresses(context.sources.snippet(segment.span)))).sum()
}

/// A text as it is written without the addresses of its links.
pub(super) fn without_addresses(text: &str) -> String {
    let mut parts = text.split("](");
    let mut read = parts.next().unwrap_or("").to_owned();
    for part in parts {
        read.push(' ');
        read.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    read
}
