//! Shares of a whole: in one bar, in a circle, in a ring.

use super::amounts::plain;
use super::field;
use super::pen::{LINE, Look, Pen, count};
use super::scene::{Anchor, Ink, Mark, Point, Shape};
use super::spread::spread;
use crate::model::{Chart, ChartKind, Datum};

/// The greatest radius of a circle.
const RADIUS: f64 = 6.5;

/// The colour of a part: the accent, lighter from part to part.
fn ink(chart: &Chart, at: usize) -> Ink {
    if field::is_muted(chart, &chart.data[at].label) {
        return Ink::Muted;
    }
    match chart.data.len() {
        _ if !chart.look.highlight.is_empty() => Ink::Accent,
        1 => Ink::Accent,
        n => Ink::Tint(0.78 * count(at) / count(n - 1)),
    }
}

fn shares(chart: &Chart) -> Vec<f64> {
    let sum: f64 = chart.data.iter().map(Datum::value).sum();
    chart.data.iter().map(|row| if sum > 0.0 { row.value() / sum } else { 0.0 }).collect()
}

/// One bar cut into shares, and a key below.
pub(super) fn bar(pen: &mut Pen<'_>, chart: &Chart) {
    let shares = shares(chart);
    let mut x = 0.0;
    for (at, share) in shares.iter().enumerate() {
        let wide = pen.width * share;
        pen.rect(Point::new(x, 0.0), (wide - 0.12).max(0.05), 2.4, ink(chart, at));
        x += wide;
    }
    list(pen, chart, 3.2);
}

/// The parts with their values, in rows from `top` down.
fn list(pen: &mut Pen<'_>, chart: &Chart, top: f64) {
    let columns = if pen.width >= 34.0 { 2 } else { 1 };
    let room = pen.width / count(columns);
    let values: Vec<String> = chart.data.iter().zip(shares(chart)).map(|(row, share)| written(row, share)).collect();
    let value = pen.widest(values.iter().map(String::as_str), Look::VALUE).min(room / 2.0);
    let rows = chart.data.len().div_ceil(columns);
    let (mut y, mut deepest) = (top, top);
    for (at, row) in chart.data.iter().enumerate() {
        if at % rows == 0 {
            y = top;
        }
        let x = room * count(at / rows);
        let said = pen.wrap(&values[at], value + 0.01, Look::VALUE);
        let lines = pen.wrap(&row.label, (room - value - 2.4).max(3.0), Look::LABEL);
        let middle = Point::new(x, y + LINE / 2.0);
        pen.push(Mark::Sign { at: middle, dx: 0.42, shape: Shape::Square, size: 0.8, ink: ink(chart, at) });
        let end = pen.block(Point::new(x, y), 1.2 + value, Anchor::End, &said, Look::VALUE);
        y = end.max(pen.block(Point::new(x, y), 1.7 + value, Anchor::Start, &lines, Look::LABEL)) + 0.2;
        deepest = deepest.max(y);
    }
    pen.reach(deepest);
}

/// The value of a part, with its share of the whole where that is something else.
fn written(row: &Datum, share: f64) -> String {
    let written = format!("{}%", plain(libm::round(share * 1000.0) / 10.0));
    let is_share = row.shown().trim_end_matches('%') == written.trim_end_matches('%');
    if is_share { written } else { format!("{} ({written})", row.shown()) }
}

/// What is written beside a part.
struct Label {
    lines: Vec<String>,
    value: String,
    middle: f64,
}

