//! Two values of each label, joined by a line.

use super::columns::HEIGHT;
use super::field::{self, Axis};
use super::pen::{LINE, Look, Pen, STROKE, count};
use super::scene::{Anchor, Ink, Point, Shape};
use super::spread::spread;
use crate::model::{Chart, Datum};

/// How far the two ends stand apart at most.
const WIDEST: f64 = 26.0;

/// The labels of one side: their lines, where they begin, and where their points are.
struct Side {
    lines: Vec<Vec<String>>,
    starts: Vec<f64>,
    points: Vec<f64>,
}

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let axis = Axis::new(chart, &field::reached(chart), false);
    let rows: Vec<&Datum> = chart.data.iter().filter(|row| row.at(0).is_some() && row.at(1).is_some()).collect();
    let named = |row: &Datum| format!("{} {}", row.label, row.at(0).map_or("", |amount| amount.shown.as_str()));
    let texts: Vec<String> = rows.iter().map(|row| named(row)).collect();
    let room = pen.widest(texts.iter().map(String::as_str), Look::LABEL).min(0.42 * pen.width);
    let values: Vec<String> = rows.iter().map(|row| field::shown(chart, row, 1)).collect();
    let after = pen.widest(values.iter().map(String::as_str), Look::VALUE) + 0.8;
    // Lines as long as the page is wide would all look level.
    let left = room + 0.8;
    let right = (pen.width - after).min(left + WIDEST);
    let left_lines: Vec<Vec<String>> = texts.iter().map(|text| pen.wrap(text, room, Look::LABEL)).collect();
    let needed: f64 = left_lines.iter().map(|lines| LINE * count(lines.len())).sum();
    let top = heads(pen, chart, left, right) + 0.7;
    let bottom = top + chart.look.height.unwrap_or(HEIGHT).max(needed);
    let y = |value: f64| bottom - 0.6 - axis.share(value) * (bottom - top - 1.2);
    let side = |at: usize, lines: Vec<Vec<String>>| {
        let points: Vec<f64> = rows.iter().map(|row| y(row.at(at).map_or(0.0, |amount| amount.value))).collect();
        let heights: Vec<f64> = lines.iter().map(|lines| LINE * count(lines.len())).collect();
        Side { starts: spread(&points, &heights, top, bottom), lines, points }
    };
    let sides = [side(0, left_lines), side(1, values.into_iter().map(|value| vec![value]).collect())];
    for x in [left, right] {
        pen.rule(Point::new(x, top), Point::new(x, bottom), 0.06, Ink::Axis);
    }
    for (at, row) in rows.iter().enumerate() {
        let ink = match field::ink(chart, Some(row), 0) {
            Ink::Series(_) => Ink::Accent,
            other => other,
        };
        let (from, to) = (Point::new(left, sides[0].points[at]), Point::new(right, sides[1].points[at]));
        pen.rule(from, to, STROKE, ink);
        for point in [from, to] {
            pen.sign(point, Shape::Circle, 0.6, ink);
        }
    }
    write(pen, &sides[0], left, Anchor::End, Look::LABEL);
    write(pen, &sides[1], right, Anchor::Start, Look::VALUE);
    pen.reach(bottom);
}

/// The names of the two ends, above them. Gives where they end.
fn heads(pen: &mut Pen<'_>, chart: &Chart, left: f64, right: f64) -> f64 {
    let name = |at: usize| chart.series.get(at).map(String::as_str).unwrap_or_default();
    let half = (right - left) / 2.0 - 0.4;
    let mut end: f64 = 0.0;
    for (x, anchor, name, room) in
        [(left, Anchor::End, name(0), left), (right, Anchor::Start, name(1), pen.width - right)]
    {
        // A long name reaches over the field.
        let fits = pen.wide(name, Look::VALUE) <= room;
        let (anchor, room) = match (fits, anchor) {
            (true, _) => (anchor, room),
            (_, Anchor::End) => (Anchor::Start, half),
            _ => (Anchor::End, half),
        };
        let lines = pen.wrap(name, room, Look::VALUE);
        end = end.max(pen.block(Point::new(x, 0.0), 0.0, anchor, &lines, Look::VALUE));
    }
    end
}

/// The labels of one side, led to points that they stand off from.
fn write(pen: &mut Pen<'_>, side: &Side, x: f64, anchor: Anchor, look: Look) {
    let out = if anchor == Anchor::End { -1.0 } else { 1.0 };
    for ((lines, start), point) in side.lines.iter().zip(&side.starts).zip(&side.points) {
        pen.block(Point::new(x, *start), out * 0.8, anchor, lines, look);
        let middle = start + LINE * count(lines.len()) / 2.0;
        if (middle - point).abs() > 0.35 {
            let corners = vec![Point::new(out * 0.3, 0.0), Point::new(out * 0.7, middle - point)];
            pen.push(super::Mark::Path { about: Point::new(x, *point), corners, ink: Ink::Axis });
        }
    }
}
