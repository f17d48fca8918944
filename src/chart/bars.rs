//! Horizontal bars.

use super::amounts::plain;
use super::field::{self, Axis};
use super::layers::{self, Layer};
use super::pen::{HAIR, LINE, Look, Pen, count};
use super::scene::{Anchor, Ink, Point, Shape};
use crate::model::{Chart, Shown};

/// How thick a bar is, alone and beside others.
const ALONE: f64 = 1.35;
const BESIDE: f64 = 1.2;
/// From one row to the next.
const GAP: f64 = 0.75;

/// Where rows stand across.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    /// The width of the labels at the left; none where they stand above their bars.
    pub(super) labels: Option<f64>,
    /// Where the field begins and ends.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) axis: Axis,
}

impl Rows {
    /// The room of labels that stand beside their bars, or above them where there is little.
    pub(super) fn new(pen: &Pen<'_>, chart: &Chart, axis: Axis, before: f64, after: f64) -> Self {
        let longest = pen.widest(chart.data.iter().map(|row| row.label.as_str()), Look::LABEL);
        let beside = longest.min(0.42 * pen.width);
        let above = pen.width < 28.0 && longest > 0.3 * pen.width || beside + before + after + 6.0 > pen.width;
        let labels = (!above).then_some(beside + 0.05);
        let left = labels.map_or(0.0, |wide| wide + 0.8) + before;
        Self { labels, left, right: (pen.width - after).max(left + 2.0), axis }
    }

    pub(super) fn x(&self, value: f64) -> f64 {
        self.left + self.axis.share(value) * (self.right - self.left)
    }

    pub(super) fn base(&self) -> f64 {
        self.left + self.axis.base() * (self.right - self.left)
    }

    /// Writes the label of a row whose marks are so high. Gives where they begin and where the row ends.
    pub(super) fn label(&self, pen: &mut Pen<'_>, label: &str, y: f64, high: f64) -> (f64, f64) {
        let Some(wide) = self.labels else {
            let lines = pen.wrap(label, pen.width, Look::LABEL);
            let end = pen.block(Point::new(0.0, y), 0.0, Anchor::Start, &lines, Look::LABEL) + 0.1;
            return (end, end + high);
        };
        let lines = pen.wrap(label, wide, Look::LABEL);
        let tall = LINE * count(lines.len());
        let row = tall.max(high);
        pen.block(Point::new(wide, y + (row - tall) / 2.0), 0.0, Anchor::End, &lines, Look::LABEL);
        (y + (row - high) / 2.0, y + row)
    }

    /// The grid behind the rows, numbered below them.
    pub(super) fn grid(&self, pen: &mut Pen<'_>, top: f64, bottom: f64, sign: &str) {
        let mut last = f64::NEG_INFINITY;
        for tick in self.axis.ticks() {
            let x = self.x(tick);
            pen.rule(Point::new(x, top), Point::new(x, bottom), HAIR, Ink::Grid);
            let text = plain(tick) + sign;
            let half = pen.wide(&text, Look::SMALL) / 2.0;
            // The first and the last number might leave the drawing.
            let (anchor, from, to) = match (x - half < 0.0, x + half > pen.width) {
                (true, _) => (Anchor::Start, x, x + 2.0 * half),
                (_, true) => (Anchor::End, x - 2.0 * half, x),
                _ => (Anchor::Middle, x - half, x + half),
            };
            if from > last + 0.5 && from >= 0.0 {
                pen.text(Point::new(x, bottom + 1.1), 0.0, anchor, &text, Look::SMALL);
                last = to;
            }
        }
    }

    /// Lines at values, named above the rows. Gives where the rows begin.
    pub(super) fn references(&self, pen: &mut Pen<'_>, chart: &Chart, top: f64) -> f64 {
        let look = Look { size: 1.0, ..Look::SMALL };
        let mut y = top;
        for line in &chart.look.lines {
            let x = self.x(line.value);
            let half = pen.wide(&line.label, look) / 2.0;
            let lines = pen.wrap(&line.label, pen.width, look);
            let anchor = match (x - half < 0.0, x + half > pen.width) {
                (true, _) if half * 2.0 > pen.width - x => (0.0, Anchor::Start),
                (true, _) => (x, Anchor::Start),
                (_, true) if half * 2.0 > x => (0.0, Anchor::Start),
                (_, true) => (x, Anchor::End),
                _ => (x, Anchor::Middle),
            };
            y = pen.block(Point::new(anchor.0, y), 0.0, anchor.1, &lines, look);
        }
        if y > top { y + 0.2 } else { y }
    }

