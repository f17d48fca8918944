//! Text set over other text: a long word that runs into the next column, a box too small for what is in it.

use typst::layout::{Abs, Point};

use crate::source::Span;

/// How much of two lines must lie over each other, in multiples of the smaller size, before it is a collision.
const OVERLAP: f64 = 0.6;

/// Lower part of a letter's height that is compared, in multiples of the size: accents and ascenders may touch.
const CORE: f64 = 0.5;

/// Text much larger than its neighbour is a layout's ornament.
const ORNAMENT: f64 = 3.0;

/// A run of the manuscript's text on a page, not turned.
pub(super) struct UprightText {
    /// Where its baseline begins on the page.
    pub(super) at: Point,
    /// Its width.
    pub(super) width: Abs,
    /// Its size.
    pub(super) size: Abs,
    /// Its place in the manuscript.
    pub(super) span: Span,
}

/// The runs of one page that lie over a later one, each with the one that it covers.
pub(super) fn find(mut runs: Vec<UprightText>) -> Vec<(Span, Span)> {
    runs.sort_by_key(|run| (run.at.y, run.at.x));
    let tallest = runs.iter().map(|run| run.size).max().unwrap_or_default();
    let mut found = Vec::new();
    for (index, upper) in runs.iter().enumerate() {
        let near = runs[index + 1..].iter().take_while(|lower| lower.at.y - upper.at.y < tallest);
        let hit = near.filter(|lower| lower.span != upper.span).find(|lower| collide(upper, lower));
        found.extend(hit.map(|lower| (upper.span.min(lower.span), upper.span.max(lower.span))));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn collide(upper: &UprightText, lower: &UprightText) -> bool {
    let (small, large) = (upper.size.min(lower.size), upper.size.max(lower.size));
    let shared = (upper.at.x + upper.width).min(lower.at.x + lower.width) - upper.at.x.max(lower.at.x);
    let core_gap = lower.at.y - lower.size * CORE - upper.at.y;
    large <= small * ORNAMENT && shared > small * OVERLAP && core_gap < Abs::zero()
}
