//! Points on a common scale, a row for each label.

use super::bars::{Rows, noted};
use super::field::{self, Axis};
use super::pen::{Look, Pen};
use super::scene::{Anchor, Point};
use crate::model::{Chart, Datum};

/// The height of a row, and from one to the next.
const ROW: f64 = 1.35;
const GAP: f64 = 0.55;

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let axis = Axis::new(chart, &field::reached(chart), false).rounded();
    let shown = |at: fn(&Datum) -> Option<usize>| {
        let texts = chart.data.iter().filter_map(|row| row.at(at(row)?)).map(|amount| amount.shown.as_str());
        pen.widest(texts, Look::VALUE) + 1.0
    };
    let labelled = field::wants_labels(chart) && shown(least) + shown(greatest) + 4.0 <= pen.width;
    let (before, after) = match labelled {
        true if chart.width() > 1 => (shown(least), shown(greatest)),
        true => (0.5, shown(greatest)),
        false => (0.5, 1.2),
    };
    let rows = Rows::new(pen, chart, axis, before, after);
    let top = field::key(pen, chart, None);
    let start = rows.references(pen, chart, top);
    let mut y = start;
    let mut ends = Vec::new();
    for row in &chart.data {
        let (at, end) = rows.label(pen, &row.label, y, ROW);
        ends.push((row, at + ROW / 2.0));
        y = noted(pen, chart, &row.label, (rows.left, end)) + GAP;
    }
    let bottom = y - GAP + 0.3;
    rows.grid(pen, start, bottom, "");
    for (row, middle) in ends {
        line(pen, chart, &rows, (row, middle), labelled);
    }
    rows.mark(pen, chart, start, bottom);
}

/// The series with the least value of a row, and that with the greatest.
fn least(row: &Datum) -> Option<usize> {
    let values = (0..row.values.len()).filter(|at| row.at(*at).is_some());
    values.min_by(|a, b| value(row, *a).total_cmp(&value(row, *b)))
}

fn greatest(row: &Datum) -> Option<usize> {
    let values = (0..row.values.len()).filter(|at| row.at(*at).is_some());
    values.max_by(|a, b| value(row, *a).total_cmp(&value(row, *b)))
}

fn value(row: &Datum, at: usize) -> f64 {
    row.at(at).map_or(0.0, |amount| amount.value)
}

/// One row: its points, joined, with the outermost values.
fn line(pen: &mut Pen<'_>, chart: &Chart, rows: &Rows, (row, y): (&Datum, f64), labelled: bool) {
    let (Some(low), Some(high)) = (least(row), greatest(row)) else { return };
    let (left, right) = (rows.x(value(row, low)), rows.x(value(row, high)));
    if right > left {
        pen.rule(Point::new(left, y), Point::new(right, y), 0.12, super::Ink::Muted);
    }
    for series in (0..chart.width()).filter(|at| row.at(*at).is_some()) {
        let at = Point::new(rows.x(value(row, series)), y);
        pen.sign(at, field::sign(series), 0.8, field::ink(chart, Some(row), series));
    }
    if labelled {
        pen.text(Point::new(right, y + 0.33), 0.6, Anchor::Start, &field::shown(chart, row, high), Look::VALUE);
        if low != high {
            pen.text(Point::new(left, y + 0.33), -0.6, Anchor::End, &field::shown(chart, row, low), Look::VALUE);
        }
    }
}
