//! The front of a book as a picture, for an e-book that is given none.

use image::RgbImage;
use typst::layout::{Abs, Frame, Point, Size};
use typst::model::Document;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use super::export::{cover, for_screens, set_to_look_at};
use super::{Job, Set, standin};
use crate::align;
use crate::diagnostic::{Reported, any_error};
use crate::layout::OptionValue;
use crate::model::{Book, Role};
use crate::source::{SourceFile, Sources};

/// The option of layouts whose pages open and close with covers of their own.
const COVERS: &str = "covers";
/// The option of layouts that says on which side the leaves are bound.
const BINDING: &str = "binding";

/// See [`super::front()`].
pub(super) fn front(job: &Job<'_>, set: &Set, width: u32, height: u32) -> Option<RgbImage> {
    let sheet = sheet(job, set.printed.pages());
    shown(job, sheet.as_ref().unwrap_or(set), width, height)
}

/// See [`super::front_alone()`].
pub(super) fn front_alone(job: &Job<'_>, pages: usize, width: u32, height: u32) -> Option<RgbImage> {
    let (book, sources) = without_text(job);
    let alignments = align::align_for(std::slice::from_ref(job.edition), &book);
    let bare = Job { book: &book, sources: &sources, alignments: &alignments, ..*job };
    let set = sheet(&bare, pages)
        .or_else(|| sound(set_to_look_at(&bare, None)))
        .or_else(|| sound(set_to_look_at(job, None)))?;
    shown(job, &set, width, height)
}

/// The book with the heads of its chapters, and the text of those alone that covers show; and the files in which a layout reads them.
fn without_text(job: &Job<'_>) -> (Book, Sources) {
    let (mut book, mut sources) = (job.book.clone(), job.sources.clone());
    book.glossary.terms.clear();
    for chapter in book.chapters.values_mut().flatten() {
        if matches!(chapter.meta.role, Role::Cover | Role::BackCover) {
            continue;
        }
        let own = chapter.blocks.iter().map(|block| block.span).filter(|span| span.file == chapter.file);
        if let Some(start) = own.map(|span| span.start).min() {
            let head = sources.get(chapter.file).slice(0..start).to_owned();
            sources.replace(SourceFile::new(chapter.path.as_str(), head));
        }
        chapter.blocks.clear();
    }
    (book, sources)
}

/// The cover in one piece, if the pages do not open with one and nothing is wrong with it; what is wrong is told where it is made for
/// the press.
fn sheet(job: &Job<'_>, pages: usize) -> Option<Set> {
    let opens = matches!(job.layout.options.get(COVERS), Some(OptionValue::Bool(true)));
    if opens || job.layout.cover.is_none() { None } else { sound(cover(job, pages)) }
}

fn sound(made: Reported<Option<Set>>) -> Option<Set> {
    made.value.filter(|_| !any_error(&made.diagnostics))
}

fn shown(job: &Job<'_>, set: &Set, width: u32, height: u32) -> Option<RgbImage> {
    let page = standin::page(set.document.pages().first()?, job.files);
    let alone = PagedDocument::new(std::iter::once(page).collect(), set.document.info().clone());
    let shown = for_screens(&alone).unwrap_or(alone);
    drawn(&part(shown.pages().first()?, &set.folds, is_bound_right(job)), width, height)
}

fn is_bound_right(job: &Job<'_>) -> bool {
    matches!(job.layout.options.get(BINDING), Some(OptionValue::Text(side)) if side == "right")
}

/// The front of a sheet that is folded there: right of its spine, or left of it in a book that is bound on the right.
fn part(page: &Page, folds: &[f64], bound_right: bool) -> Page {
    let (Some(first), Some(last)) = (folds.first(), folds.last()) else { return page.clone() };
    let size = page.frame.size();
    let (from, to) = if bound_right { (Abs::zero(), Abs::pt(*first)) } else { (Abs::pt(*last), size.x) };
    let mut frame = Frame::hard(Size::new(to - from, size.y));
    frame.push_frame(Point::with_x(-from), page.frame.clone());
    Page { frame, ..page.clone() }
}

/// A page as large as it can be in so many pixels.
fn drawn(page: &Page, width: u32, height: u32) -> Option<RgbImage> {
    let (wide, high) = (page.frame.width().to_pt(), page.frame.height().to_pt());
    if wide < 1.0 || high < 1.0 {
        return None;
    }
    let scale = (f64::from(width) / wide).min(f64::from(height) / high);
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), ..RenderOptions::default() };
    let drawn = typst_render::render(page, &options);
    // A part of a pixel at an edge makes no further one.
    let sides = (drawn.width().min(width), drawn.height().min(height));
    let mut picture = RgbImage::new(sides.0, sides.1);
    let rows = drawn.data().chunks_exact(drawn.width() as usize * RGBA);
    for (row, drawn) in picture.chunks_exact_mut(sides.0 as usize * 3).zip(rows) {
        for (pixel, seen) in row.as_chunks_mut().0.iter_mut().zip(drawn.as_chunks().0) {
            *pixel = on_paper(*seen);
        }
    }
    Some(picture)
}

/// Bytes of a pixel that may be seen through.
const RGBA: usize = 4;

/// A colour, multiplied with its alpha, on white.
fn on_paper([red, green, blue, alpha]: [u8; RGBA]) -> [u8; 3] {
    [red, green, blue].map(|part| part.saturating_add(u8::MAX - alpha))
}
