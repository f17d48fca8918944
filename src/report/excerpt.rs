//! The text around a place: what a reader needs to see of a long paragraph.

use unicode_segmentation::UnicodeSegmentation;

use crate::source::{Sources, Span};

/// How many columns are kept on each side of a place; a Chinese character takes two.
const AROUND: usize = 240;

/// Parts of a text in order; those that are marked are what a finding is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) marked: bool,
}

/// A block with places in it marked, cut to what lies near them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt<'a> {
    pub(super) parts: Vec<Part<'a>>,
    /// Whether something of the block was left out before and after.
    pub(super) cut: (bool, bool),
}

/// The excerpt of `block` that shows `places`, all of one file. Places may overlap.
pub(super) fn excerpt<'a>(block: Span, places: &[Span], sources: &'a Sources) -> Excerpt<'a> {
    let file = sources.get(block.file);
    let block = sources.clamp(block);
    let places: Vec<Span> = places.iter().map(|place| sources.clamp(*place)).collect();
    let hull = places.iter().copied().reduce(Span::to).unwrap_or(block);
    let block = block.to(hull);
    let start = back(file.slice(block.start..hull.start)) + block.start;
    let end = hull.end + forth(file.slice(hull.end..block.end), AROUND);
    let mut edges: Vec<usize> = places.iter().flat_map(|place| [place.start, place.end]).chain([start, end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let shown = Span::new(block.file, start..end);
    let parts = edges.windows(2).map(|pair| Span::new(block.file, pair[0]..pair[1]));
    let parts = parts
        .filter(|part| shown.encloses(*part))
        .map(|part| Part { marked: places.iter().any(|place| place.encloses(part)), text: file.slice(part.range()) });
    let parts = parts.collect();
    Excerpt { parts, cut: (start > block.start, end < block.end) }
}

/// Where the last characters of a text begin that are kept.
fn back(text: &str) -> usize {
    let mut left = AROUND;
    let fits = |(_, cluster): &(usize, &str)| fits(cluster, &mut left);
    text.grapheme_indices(true).rev().take_while(fits).last().map_or(text.len(), |(at, _)| at)
}

/// Where the first characters of a text end that have room in some columns.
pub(super) fn forth(text: &str, columns: usize) -> usize {
    let mut left = columns;
    let fits = |(_, cluster): &(usize, &str)| fits(cluster, &mut left);
    text.grapheme_indices(true).take_while(fits).last().map_or(0, |(at, cluster)| at + cluster.len())
}

/// Whether a cluster still has room; takes its columns off.
fn fits(cluster: &str, left: &mut usize) -> bool {
    let columns = textwrap::core::display_width(cluster);
    let fits = columns <= *left;
    *left = left.saturating_sub(columns);
    fits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn a_long_block_is_cut_on_both_sides_of_its_places() {
        let mut sources = Sources::default();
        let text = format!("{}错字{}", "前".repeat(500), "后".repeat(500));
        let file = sources.add(SourceFile::new("a.md", text.clone()));
        let shown = excerpt(Span::new(file, 0..text.len()), &[Span::new(file, 1500..1506)], &sources);
        assert_eq!(shown.cut, (true, true));
        let lengths: Vec<(usize, bool)> = shown.parts.iter().map(|p| (p.text.chars().count(), p.marked)).collect();
        assert_eq!(lengths, [(AROUND / 2, false), (2, true), (AROUND / 2, false)]);
    }

    #[test]
    fn overlapping_places_are_marked_once() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", "abcdef"));
        let at = |range| Span::new(file, range);
        let shown = excerpt(at(0..6), &[at(1..4), at(2..3)], &sources);
        let marked: String = shown.parts.iter().filter(|part| part.marked).map(|part| part.text).collect();
        assert_eq!((marked.as_str(), shown.cut), ("bcd", (false, false)));
    }
}