/// A circle, or a ring, with a label beside each part.
pub(super) fn circle(pen: &mut Pen<'_>, chart: &Chart) {
    let shares = shares(chart);
    let longest = pen.widest(chart.data.iter().map(|row| row.label.as_str()), Look::LABEL);
    let value = pen.widest(chart.data.iter().map(Datum::shown), Look::VALUE) + 4.5;
    let room = longest.max(value).min(pen.width / 2.0 - 5.2).max(3.0);
    let radius = (pen.width / 2.0 - room - 1.6).clamp(3.0, RADIUS);
    if chart.data.iter().any(|row| pen.stiff(&row.label, Look::LABEL) > room) {
        // Words would be broken beside the circle: they stand below it.
        let centre = Point::new(pen.width / 2.0, RADIUS);
        slices(pen, chart, &shares, (centre, RADIUS));
        return list(pen, chart, 2.0 * RADIUS + 0.8);
    }
    let mut turn = 0.0;
    let mut labels = Vec::new();
    for (at, share) in shares.iter().enumerate() {
        let row = &chart.data[at];
        let lines = pen.wrap(&row.label, room, Look::LABEL);
        let value = written(row, *share);
        labels.push(Label { lines, value, middle: turn + share / 2.0 });
        turn += share;
    }
    let sides =
        [false, true].map(|left| labels.iter().filter(|label| (label.middle > 0.5) == left).collect::<Vec<&Label>>());
    let side_height = |side: &[&Label]| side.iter().map(|label| tall(pen, label, room)).sum::<f64>();
    let high = sides.iter().map(|side| side_height(side)).fold(2.0 * radius + 1.0, f64::max);
    let centre = Point::new(pen.width / 2.0, high / 2.0);
    slices(pen, chart, &shares, (centre, radius));
    for (side, left) in sides.iter().zip([false, true]) {
        beside(pen, side, (centre, radius, high), (left, room));
    }
    pen.reach(high);
}

/// The parts of the circle.
fn slices(pen: &mut Pen<'_>, chart: &Chart, shares: &[f64], (centre, outer): (Point, f64)) {
    let inner = if chart.kind == ChartKind::Donut { outer * 0.58 } else { 0.0 };
    let mut turn = 0.0;
    for (at, share) in shares.iter().enumerate() {
        let (start, end) = (turn, turn + share);
        pen.push(Mark::Sector { centre, outer, inner, start, end, ink: ink(chart, at) });
        turn = end;
    }
}

/// The lines of a value: beside its circle it may be wider than its room.
fn value_lines(pen: &Pen<'_>, label: &Label, room: f64) -> Vec<String> {
    pen.wrap(&label.value, room, Look::VALUE)
}

fn tall(pen: &Pen<'_>, label: &Label, room: f64) -> f64 {
    LINE * count(label.lines.len() + value_lines(pen, label, room).len()) + 0.4
}

/// The labels of one side, each led to its part.
fn beside(pen: &mut Pen<'_>, side: &[&Label], (centre, radius, high): (Point, f64, f64), (left, room): (bool, f64)) {
    let rim = |turn: f64, far: f64| {
        let angle = turn * std::f64::consts::TAU;
        Point::new(far * libm::sin(angle), -far * libm::cos(angle))
    };
    let wanted: Vec<f64> = side.iter().map(|label| centre.y + rim(label.middle, radius).y).collect();
    let heights: Vec<f64> = side.iter().map(|label| tall(pen, label, room)).collect();
    let starts = spread(&wanted, &heights, 0.0, high);
    for ((label, start), height) in side.iter().zip(starts).zip(heights) {
        let out = radius + 1.3;
        let (x, anchor) = if left { (-out, Anchor::End) } else { (out, Anchor::Start) };
        let value = value_lines(pen, label, room);
        let end = pen.block(Point::new(centre.x, start + 0.2), x, anchor, &label.lines, Look::LABEL);
        pen.block(Point::new(centre.x, end), x, anchor, &value, Look::VALUE);
        let middle = start + height / 2.0 - centre.y;
        let edge = if left { x + 0.2 } else { x - 0.2 };
        let elbow = if left { x + 0.6 } else { x - 0.6 };
        let corners = vec![rim(label.middle, radius * 0.98), Point::new(elbow, middle), Point::new(edge, middle)];
        pen.push(Mark::Path { about: centre, corners, ink: Ink::Axis });
    }
}
