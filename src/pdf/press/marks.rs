//! Crop marks, fold marks, register marks and a colour bar, all beyond the bleed.

use std::fmt::Write;

use super::page::{Page, SLUG};
use crate::pdf::boxes::POINTS_PER_MM;

/// What the content calls the colourant on every plate.
pub(super) const ALL_INKS: &str = "AllInks";

/// Length of a crop mark.
const LENGTH: f32 = 5.0 * POINTS_PER_MM;

/// Least distance of a mark from the bleed and from the trim.
const FROM_BLEED: f32 = 1.0 * POINTS_PER_MM;
const FROM_TRIM: f32 = 3.0 * POINTS_PER_MM;

/// Half the width of a register mark, and the radius of its circle.
const ARM: f32 = 3.0 * POINTS_PER_MM;
const RADIUS: f32 = 1.6 * POINTS_PER_MM;

/// Side of a patch of the colour bar.
const PATCH: f32 = 4.0 * POINTS_PER_MM;

/// The patches: the inks, what two of them make, and a half of black.
const PATCHES: [[f32; 4]; 8] = [
    [1.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [0.0, 1.0, 1.0, 0.0],
    [1.0, 0.0, 1.0, 0.0],
    [1.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.5],
];

/// How far a circle's handles stand from its points, in radii.
const HANDLE: f32 = 0.552_284_8;

/// The operators that draw the marks of a page, which is folded at these distances from its trimmed left edge, in
/// points.
pub(super) fn content(page: &Page, folds: &[f64]) -> String {
    let mut out = format!("/{ALL_INKS} CS 1 SCN 0.25 w\n");
    crop(page, &mut out);
    fold(page, folds, &mut out);
    let (bleed, middle) = (page.bleed, SLUG / 2.0);
    let (mut x, y) = (centre(page.trim.left, page.trim.right), centre(page.trim.bottom, page.trim.top));
    if !folds.is_empty() {
        // The folds of a thin spine would run through a mark in the middle.
        x = centre(x, page.trim.right);
    }
    for (x, y) in
        [(x, bleed.top + middle), (x, bleed.bottom - middle), (bleed.left - middle, y), (bleed.right + middle, y)]
    {
        register(x, y, &mut out);
    }
    bar(page, &mut out);
    out
}

fn centre(from: f32, to: f32) -> f32 {
    (from + to) / 2.0
}

/// Two lines at each corner, in the continuation of the cuts.
fn crop(page: &Page, out: &mut String) {
    let (trim, bleed) = (page.trim, page.bleed);
    let near = |bleed: f32| FROM_BLEED.max(FROM_TRIM - bleed);
    for x in [trim.left, trim.right] {
        let above = bleed.top + near(bleed.top - trim.top);
        let below = bleed.bottom - near(trim.bottom - bleed.bottom);
        line(x, above, x, above + LENGTH, out);
        line(x, below, x, below - LENGTH, out);
    }
    for y in [trim.bottom, trim.top] {
        let right = bleed.right + near(bleed.right - trim.right);
        let left = bleed.left - near(trim.left - bleed.left);
        line(right, y, right + LENGTH, y, out);
        line(left, y, left - LENGTH, y, out);
    }
}

/// A broken line above and below the page, in the continuation of each fold.
fn fold(page: &Page, folds: &[f64], out: &mut String) {
    if folds.is_empty() {
        return;
    }
    out.push_str("q [1.5 1.5] 0 d\n");
    for fold in folds {
        let x = page.trim.left + *fold as f32;
        let (above, below) = (page.bleed.top + FROM_BLEED, page.bleed.bottom - FROM_BLEED);
        line(x, above, x, above + LENGTH, out);
        line(x, below, x, below - LENGTH, out);
    }
    out.push_str("Q\n");
}

/// A cross in a circle.
fn register(x: f32, y: f32, out: &mut String) {
    line(x - ARM, y, x + ARM, y, out);
    line(x, y - ARM, x, y + ARM, out);
    let (r, h) = (RADIUS, RADIUS * HANDLE);
    let _ = write!(out, "{} {y} m", x + r);
    for [(ax, ay), (bx, by), (ex, ey)] in [
        [(r, h), (h, r), (0.0, r)],
        [(-h, r), (-r, h), (-r, 0.0)],
        [(-r, -h), (-h, -r), (0.0, -r)],
        [(h, -r), (r, -h), (r, 0.0)],
    ] {
        let _ = write!(out, " {} {} {} {} {} {} c", x + ax, y + ay, x + bx, y + by, x + ex, y + ey);
    }
    out.push_str(" S\n");
}

/// The colour bar above the page, left of the register mark; none where there is no room for it.
fn bar(page: &Page, out: &mut String) {
    let width = PATCH * PATCHES.len() as f32;
    let left = page.trim.left + 2.0 * POINTS_PER_MM;
    if left + width > centre(page.trim.left, page.trim.right) - ARM - POINTS_PER_MM {
        return;
    }
    let bottom = page.bleed.top + (SLUG - PATCH) / 2.0;
    for (at, [c, m, y, k]) in PATCHES.into_iter().enumerate() {
        let _ = writeln!(out, "{c} {m} {y} {k} k {} {bottom} {PATCH} {PATCH} re f", left + PATCH * at as f32);
    }
}

fn line(x: f32, y: f32, to_x: f32, to_y: f32, out: &mut String) {
    let _ = writeln!(out, "{x} {y} m {to_x} {to_y} l S");
}
