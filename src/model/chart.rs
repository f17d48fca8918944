//! Charts and QR codes: pictures that are made from data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DataColumn, Spanned};

/// A chart in one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Chart {
    /// The form.
    pub kind: ChartKind,
    /// Title, if any: its caption.
    pub title: Option<String>,
    /// What it shows, in a sentence above it.
    pub headline: Option<String>,
    /// Unit of the values, such as `亿` or `billion`.
    pub unit: Option<String>,
    /// Where the data come from.
    pub source: Option<String>,
    /// One sentence that says what the chart shows: its alternative text. Without it one is made from the data.
    pub alt: Option<String>,
    /// The names of the values of a row, in their order; none where a row has one value without a name.
    pub series: Vec<String>,
    /// The data in the order in which they are drawn. Empty only until its file is read.
    pub data: Vec<Datum>,
    /// What leads where, in a diagram.
    pub links: Vec<Link>,
    /// How it is drawn.
    pub look: ChartLook,
    /// The file that the data come from.
    #[serde(skip)]
    pub file: Option<Box<ChartFile>>,
    /// Keys that this version does not interpret, for the layout.
    #[serde(skip)]
    pub extra: BTreeMap<String, serde_yaml::Value>,
}

impl Chart {
    /// The words on it, each with the name of its place, in the order of the manuscript.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let heads = [
            ("title", &self.title),
            ("unit", &self.unit),
            ("source", &self.source),
            ("alt", &self.alt),
            ("headline", &self.headline),
        ];
        let heads = heads.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text.as_deref()?)));
        let series = self.series.iter().enumerate().map(|(at, name)| (format!("series {at}"), name.as_str()));
        let lines = self.look.lines.iter().enumerate().map(|(at, line)| (format!("line {at}"), line.label.as_str()));
        let notes = self.look.notes.iter().enumerate().map(|(at, note)| (format!("note {at}"), note.text.as_str()));
        let links = self.links.iter().enumerate();
        let links = links.filter_map(|(at, link)| Some((format!("link {at}"), link.label.as_deref()?)));
        heads.chain(series).chain(lines).chain(notes).chain(links).collect()
    }

    /// How many values a row has.
    pub fn width(&self) -> usize {
        self.series.len().max(1)
    }
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Horizontal bars.
    #[default]
    Bar,
    /// Vertical columns.
    Column,
    /// A line over ordered labels.
    Line,
    /// A filled line; several are stacked.
    Area,
    /// Shares of a whole, in one bar.
    Share,
    /// Shares of a whole, in a circle.
    Pie,
    /// Shares of a whole, in a ring.
    Donut,
    /// Points by two values.
    Scatter,
    /// Points on a common scale, a row for each label.
    Dot,
    /// Two values of each label, joined.
    Slope,
    /// Changes that add up.
    Waterfall,
    /// What is left at each step.
    Funnel,
    /// Events in the order of their dates.
    Timeline,
    /// Boxes and arrows.
    Flow,
}

/// Every form that a chart's `type` may name.
pub const CHART_KINDS: [ChartKind; 13] = [
    ChartKind::Bar,
    ChartKind::Column,
    ChartKind::Line,
    ChartKind::Area,
    ChartKind::Share,
    ChartKind::Pie,
    ChartKind::Donut,
    ChartKind::Scatter,
    ChartKind::Dot,
    ChartKind::Slope,
    ChartKind::Waterfall,
    ChartKind::Funnel,
    ChartKind::Timeline,
];

impl ChartKind {
    /// The word in the manuscript and in layouts.
    pub fn name(self) -> &'static str {
        match self {
            ChartKind::Bar => "bar",
            ChartKind::Column => "column",
            ChartKind::Line => "line",
            ChartKind::Area => "area",
            ChartKind::Share => "share",
            ChartKind::Pie => "pie",
            ChartKind::Donut => "donut",
            ChartKind::Scatter => "scatter",
            ChartKind::Dot => "dot",
            ChartKind::Slope => "slope",
            ChartKind::Waterfall => "waterfall",
            ChartKind::Funnel => "funnel",
            ChartKind::Timeline => "timeline",
            ChartKind::Flow => "flow",
        }
    }

    /// Whether its values are parts of a whole, of which none is negative.
    pub fn is_whole(self) -> bool {
        matches!(self, ChartKind::Share | ChartKind::Pie | ChartKind::Donut | ChartKind::Funnel)
    }
}

/// One row of a chart: a label and its values.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Datum {
    /// Label.
    pub label: String,
    /// Its values, one for each of the series; none for a gap.
    pub values: Vec<Option<Amount>>,
    /// Whether it is a sum of what stands before it, in a waterfall.
    pub total: bool,
}

impl Datum {
    /// A row with one value.
    pub fn new(label: impl Into<String>, value: f64, shown: impl Into<String>) -> Self {
        Self { label: label.into(), values: vec![Some(Amount { value, shown: shown.into() })], total: false }
    }

    /// The first value; 0 for a gap.
    pub fn value(&self) -> f64 {
        self.at(0).map_or(0.0, |amount| amount.value)
    }

    /// The first value as it is written; empty for a gap.
    pub fn shown(&self) -> &str {
        self.at(0).map_or("", |amount| amount.shown.as_str())
    }

    /// The value of a series.
    pub fn at(&self, series: usize) -> Option<&Amount> {
        self.values.get(series).and_then(Option::as_ref)
    }
}

/// A value in the chart's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// The number. Finite.
    pub value: f64,
    /// As the author wrote it, with its thousands grouped.
    pub shown: String,
}

/// An arrow of a diagram, between two rows of its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it says.
    pub label: Option<String>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChartLook {
    /// How several series stand.
    pub stack: Stack,
    /// Where values are read.
    pub show: Shown,
    /// Whether a step of the axis is ten times as much.
    pub log: bool,
    /// Whether each series has a field of its own.
    pub multiples: bool,
    /// Whether the boxes of a diagram stand side by side.
    pub across: bool,
    /// The height of the field, in letters of its labels.
    pub height: Option<f64>,
    /// Where the axis begins.
    pub min: Option<f64>,
    /// Where the axis ends.
    pub max: Option<f64>,
    /// Values that are marked by a line.
    pub lines: Vec<Reference>,
    /// What is said of rows.
    pub notes: Vec<Annotation>,
    /// The labels or series that stand out; others are grey.
    pub highlight: Vec<String>,
    /// Whether values are said in millions and the like, whichever suits the largest.
    pub scaled: bool,
    /// Whether the table of the data is shown and not only at hand.
    pub table: bool,
}

/// How several series stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Stack {
    /// As the form has it: areas on each other, others side by side.
    #[default]
    Usual,
    /// Side by side.
    Grouped,
    /// On each other.
    Stacked,
    /// On each other, as shares of their sum.
    Percent,
}

/// Where values are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Shown {
    /// At the marks if they have room, else on an axis.
    #[default]
    Usual,
    /// At the marks.
    Labels,
    /// On an axis.
    Axis,
    /// Both.
    Both,
}

/// A value that is marked by a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// The value.
    pub value: f64,
    /// What it is.
    pub label: String,
}

/// What is said of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// The label of the row.
    pub at: String,
    /// What is said.
    pub text: String,
}

/// The file that a chart's data come from.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartFile {
    /// Its path from the project folder; empty where it cannot be one.
    pub path: String,
    /// The path as written.
    pub written: Spanned<String>,
    /// The columns or series that are drawn; all where none is named.
    pub columns: Vec<DataColumn>,
}

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// What it says: usually an address. At most 1,000 bytes.
    pub data: String,
    /// Alternative text.
    pub alt: String,
}