    /// The line that values begin at, past rows that take so much; not through labels that stand above them.
    pub(super) fn zero(&self, pen: &mut Pen<'_>, spans: &[(f64, f64)]) {
        let x = self.base();
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return };
        let whole = [(first.0 - 0.2, last.1 + 0.2)];
        for (top, bottom) in if self.labels.is_some() { &whole } else { spans } {
            pen.rule(Point::new(x, *top), Point::new(x, *bottom), 0.08, Ink::Axis);
        }
    }

    /// Where a value is written right of its bar: behind a line that would go through it.
    fn past(&self, pen: &Pen<'_>, chart: &Chart, x: f64, wide: f64) -> f64 {
        let crossed = chart.look.lines.iter().map(|line| self.x(line.value));
        let line = crossed.filter(|line| *line > x && *line < x + wide + 0.6).fold(x, f64::max);
        if line + wide + 0.35 <= pen.width { line } else { x }
    }

    /// Draws those lines over the rows.
    pub(super) fn mark(&self, pen: &mut Pen<'_>, chart: &Chart, top: f64, bottom: f64) {
        for line in &chart.look.lines {
            let x = self.x(line.value);
            pen.dashed(Point::new(x, top), Point::new(x, bottom), 0.09, 0.4, Ink::Text);
        }
    }
}

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let percent = field::is_percent(chart);
    let axis = if percent { Axis::percent() } else { Axis::new(chart, &field::reached(chart), true) };
    let all: Vec<Layer> = chart.data.iter().flat_map(|row| layers::of(chart, row)).collect();
    let widest = |negative: bool| {
        let texts = all.iter().filter(|layer| (layer.to < 0.0) == negative).map(|layer| layer.shown.as_str());
        let wide = pen.widest(texts, Look::VALUE);
        if wide > 0.0 { wide + 0.6 } else { 0.0 }
    };
    let (before, after) = (widest(true), widest(false));
    let labelled = field::wants_labels(chart) && !field::is_stacked(chart) && before + after + 4.0 <= pen.width;
    let plain = field::is_stacked(chart) && !percent && chart.look.show == Shown::Usual;
    let gridded = field::wants_axis(chart) || plain || !labelled && !field::is_stacked(chart);
    let axis = if gridded { axis.rounded() } else { axis };
    let (before, after) = if labelled { (before, after) } else { (0.0, 0.0) };
    let rows = Rows::new(pen, chart, axis, before, after);
    let top = field::key(pen, chart, Some(Shape::Square));
    let start = rows.references(pen, chart, top);
    let lanes = layers::lanes(chart);
    let thick = if lanes > 1 { BESIDE } else { ALONE };
    let mut ends = Vec::new();
    let mut y = start;
    for row in &chart.data {
        let (at, end) = rows.label(pen, &row.label, y, thick * count(lanes));
        ends.push((row, at));
        y = noted(pen, chart, &row.label, (rows.left, end));
        y += GAP;
    }
    let bottom = y - GAP + 0.2;
    if gridded {
        rows.grid(pen, start, bottom, if percent { "%" } else { "" });
    }
    let high = thick * count(lanes);
    let spans: Vec<(f64, f64)> = ends.iter().map(|(_, at)| (*at, at + high)).collect();
    for (row, at) in ends {
        for layer in layers::of(chart, row) {
            bar(pen, (&rows, chart), &layer, (at + thick * count(layer.lane), thick), labelled);
        }
    }
    if axis.base() > 0.0 && axis.base() < 1.0 {
        rows.zero(pen, &spans);
    }
    rows.mark(pen, chart, start - 0.1, bottom);
    pen.reach(bottom);
}

/// One bar with its value.
fn bar(pen: &mut Pen<'_>, (rows, chart): (&Rows, &Chart), layer: &Layer, (y, thick): (f64, f64), labelled: bool) {
    let from = if layer.from == 0.0 { rows.base() } else { rows.x(layer.from) };
    let to = rows.x(layer.to);
    let gap = if thick < ALONE { 0.12 } else { 0.0 };
    let (left, wide) = (from.min(to), (to - from).abs());
    pen.rect(
        Point::new(left, y),
        (wide - if layer.from == 0.0 { 0.0 } else { 0.08 }).max(0.08),
        thick - gap,
        layer.ink,
    );
    let baseline = y + (thick - gap) / 2.0 + 0.33;
    if labelled {
        let past = rows.past(pen, chart, from.max(to), pen.wide(&layer.shown, Look::VALUE));
        let (x, dx, anchor) = if layer.to < 0.0 { (left, -0.35, Anchor::End) } else { (past, 0.35, Anchor::Start) };
        pen.text(Point::new(x, baseline), dx, anchor, &layer.shown, Look::VALUE);
    } else if pen.wide(&layer.shown, Look::LABEL) + 0.5 <= wide {
        let at = Point::new(left + wide / 2.0, baseline);
        pen.text(at, 0.0, Anchor::Middle, &layer.shown, Look::LABEL.in_ink(layers::on(layer)));
    }
}

/// What is said of a row, below it. Gives where it ends.
pub(super) fn noted(pen: &mut Pen<'_>, chart: &Chart, label: &str, (x, y): (f64, f64)) -> f64 {
    let mut end = y;
    for note in chart.look.notes.iter().filter(|note| note.at == label) {
        let lines = pen.wrap(&note.text, pen.width - x, Look::SMALL);
        end = pen.block(Point::new(x, end + 0.1), 0.0, Anchor::Start, &lines, Look::SMALL);
    }
    end
}
