//! The field of a chart: where values stand on its axis, and the numbers beside it.

use super::amounts::plain;
use super::pen::{HAIR, LINE, Look, Pen, count};
use super::scene::{Anchor, Ink, Point, Shape};
use crate::model::{Chart, Datum, Shown, Stack};

/// From values to shares of an axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    log: bool,
}

impl Axis {
    /// An axis for some values. One `from_zero` has 0 on it.
    pub(super) fn new(chart: &Chart, values: &[f64], from_zero: bool) -> Self {
        let marked = chart.look.lines.iter().map(|line| line.value);
        let all: Vec<f64> = values.iter().copied().chain(marked).filter(|value| value.is_finite()).collect();
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !least.is_finite() {
            return Self { low: 0.0, high: 1.0, log: false };
        }
        if chart.look.log && least > 0.0 {
            let low = libm::floor(libm::log10(chart.look.min.filter(|min| *min > 0.0).unwrap_or(least)) + 1e-9);
            let high = libm::ceil(libm::log10(chart.look.max.unwrap_or(most).max(least)) - 1e-9);
            // A bar for the least value needs some length.
            let low = if from_zero && (libm::log10(least) - low) < 0.15 { low - 1.0 } else { low };
            return Self { low, high: high.max(low + 1.0), log: true };
        }
        let (mut low, mut high) = (least, most);
        if from_zero || least >= 0.0 && least < most * 0.5 {
            low = low.min(0.0);
            high = high.max(0.0);
        }
        low = chart.look.min.map_or(low, |min| if from_zero { min.min(low) } else { min.min(least) });
        high = chart.look.max.map_or(high, |max| max.max(high));
        if high - low < f64::EPSILON * high.abs().max(1.0) {
            high = low + low.abs().max(1.0);
        }
        Self { low, high, log: false }
    }

    /// The axis of shares.
    pub(super) fn percent() -> Self {
        Self { low: 0.0, high: 100.0, log: false }
    }

    /// An axis that begins and ends at ticks.
    pub(super) fn rounded(self) -> Self {
        if self.log {
            return self;
        }
        let step = self.step();
        Self {
            low: libm::floor(self.low / step + 1e-9) * step,
            high: libm::ceil(self.high / step - 1e-9) * step,
            ..self
        }
    }

    /// Where a value stands, from 0 to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        let value = if self.log { libm::log10(value.max(f64::MIN_POSITIVE)) } else { value };
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Whether 0 is on it, or it has none.
    fn has_foot(&self) -> bool {
        self.log || self.low <= 0.0 && self.high >= 0.0
    }

    /// Where bars begin.
    pub(super) fn base(&self) -> f64 {
        if self.log { 0.0 } else { self.share(0.0) }
    }

    /// From one tick to the next: 1, 2 or 5 times a power of ten, about four on the axis.
    fn step(&self) -> f64 {
        let rough = (self.high - self.low) / 4.0;
        let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
        let steps = [1.0, 2.0, 5.0, 10.0];
        steps.into_iter().map(|step| step * power).find(|step| *step >= rough * 0.75).unwrap_or(power)
    }

    /// The values that the axis is marked with.
    pub(super) fn ticks(&self) -> Vec<f64> {
        if self.log {
            let decades = libm::round(self.high - self.low);
            let every = libm::ceil(decades / 5.0).max(1.0);
            let (mut at, mut found) = (self.low, Vec::new());
            while at <= self.high + 1e-9 {
                found.push(libm::pow(10.0, at));
                at += every;
            }
            return found;
        }
        let step = self.step();
        let first = libm::ceil(self.low / step - 1e-9);
        let found = (0..12).map(|at| (first + count(at)) * step).take_while(|tick| *tick <= self.high + step * 1e-6);
        found.map(|tick| if tick.abs() < step * 1e-6 { 0.0 } else { tick }).collect()
    }
}

