//! The parts of bars: side by side, or each on the one before.

use super::field::{drawn, ink, is_stacked, shown, stacked};
use super::scene::Ink;
use crate::model::{Chart, Datum};

/// A bar: from one value to another.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) from: f64,
    pub(super) to: f64,
    /// The bar of its row that it is part of.
    pub(super) lane: usize,
    pub(super) ink: Ink,
    pub(super) shown: String,
    pub(super) series: usize,
}

/// How many bars a row has side by side.
pub(super) fn lanes(chart: &Chart) -> usize {
    if is_stacked(chart) { 1 } else { chart.width() }
}

/// The bars of a row.
pub(super) fn of(chart: &Chart, row: &Datum) -> Vec<Layer> {
    let values = drawn(chart, row);
    let one = |series: usize, from: f64, to: f64, lane: usize| Layer {
        from,
        to,
        lane,
        ink: ink(chart, Some(row), series),
        shown: shown(chart, row, series),
        series,
    };
    if is_stacked(chart) {
        let ends = stacked(&values).into_iter().enumerate();
        return ends.filter_map(|(at, ends)| ends.map(|(from, to)| one(at, from, to, 0))).collect();
    }
    let values = values.into_iter().enumerate();
    values.filter_map(|(at, value)| value.map(|value| one(at, 0.0, value, at))).collect()
}

/// The colour of what is written on a bar.
pub(super) fn on(layer: &Layer) -> Ink {
    match layer.ink {
        Ink::Series(_) => Ink::On(layer.series),
        _ => Ink::Text,
    }
}
