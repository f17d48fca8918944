//! Points by two values; a third is their size.

use super::amounts::plain;
use super::columns::HEIGHT;
use super::field::{self, Axis, Upright};
use super::pen::{HAIR, LINE, Look, Pen};
use super::scene::{Anchor, Ink, Point, Shape};
use crate::model::{Chart, ChartLook, Datum};

/// The width of a point without a size, and of the largest with one.
const POINT: f64 = 0.75;
const LARGEST: f64 = 3.2;

/// How many times the least value the greatest is where an axis may be logarithmic.
const FAR: f64 = 30.0;

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let column =
        |at: usize| -> Vec<f64> { chart.data.iter().filter_map(|row| row.at(at)).map(|amount| amount.value).collect() };
    // Values that are near each other need no logarithmic axis.
    let far = |values: &[f64]| {
        let most = values.iter().copied().fold(0.0, f64::max);
        values.iter().all(|value| *value > 0.0) && values.iter().any(|value| value * FAR <= most)
    };
    let look = |at: usize, own: ChartLook| ChartLook { log: chart.look.log && far(&column(at)), ..own };
    let plain_look = Chart { look: look(0, ChartLook::default()), ..chart.clone() };
    let upright = Chart { look: look(1, chart.look.clone()), ..chart.clone() };
    let across = Axis::new(&plain_look, &column(0), false).rounded();
    let up = Axis::new(&upright, &column(1), false).rounded();
    let heading = chart.series.get(1).map(String::as_str).unwrap_or_default();
    let lines = pen.wrap(heading, pen.width, Look::SMALL);
    let head = pen.block(Point::new(0.0, 0.0), 0.0, Anchor::Start, &lines, Look::SMALL);
    let left = Upright::gutter(pen, up, "");
    let top = head + 1.6;
    let bottom = top + chart.look.height.unwrap_or(HEIGHT * 1.3);
    let field = Upright { left, right: pen.width - 1.7, top, bottom, axis: up };
    field.grid(pen, "");
    let x = |value: f64| left + 0.4 + across.share(value) * (field.right - left - 0.4);
    beneath(pen, chart, &field, across, &x);
    let points: Vec<(Point, f64, &Datum)> = chart
        .data
        .iter()
        .filter_map(|row| Some((Point::new(x(row.at(0)?.value), field.y(row.at(1)?.value)), size(chart, row), row)))
        .collect();
    for (at, size, row) in &points {
        let half = size / 2.0;
        let ink = field::ink(chart, Some(row), 0);
        let ink = if matches!(ink, Ink::Series(_)) { Ink::Accent } else { ink };
        pen.sign(*at, if *size > POINT { Shape::Ring } else { Shape::Circle }, *size, ink);
        pen.take(*at, half);
    }
    let mut unsaid = field.references(pen, chart);
    for (at, size, row) in &points {
        pen.try_text(&around(*at, size / 2.0), &row.label, Look::LABEL);
    }
    unsaid.extend(field::annotate(pen, chart, &|at| points.get(at).map(|point| point.0)));
    pen.leftover(&unsaid);
}

/// The axis below, with its name.
fn beneath(pen: &mut Pen<'_>, chart: &Chart, field: &Upright, axis: Axis, x: &dyn Fn(f64) -> f64) {
    let (from, to) = (Point::new(field.left, field.bottom), Point::new(field.right, field.bottom));
    pen.rule(from, to, 0.08, Ink::Axis);
    pen.keep_clear(from, to);
    let mut last = f64::NEG_INFINITY;
    for tick in axis.ticks() {
        let text = plain(tick);
        let (at, half) = (x(tick), pen.wide(&text, Look::SMALL) / 2.0);
        pen.rule(Point::new(at, field.top), Point::new(at, field.bottom), HAIR, Ink::Grid);
        if at - half > last + 0.5 && at + half <= pen.width && at - half >= 0.0 {
            pen.text(Point::new(at, field.bottom + 1.5), 0.0, Anchor::Middle, &text, Look::SMALL);
            last = at + half;
        }
    }
    let name = chart.series.first().map(String::as_str).unwrap_or_default();
    let lines = pen.wrap(name, pen.width, Look::SMALL);
    let at = Point::new(pen.width, field.bottom + 0.65 + LINE);
    let end = pen.block(at, 0.0, Anchor::End, &lines, Look::SMALL);
    pen.reach(end);
}

/// How wide a point is: its area is its third value.
fn size(chart: &Chart, row: &Datum) -> f64 {
    let of = |row: &Datum| row.at(2).map_or(0.0, |amount| amount.value.max(0.0));
    let most = chart.data.iter().map(of).fold(0.0, f64::max);
    if most > 0.0 { (LARGEST * libm::sqrt(of(row) / most)).max(POINT) } else { POINT }
}

/// The places of a label around a point.
fn around(at: Point, half: f64) -> Vec<(Point, f64, Anchor)> {
    let (x, y) = (at.x, at.y);
    let off = half + 0.3;
    let over = y - half - 0.3;
    let under = y + half + 1.1;
    vec![
        (Point::new(x, y + 0.33), off, Anchor::Start),
        (Point::new(x, y + 0.33), -off, Anchor::End),
        (Point::new(x, over), 0.0, Anchor::Middle),
        (Point::new(x, under), 0.0, Anchor::Middle),
        (Point::new(x, over), 0.3, Anchor::Start),
        (Point::new(x, over), -0.3, Anchor::End),
        (Point::new(x, under), 0.3, Anchor::Start),
        (Point::new(x, under), -0.3, Anchor::End),
    ]
}
