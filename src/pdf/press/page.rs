//! What is drawn around a page stands by its measures.

use crate::pdf::boxes::{POINTS_PER_MM, Rect};

/// How far the sheet reaches beyond the bleed, in points.
pub(super) const SLUG: f32 = 10.0 * POINTS_PER_MM;

/// A page with its measures.
pub(super) struct Page {
    /// What is cut out.
    pub(super) trim: Rect,
    /// What drawing may cover.
    pub(super) bleed: Rect,
}
