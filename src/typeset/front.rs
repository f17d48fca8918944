//! The front of a book as a picture, for an e-book that is given none.

use image::{Rgb, RgbImage};
use typst::model::Document;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use super::export::{cover, for_screens};
use super::{Job, Set, standin};
use crate::diagnostic::any_error;
use crate::layout::OptionValue;

/// The option of layouts whose pages open and close with covers of their own.
const COVERS: &str = "covers";

/// See [`super::front()`].
pub(super) fn front(job: &Job<'_>, set: &Set, width: u32, height: u32) -> Option<RgbImage> {
    let opens = matches!(job.layout.options.get(COVERS), Some(OptionValue::Bool(true)));
    let sheet = if opens || job.layout.cover.is_none() { None } else { sheet(job, set) };
    let set = sheet.as_ref().unwrap_or(set);
    let page = standin::page(set.document.pages().first()?, job.files);
    // A sheet has its front right of its spine.
    let left = set.folds.last().copied().unwrap_or(0.0);
    let alone = PagedDocument::new(std::iter::once(page).collect(), set.document.info().clone());
    let shown = for_screens(&alone).unwrap_or(alone);
    drawn(shown.pages().first()?, left, width, height)
}

/// The cover in one piece, if nothing is wrong with it; what is wrong is told where it is made for the press.
fn sheet(job: &Job<'_>, set: &Set) -> Option<Set> {
    let made = cover(job, set.printed.pages());
    made.value.filter(|_| !any_error(&made.diagnostics))
}

/// The part of a page from `left` on, in points, as large as it can be in so many pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sides of a picture of some megapixels")]
fn drawn(page: &Page, left: f64, width: u32, height: u32) -> Option<RgbImage> {
    let (wide, high) = (page.frame.width().to_pt() - left, page.frame.height().to_pt());
    if wide < 1.0 || high < 1.0 {
        return None;
    }
    let scale = (f64::from(width) / wide).min(f64::from(height) / high);
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), ..RenderOptions::default() };
    let drawn = typst_render::render(page, &options);
    let from = ((left * scale).round() as u32).min(drawn.width().saturating_sub(1));
    // A part of a pixel at an edge makes no further one.
    let sides = ((drawn.width() - from).min(width), drawn.height().min(height));
    let picture = RgbImage::from_fn(sides.0, sides.1, |x, y| {
        let Some(color) = drawn.pixel(from + x, y) else { return Rgb([u8::MAX; 3]) };
        let white = u8::MAX - color.alpha();
        Rgb([color.red(), color.green(), color.blue()].map(|part| part.saturating_add(white)))
    });
    Some(picture)
}
