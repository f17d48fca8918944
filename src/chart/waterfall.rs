//! Changes that add up: each column begins where the one before ends.

use super::columns::{self, HEIGHT};
use super::field::{self, Axis, Upright};
use super::pen::{HAIR, LINE, Look, Pen, count};
use super::scene::{Anchor, Ink, Point};
use crate::model::Chart;

/// A step: from one sum to the next.
struct Step {
    from: f64,
    to: f64,
    shown: String,
    ink: Ink,
}

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let steps = steps(chart);
    let reached: Vec<f64> = steps.iter().flat_map(|step| [step.from, step.to]).collect();
    let axis = Axis::new(chart, &reached, true);
    let axis = if field::wants_axis(chart) { axis.rounded() } else { axis };
    let gutter = if field::wants_axis(chart) { Upright::gutter(pen, axis, "") } else { 0.0 };
    let slot = (pen.width - gutter) / count(steps.len());
    let wide = pen.widest(steps.iter().map(|step| step.shown.as_str()), Look::VALUE);
    match columns::labels(pen, chart, slot).filter(|_| wide + 0.2 <= slot) {
        Some(labels) => upright(pen, chart, &steps, &labels, (axis, gutter, slot)),
        None => lying(pen, chart, &steps, axis),
    }
}

fn steps(chart: &Chart) -> Vec<Step> {
    let mut sum = 0.0;
    let step = |row: &crate::model::Datum| {
        let value = row.value();
        let from = if row.total { 0.0 } else { sum };
        sum = if row.total { value } else { sum + value };
        let ink = match (row.total, value < 0.0) {
            (true, _) => Ink::Muted,
            (_, true) => Ink::Series(1),
            (_, false) => Ink::Accent,
        };
        let sign = if !row.total && value > 0.0 { "+" } else { "" };
        Step { from, to: sum, shown: format!("{sign}{}", row.shown()), ink }
    };
    chart.data.iter().map(step).collect()
}

fn upright(
    pen: &mut Pen<'_>,
    chart: &Chart,
    steps: &[Step],
    labels: &[Vec<String>],
    (axis, left, slot): (Axis, f64, f64),
) {
    let notes = if chart.look.notes.is_empty() { 0.0 } else { 3.2 };
    let top = 1.6 + notes;
    let field = Upright { left, right: pen.width, top, bottom: top + chart.look.height.unwrap_or(HEIGHT), axis };
    if field::wants_axis(chart) {
        field.grid(pen, "");
    }
    for (at, step) in steps.iter().enumerate() {
        let x = left + slot * count(at);
        let (y, end) = (field.y(step.from.max(step.to)), field.y(step.from.min(step.to)));
        pen.rect(Point::new(x + slot * 0.14, y), slot * 0.72, end - y, step.ink);
        let middle = x + slot / 2.0;
        let falls = step.to < step.from || step.to < 0.0;
        let baseline = if falls { end + 1.15 } else { y - 0.4 };
        pen.text(Point::new(middle, baseline), 0.0, Anchor::Middle, &step.shown, Look::VALUE);
        if at + 1 < steps.len() {
            let y = field.y(step.to);
            pen.rule(Point::new(x + slot * 0.86, y), Point::new(x + slot * 1.14, y), HAIR * 1.6, Ink::Axis);
        }
    }
    field.floor(pen);
    let y = field.bottom + 1.5;
    for (at, lines) in labels.iter().enumerate() {
        pen.block(Point::new(left + slot * (count(at) + 0.5), y), 0.0, Anchor::Middle, lines, Look::LABEL);
    }
    pen.reach(y + LINE);
    let mut unsaid = field.references(pen, chart);
    let tops: Vec<Point> = (0..steps.len())
        .map(|at| Point::new(left + slot * (count(at) + 0.5), field.y(steps[at].from.max(steps[at].to))))
        .collect();
    unsaid.extend(field::annotate(pen, chart, &|at| tops.get(at).copied()));
    pen.leftover(&unsaid);
}

/// The steps as bars, where columns have no room for their labels.
fn lying(pen: &mut Pen<'_>, chart: &Chart, steps: &[Step], axis: Axis) {
    let wide = pen.widest(steps.iter().map(|step| step.shown.as_str()), Look::VALUE) + 0.6;
    let before = if steps.iter().any(|step| step.to < step.from) { wide } else { 0.0 };
    let rows = super::bars::Rows::new(pen, chart, axis, before, wide);
    let start = rows.references(pen, chart, 0.0);
    let mut y = start;
    let mut spans = Vec::new();
    for (row, step) in chart.data.iter().zip(steps) {
        let (at, end) = rows.label(pen, &row.label, y, 1.35);
        let (left, right) = (rows.x(step.from.min(step.to)), rows.x(step.from.max(step.to)));
        spans.push((at, at + 1.35));
        pen.rect(Point::new(left, at), right - left, 1.35, step.ink);
        let (x, dx, anchor) = match step.to < step.from {
            true => (left, -0.35, Anchor::End),
            false => (right, 0.35, Anchor::Start),
        };
        pen.try_text(&[(Point::new(x, at + 1.0), dx, anchor)], &step.shown, Look::VALUE);
        y = super::bars::noted(pen, chart, &row.label, (rows.left, end)) + 0.75;
    }
    rows.zero(pen, &spans);
    rows.mark(pen, chart, start, y - 0.5);
}