/// Whether each of several series is drawn on the one before.
pub(super) fn is_stacked(chart: &Chart) -> bool {
    chart.series.len() > 1 && matches!(chart.look.stack, Stack::Stacked | Stack::Percent)
}

/// Whether values are shares of the sum of their row.
pub(super) fn is_percent(chart: &Chart) -> bool {
    chart.series.len() > 1 && chart.look.stack == Stack::Percent
}

/// The values of a row as they are drawn: shares where shares are.
pub(super) fn drawn(chart: &Chart, row: &Datum) -> Vec<Option<f64>> {
    let values = (0..chart.width()).map(|at| row.at(at).map(|amount| amount.value));
    if !is_percent(chart) {
        return values.collect();
    }
    let sum: f64 = values.clone().flatten().map(f64::abs).sum();
    values.map(|value| value.map(|value| if sum > 0.0 { 100.0 * value / sum } else { 0.0 })).collect()
}

/// What a value says at its mark.
pub(super) fn shown(chart: &Chart, row: &Datum, series: usize) -> String {
    match (is_percent(chart), row.at(series)) {
        (true, Some(_)) => {
            drawn(chart, row)[series].map(|share| format!("{}%", plain(libm::round(share)))).unwrap_or_default()
        }
        (false, Some(amount)) => amount.shown.clone(),
        (_, None) => String::new(),
    }
}

/// The ends of what is stacked for a row: of each series where it begins and ends.
pub(super) fn stacked(values: &[Option<f64>]) -> Vec<Option<(f64, f64)>> {
    let (mut above, mut below) = (0.0, 0.0);
    let one = |value: &Option<f64>| {
        value.map(|value| {
            let end = if value < 0.0 { &mut below } else { &mut above };
            let start = *end;
            *end += value;
            (start, *end)
        })
    };
    values.iter().map(one).collect()
}

/// Every value that the axis must reach.
pub(super) fn reached(chart: &Chart) -> Vec<f64> {
    let mut values = Vec::new();
    for row in &chart.data {
        let drawn = drawn(chart, row);
        if is_stacked(chart) {
            values.extend(stacked(&drawn).into_iter().flatten().flat_map(|(a, b)| [a, b]));
        } else {
            values.extend(drawn.into_iter().flatten());
        }
    }
    values
}

/// Whether something stands out, and this does not.
pub(super) fn is_muted(chart: &Chart, name: &str) -> bool {
    let named = |label: &String| chart.series.contains(label) || chart.data.iter().any(|row| row.label == *label);
    let of_series = chart.look.highlight.iter().any(|label| chart.series.contains(label));
    let asked = chart.series.contains(&name.to_owned()) == of_series;
    asked && chart.look.highlight.iter().any(named) && !chart.look.highlight.iter().any(|label| label == name)
}

/// The colour of a series in a row.
pub(super) fn ink(chart: &Chart, row: Option<&Datum>, series: usize) -> Ink {
    let muted = row.is_some_and(|row| is_muted(chart, &row.label))
        || chart.series.get(series).is_some_and(|name| is_muted(chart, name));
    match muted {
        true => Ink::Muted,
        false if chart.series.len() > 1 => Ink::Series(series),
        false => Ink::Accent,
    }
}

/// The signs of series, which tell them apart beside their colours.
pub(super) fn sign(series: usize) -> Shape {
    [Shape::Circle, Shape::Square, Shape::Triangle, Shape::Diamond, Shape::Ring][series % 5]
}

/// The key of several series. Gives where it ends.
pub(super) fn key(pen: &mut Pen<'_>, chart: &Chart, shape: Option<Shape>) -> f64 {
    if chart.series.len() < 2 {
        return 0.0;
    }
    let keys: Vec<_> = (0..chart.series.len())
        .map(|at| (ink(chart, None, at), shape.unwrap_or_else(|| sign(at)), chart.series[at].as_str()))
        .collect();
    pen.keys(&keys, 0.0) + 0.5
}

/// Whether the axis is wanted whatever room there is.
pub(super) fn wants_axis(chart: &Chart) -> bool {
    matches!(chart.look.show, Shown::Axis | Shown::Both)
}

