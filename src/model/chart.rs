//! Charts and QR codes: pictures that are made from data.

use std::collections::BTreeMap;

/// A chart in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The form.
    pub kind: ChartKind,
    /// Title, if any.
    pub title: Option<String>,
    /// Unit of the values, such as `亿` or `billion`.
    pub unit: Option<String>,
    /// Where the data come from.
    pub source: Option<String>,
    /// One sentence that says what the chart shows: its alternative text.
    pub alt: Option<String>,
    /// The data in the order in which they are drawn. Never empty.
    pub data: Vec<Datum>,
    /// Keys that this version does not interpret, for the layout.
    pub extra: BTreeMap<String, serde_yaml::Value>,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Horizontal bars.
    Bar,
    /// Vertical columns.
    Column,
    /// A line over ordered labels.
    Line,
    /// Shares of a whole.
    Share,
}

impl ChartKind {
    /// The word in the manuscript and in layouts.
    pub fn name(self) -> &'static str {
        match self {
            ChartKind::Bar => "bar",
            ChartKind::Column => "column",
            ChartKind::Line => "line",
            ChartKind::Share => "share",
        }
    }
}

/// One value of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum {
    /// Label.
    pub label: String,
    /// Value in the chart's unit. Finite; not negative.
    pub value: f64,
    /// The value as the author wrote it, with its thousands grouped.
    pub shown: String,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// What it says: usually an address. At most 1,000 bytes.
    pub data: String,
    /// Alternative text.
    pub alt: String,
}
