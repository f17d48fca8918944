//! A field for each series, all on one scale.

use super::pen::{LINE, Look, Pen, count};
use super::scene::{Anchor, Point};
use super::single;
use crate::model::{Chart, ChartKind, ChartLook, Datum, Shown};

/// Between fields.
const GAP: f64 = 1.6;

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let least = if matches!(chart.kind, ChartKind::Column | ChartKind::Waterfall) { 13.0 } else { 10.0 };
    let columns = [4, 3, 2, 1].into_iter().find(|n| {
        let n = *n;
        n <= chart.series.len() && (pen.width - GAP * count(n - 1)) / count(n) >= least
    });
    let columns = columns.unwrap_or(1);
    let wide = (pen.width - GAP * count(columns - 1)) / count(columns);
    let mut y = 0.0;
    for row in (0..chart.series.len()).collect::<Vec<_>>().chunks(columns) {
        let heads: Vec<Vec<String>> =
            row.iter().map(|series| pen.wrap(&chart.series[*series], wide, Look::VALUE)).collect();
        let head = LINE * count(heads.iter().map(Vec::len).max().unwrap_or(1)) + 0.2;
        let mut high: f64 = 0.0;
        for (at, series) in row.iter().enumerate() {
            let x = (wide + GAP) * count(at);
            pen.block(Point::new(x, y), 0.0, Anchor::Start, &heads[at], Look::VALUE);
            let mut part = pen.part(wide);
            let one = alone(chart, *series);
            single(&mut part, &one);
            high = high.max(pen.adopt(part, Point::new(x, y + head)));
        }
        y += head + high + GAP;
    }
}

/// One series of a chart, on the scale of all.
fn alone(chart: &Chart, series: usize) -> Chart {
    let values = || chart.data.iter().flat_map(|row| row.values.iter().flatten()).map(|amount| amount.value);
    let zero = if chart.look.log { values().next().unwrap_or(1.0) } else { 0.0 };
    let is_line = matches!(chart.kind, ChartKind::Line | ChartKind::Area);
    let look = ChartLook {
        // A field among others has an axis, so that all are read alike.
        multiples: true,
        show: if chart.look.show == Shown::Usual && is_line { Shown::Both } else { chart.look.show },
        height: chart.look.height.or(Some(7.0)),
        min: Some(chart.look.min.unwrap_or(f64::INFINITY).min(values().fold(zero, f64::min))),
        max: Some(chart.look.max.unwrap_or(f64::NEG_INFINITY).max(values().fold(zero, f64::max))),
        ..chart.look.clone()
    };
    let row = |row: &Datum| Datum { values: vec![row.at(series).cloned()], ..row.clone() };
    Chart { series: Vec::new(), data: chart.data.iter().map(row).collect(), look, ..chart.clone() }
}
