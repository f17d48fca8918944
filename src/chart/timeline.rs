//! Events from the earliest down, each beside its date, as far apart as they happened.

use super::field;
use super::pen::{LINE, Look, Pen};
use super::scene::{Anchor, Ink, Point, Shape};
use crate::model::{Chart, Datum};

/// The most room between two events, in lines.
const FARTHEST: f64 = 2.2;

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let dates = pen.widest(chart.data.iter().map(Datum::shown), Look::VALUE).min(0.4 * pen.width);
    let line = dates + 1.1;
    let room = pen.width - line - 1.1;
    let times: Vec<f64> = chart.data.iter().map(Datum::value).collect();
    let longest = times.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut y = 0.0;
    let mut signs: Vec<(f64, Ink)> = Vec::new();
    for (at, row) in chart.data.iter().enumerate() {
        if at > 0 {
            y += 0.35 + FARTHEST * (times[at] - times[at - 1]).abs() / longest;
        }
        let date = pen.wrap(row.shown(), dates + 0.01, Look::VALUE);
        let lines = pen.wrap(&row.label, room, Look::LABEL);
        let high = pen.block(Point::new(dates, y), 0.0, Anchor::End, &date, Look::VALUE);
        let end = pen.block(Point::new(line, y), 1.1, Anchor::Start, &lines, Look::LABEL).max(high);
        let end = field_notes(pen, chart, row, (line, end));
        signs.push((y + LINE / 2.0, field::ink(chart, Some(row), 0)));
        y = end;
    }
    if let (Some(first), Some(last)) = (signs.first(), signs.last()) {
        pen.rule(Point::new(line, first.0), Point::new(line, last.0), 0.08, Ink::Axis);
    }
    for (y, ink) in signs {
        pen.sign(Point::new(line, y), Shape::Circle, 0.75, ink);
    }
}

/// What is said of an event, below it. Gives where it ends.
fn field_notes(pen: &mut Pen<'_>, chart: &Chart, row: &Datum, (x, y): (f64, f64)) -> f64 {
    let mut end = y;
    for note in chart.look.notes.iter().filter(|note| note.at == row.label || note.at == row.shown()) {
        let lines = pen.wrap(&note.text, pen.width - x - 1.1, Look::SMALL);
        end = pen.block(Point::new(x, end), 1.1, Anchor::Start, &lines, Look::SMALL);
    }
    end
}