/// Whether values at the marks are wanted.
pub(super) fn wants_labels(chart: &Chart) -> bool {
    chart.look.show != Shown::Axis
}

/// A field with its axis at the left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Upright {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) axis: Axis,
}

impl Upright {
    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom - self.axis.share(value) * (self.bottom - self.top)
    }

    pub(super) fn base(&self) -> f64 {
        self.bottom - self.axis.base() * (self.bottom - self.top)
    }

    /// The room that the numbers of the axis take.
    pub(super) fn gutter(pen: &Pen<'_>, axis: Axis, sign: &str) -> f64 {
        let ticks: Vec<String> = axis.ticks().into_iter().map(|tick| plain(tick) + sign).collect();
        pen.widest(ticks.iter().map(String::as_str), Look::SMALL) + 0.6
    }

    /// The lines of the grid, each with its number.
    pub(super) fn grid(&self, pen: &mut Pen<'_>, sign: &str) {
        let mut last = f64::INFINITY;
        for tick in self.axis.ticks() {
            let y = self.y(tick);
            pen.rule(Point::new(self.left, y), Point::new(self.right, y), HAIR, Ink::Grid);
            if last - y >= LINE {
                let at = Point::new(self.left, y + 0.3);
                pen.text(at, -0.4, Anchor::End, &(plain(tick) + sign), Look::SMALL);
                last = y;
            }
        }
    }

    /// The line that values begin at.
    pub(super) fn floor(&self, pen: &mut Pen<'_>) {
        let y = self.base();
        // A foot that is not 0 is none: it is drawn as a line of the grid.
        let (thick, ink) = if self.axis.has_foot() { (0.08, Ink::Axis) } else { (HAIR, Ink::Grid) };
        pen.rule(Point::new(self.left, y), Point::new(self.right, y), thick, ink);
    }

    /// Lines at values, each named where there is room. Gives those that found none.
    pub(super) fn references(&self, pen: &mut Pen<'_>, chart: &Chart) -> Vec<String> {
        let mut left = Vec::new();
        for line in &chart.look.lines {
            let y = self.y(line.value);
            let (from, to) = (Point::new(self.left, y), Point::new(self.right, y));
            pen.dashed(from, to, 0.09, 0.4, Ink::Text);
            pen.keep_clear(from, to);
            let look = Look { size: 1.0, ..Look::SMALL };
            let places: Vec<_> = [y - 0.4, y + 1.05]
                .into_iter()
                .flat_map(|y| {
                    [(Point::new(self.right, y), 0.0, Anchor::End), (Point::new(self.left, y), 0.3, Anchor::Start)]
                })
                .collect();
            if !pen.try_text(&places, &line.label, look) {
                left.push(format!("╌ {} = {}", line.label, plain(line.value)));
            }
        }
        left
    }
}

/// What is said of rows, at their marks where there is room. Gives what found none.
pub(super) fn annotate(pen: &mut Pen<'_>, chart: &Chart, mark: &dyn Fn(usize) -> Option<Point>) -> Vec<String> {
    let mut left = Vec::new();
    for note in &chart.look.notes {
        let at = chart.data.iter().position(|row| row.label == note.at).and_then(mark);
        let look = Look { size: 1.0, ..Look::SMALL };
        let places: Vec<_> = at
            .into_iter()
            .flat_map(|at| {
                [2.2, 3.4, 4.6].into_iter().flat_map(move |up| {
                    let y = at.y - up;
                    [
                        (Point::new(at.x, y), 0.0, Anchor::Middle),
                        (Point::new(at.x, y), 0.2, Anchor::End),
                        (Point::new(at.x, y), -0.2, Anchor::Start),
                    ]
                })
            })
            .collect();
        let before = pen.bottom();
        if pen.try_text(&places, &note.text, look) {
            pen.reach(before);
        } else {
            left.push(format!("{}: {}", note.at, note.text));
        }
    }
    left
}
