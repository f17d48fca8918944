//! What stands in the slug, so that a loose sheet says what it is.

use super::Order;
use super::lettering::{Lettering, Line};
use super::page::{Page, SLUG};
use crate::pdf::boxes::POINTS_PER_MM;

/// Size of the letters in points, where there is room.
const SIZE: f32 = 6.5;

/// Room kept free around the register mark and the crop marks.
const FREE: f32 = 5.0 * POINTS_PER_MM;

/// The slug lines of a document.
pub(super) struct Slug<'a> {
    order: &'a Order<'a>,
    sheets: usize,
    lettering: Lettering<'a>,
}

impl<'a> Slug<'a> {
    pub(super) fn new(order: &'a Order<'a>, sheets: usize) -> Self {
        Self { order, sheets, lettering: Lettering::new(&order.fonts) }
    }

    /// The operators that draw the line of a page (from 0): left of the register mark what it is, right of it when it was
    /// made and how it is cut.
    pub(super) fn line(&mut self, at: usize, page: &Page) -> String {
        let label = self.order.labels.get(at).and_then(Option::as_deref).unwrap_or("–");
        let what = format!("{}   p. {label}   {} / {}", self.order.name, at + 1, self.sheets);
        let size = |points: f32| format!("{}", (points / POINTS_PER_MM * 10.0).round() / 10.0);
        let made = format!("{}   {} × {} mm", self.order.date, size(page.trim.width()), size(page.trim.height()));
        let middle = (page.trim.left + page.trim.right) / 2.0;
        let room = middle - page.trim.left - 2.0 * FREE;
        let bottom = page.bleed.bottom - SLUG / 2.0 - SIZE / 3.0;
        let mut out = String::from("0 0 0 1 k\n");
        for (text, left) in [(what, page.trim.left + FREE), (made, middle + FREE)] {
            let line = Line { left, bottom, size: SIZE, room };
            self.lettering.draw(&text, line, &mut out);
        }
        out
    }
}
