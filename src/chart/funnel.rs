//! What is left at each step: bars about a middle, each as long as its value.

use super::amounts::plain;
use super::bars::noted;
use super::field;
use super::pen::{LINE, Look, Pen, count};
use super::scene::{Anchor, Ink, Mark, Point};
use crate::model::{Chart, Datum};

/// How thick a bar is, and from one to the next.
const THICK: f64 = 1.9;
const GAP: f64 = 0.7;

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let most = chart.data.iter().map(Datum::value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let longest = pen.widest(chart.data.iter().map(|row| row.label.as_str()), Look::LABEL);
    let values: Vec<String> = chart.data.iter().enumerate().map(|(at, row)| value(chart, at, row)).collect();
    let after = pen.widest(values.iter().map(String::as_str), Look::VALUE) + 0.6;
    let beside = pen.width >= 30.0 && longest.min(0.34 * pen.width) + after + 10.0 <= pen.width;
    let labels = if beside { longest.min(0.34 * pen.width) + 0.8 } else { 0.0 };
    let field = (pen.width - labels - after).max(2.0);
    let middle = labels + field / 2.0;
    let mut y = 0.0;
    let mut before: Option<(f64, f64)> = None;
    for (row, value) in chart.data.iter().zip(&values) {
        let room = if beside { labels - 0.8 } else { pen.width };
        let lines = pen.wrap(&row.label, room + 0.01, Look::LABEL);
        let tall = LINE * count(lines.len());
        let at = if beside {
            let high = tall.max(THICK);
            pen.block(Point::new(labels - 0.8, y + (high - tall) / 2.0), 0.0, Anchor::End, &lines, Look::LABEL);
            y + (high - THICK) / 2.0
        } else {
            pen.block(Point::new(0.0, y), 0.0, Anchor::Start, &lines, Look::LABEL) + 0.1
        };
        let half = (field * row.value() / most / 2.0).max(0.1);
        if let Some((above, end)) = before.filter(|_| beside) {
            let corners = vec![
                Point::new(middle - above, end),
                Point::new(middle + above, end),
                Point::new(middle + half, at),
                Point::new(middle - half, at),
            ];
            pen.push(Mark::Form { corners, ink: Ink::Tint(0.8) });
        }
        pen.rect(Point::new(middle - half, at), 2.0 * half, THICK, field::ink(chart, Some(row), 0));
        pen.text(Point::new(middle + half, at + THICK / 2.0 + 0.33), 0.4, Anchor::Start, value, Look::VALUE);
        before = Some((half, at + THICK));
        let end = (at + THICK).max(if beside { y + tall } else { 0.0 });
        y = noted(pen, chart, &row.label, (labels, end)) + GAP;
    }
    pen.reach(y - GAP);
}

/// What is written at a step: its value, and which share of the first it is.
fn value(chart: &Chart, at: usize, row: &Datum) -> String {
    let first = chart.data.first().map_or(0.0, Datum::value);
    if at == 0 || first <= 0.0 {
        return row.shown().to_owned();
    }
    format!("{} ({}%)", row.shown(), plain(libm::round(row.value() / first * 1000.0) / 10.0))
}
