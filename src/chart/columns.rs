//! Vertical columns.

use super::bars;
use super::field::{self, Axis, Upright};
use super::layers::{self, Layer};
use super::pen::{LINE, Look, Pen, count};
use super::scene::{Anchor, Point, Shape};
use crate::model::Chart;

/// The height of a field, if the author says nothing else.
pub(super) const HEIGHT: f64 = 12.0;
/// The most lines of a label below a column.
const LINES: usize = 4;
/// How much of its slot a column takes.
const SHARE: f64 = 0.72;

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let percent = field::is_percent(chart);
    let axis = if percent { Axis::percent() } else { Axis::new(chart, &field::reached(chart), true) };
    let sign = if percent { "%" } else { "" };
    let slot = pen.width / count(chart.data.len());
    let labelled = field::wants_labels(chart) && fits(pen, chart, slot);
    let gridded = field::wants_axis(chart) || !labelled && !percent;
    let axis = if gridded { axis.rounded() } else { axis };
    let left = if gridded { Upright::gutter(pen, axis, sign) } else { 0.0 };
    let slot = (pen.width - left) / count(chart.data.len());
    let Some(labels) = labels(pen, chart, slot) else { return bars::draw(pen, chart) };
    let key = field::key(pen, chart, Some(Shape::Square));
    let notes = if chart.look.notes.is_empty() { 0.0 } else { 3.2 };
    let top = key + notes + if labelled || !chart.look.lines.is_empty() { 1.6 } else { 0.6 };
    let bottom = top + chart.look.height.unwrap_or(HEIGHT);
    let field = Upright { left, right: pen.width, top, bottom, axis };
    if gridded {
        field.grid(pen, sign);
    }
    let mut tops = Vec::new();
    for (at, row) in chart.data.iter().enumerate() {
        let middle = left + slot * (count(at) + 0.5);
        let layers = layers::of(chart, row);
        tops.push(Point::new(middle, layers.iter().map(|layer| field.y(layer.to)).fold(field.base(), f64::min)));
        for layer in layers {
            column(pen, &field, &layer, (middle, slot), (layers::lanes(chart), labelled && !field::is_stacked(chart)));
        }
    }
    field.floor(pen);
    below(pen, &labels, (left, slot), &field);
    let mut unsaid = field.references(pen, chart);
    unsaid.extend(field::annotate(pen, chart, &|at| tops.get(at).copied()));
    pen.leftover(&unsaid);
}

/// The labels below the columns, each in its lines; none where a word is wider than its slot.
pub(super) fn labels(pen: &Pen<'_>, chart: &Chart, slot: f64) -> Option<Vec<Vec<String>>> {
    let room = slot - 0.5;
    let fits = chart.data.iter().all(|row| pen.stiff(&row.label, Look::LABEL) <= room);
    let labels: Vec<_> =
        chart.data.iter().filter(|_| fits).map(|row| pen.wrap(&row.label, room, Look::LABEL)).collect();
    (fits && labels.iter().all(|lines| lines.len() <= LINES)).then_some(labels)
}

/// Writes the labels below the field.
pub(super) fn below(pen: &mut Pen<'_>, labels: &[Vec<String>], (left, slot): (f64, f64), field: &Upright) {
    // What hangs below the line has its value there.
    let y = field.bottom + if field.axis.base() > 0.0 { 1.5 } else { 0.5 };
    for (at, lines) in labels.iter().enumerate() {
        let x = left + slot * (count(at) + 0.5);
        pen.block(Point::new(x, y), 0.0, Anchor::Middle, lines, Look::LABEL);
    }
    pen.reach(y + LINE);
}

/// Whether every value has room at its column.
fn fits(pen: &Pen<'_>, chart: &Chart, slot: f64) -> bool {
    if field::is_stacked(chart) {
        return false;
    }
    let lane = slot * if chart.width() > 1 { SHARE / count(chart.width()) } else { 1.0 };
    let shown = chart.data.iter().flat_map(|row| row.values.iter().flatten()).map(|amount| amount.shown.as_str());
    pen.widest(shown, Look::VALUE) + 0.2 <= lane
}

/// One column with its value.
fn column(
    pen: &mut Pen<'_>,
    field: &Upright,
    layer: &Layer,
    (middle, slot): (f64, f64),
    (lanes, labelled): (usize, bool),
) {
    let lane = slot * SHARE / count(lanes);
    let left = middle - slot * SHARE / 2.0 + lane * count(layer.lane);
    let gap = if lanes > 1 { lane * 0.08 } else { 0.0 };
    let from = if layer.from == 0.0 { field.base() } else { field.y(layer.from) };
    let to = field.y(layer.to);
    let seam = if layer.from == 0.0 { 0.0 } else { 0.08 };
    let (y, high) = (from.min(to), ((from - to).abs() - seam).max(0.08));
    pen.rect(Point::new(left, y), lane - gap, high, layer.ink);
    let x = left + (lane - gap) / 2.0;
    if labelled {
        let y = if layer.to < 0.0 { to + 1.15 } else { to - 0.4 };
        pen.text(Point::new(x, y), 0.0, Anchor::Middle, &layer.shown, Look::VALUE);
    } else if lanes == 1 && high >= 1.3 && pen.wide(&layer.shown, Look::LABEL) + 0.3 <= lane {
        let at = Point::new(x, y + high / 2.0 + 0.33);
        pen.text(at, 0.0, Anchor::Middle, &layer.shown, Look::LABEL.in_ink(layers::on(layer)));
    }
}
