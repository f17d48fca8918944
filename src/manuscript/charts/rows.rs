//! The rows of a chart.

use crate::chart::grouped;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::yaml::{Fields, Kind, Node};
use crate::message::Message;
use crate::model::{Amount, Chart, ChartKind, Datum, Spanned};
use crate::source::Span;

/// A row as it is written.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) values: Vec<Option<Spanned<String>>>,
    pub(super) total: bool,
    pub(super) span: Span,
}

/// What stands for a gap.
const GAPS: [&str; 6] = ["", "-", "–", "—", "null", "~"];

/// The value, unless it stands for a gap.
pub(super) fn given(value: Spanned<String>) -> Option<Spanned<String>> {
    (!GAPS.contains(&value.value.trim())).then_some(value)
}

impl Row {
    /// The row with its numbers.
    pub(super) fn datum(self, chart: &Chart, sink: &mut Vec<Diagnostic>) -> Option<Datum> {
        let before = sink.len();
        let amount = |value: Option<Spanned<String>>| value.and_then(|value| amount(&value, chart, sink));
        let values: Vec<Option<Amount>> = self.values.into_iter().map(amount).collect();
        (sink.len() == before).then_some(Datum { label: self.label, values, total: self.total })
    }
}

/// The names of values that the chart does not name.
pub(super) fn default_names(kind: ChartKind, wide: usize) -> Vec<String> {
    let names = (1..=wide).map(|at| at.to_string());
    match kind {
        ChartKind::Scatter => ["x", "y", "size"].iter().take(wide).map(|name| (*name).to_owned()).collect(),
        _ => names.collect(),
    }
}

/// The data: a list of rows, or a mapping from labels to values.
pub(super) fn of(node: Node, kind: ChartKind, sink: &mut Vec<Diagnostic>) -> Vec<Row> {
    match node.kind {
        Kind::Map(entries) => {
            let row = |(label, span, node): (String, Span, Node)| {
                let values = values(node, sink)?;
                Some(Row { label, values, total: false, span })
            };
            entries.into_iter().filter_map(row).collect()
        }
        Kind::Seq(nodes) => nodes.into_iter().filter_map(|node| row(node, kind, sink)).collect(),
        _ => {
            let otherwise = Diagnostic::error(codes::DATA_BLOCK, msg!("`data` must be a list of labels and values"))
                .at(node.span)
                .hint(msg!("write lines such as `- {{label: A, value: 3}}`"));
            sink.push(node.slip().unwrap_or(otherwise));
            Vec::new()
        }
    }
}

/// One value, or a list of them.
fn values(node: Node, sink: &mut Vec<Diagnostic>) -> Option<Vec<Option<Spanned<String>>>> {
    match node.kind {
        Kind::Seq(nodes) => {
            let value = |node: Node| match node.kind {
                Kind::Null => Some(None),
                _ => node.text(msg!("a value"), sink).map(given),
            };
            nodes.into_iter().map(value).collect()
        }
        _ => node.text(msg!("a value"), sink).map(|value| vec![given(value)]),
    }
}

fn row(node: Node, kind: ChartKind, sink: &mut Vec<Diagnostic>) -> Option<Row> {
    let mut fields = Fields::open(node, msg!("a value"), sink)?;
    let span = fields.span();
    let label = fields.text("label", sink);
    let values = match kind {
        ChartKind::Scatter => {
            let found = [fields.text("x", sink), fields.text("y", sink)];
            let size = fields.text("size", sink);
            let both = found.iter().all(Option::is_some);
            both.then(|| found.into_iter().chain(size.map(Some)).map(|value| value.and_then(given)).collect())
        }
        ChartKind::Timeline => fields.text("date", sink).map(|date| vec![Some(date)]),
        _ => match fields.take("values") {
            Some(entry) => self::values(entry.node, sink),
            None => fields.text("value", sink).map(|value| vec![given(value)]),
        },
    };
    let total = kind == ChartKind::Waterfall && fields.text("total", sink).is_some_and(|said| said.value == "true");
    // A row may say its one value where it has several.
    fields.finish(&msg!("a value"), sink);
    match (label, values) {
        (Some(label), Some(values)) => Some(Row { label: label.value, values, total, span }),
        _ => {
            sink.push(incomplete(kind).at(span));
            None
        }
    }
}

fn incomplete(kind: ChartKind) -> Diagnostic {
    let (message, form) = match kind {
        ChartKind::Scatter => (msg!("this entry needs a label, x and y"), "{label: A, x: 3, y: 5}"),
        ChartKind::Timeline => (msg!("this entry needs a date and a label"), "{date: 2017, label: A}"),
        _ => (msg!("this entry needs a label and a value"), "{label: A, value: 3}"),
    };
    Diagnostic::error(codes::DATA_BLOCK, message).hint(msg!("write it as `{form}`", form))
}

fn amount(shown: &Spanned<String>, chart: &Chart, sink: &mut Vec<Diagnostic>) -> Option<Amount> {
    if chart.kind == ChartKind::Timeline {
        let time = time(&shown.value);
        if time.is_none() {
            let message = msg!("`{value}` is not a date that a timeline can show", value = &shown.value);
            let hint = msg!("begin it with a year, such as `2017` or `2017-06`");
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(shown.span).hint(hint));
        }
        return time.map(|value| Amount { value, shown: shown.value.clone() });
    }
    let Some(value) = number(&shown.value) else {
        let message = msg!("`{value}` is not a number that a chart can show", value = &shown.value);
        let hint = msg!("write a number, such as `12.5`; put the unit in `unit:`");
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(shown.span).hint(hint));
        return None;
    };
    if let Some((message, hint)) = unfit(value, &shown.value, chart) {
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(shown.span).hint(hint));
        return None;
    }
    Some(Amount { value, shown: grouped(&shown.value) })
}

/// Why a number cannot be drawn in a chart, and what to do.
fn unfit(value: f64, shown: &str, chart: &Chart) -> Option<(Message, Message)> {
    if value < 0.0 && chart.kind.is_whole() {
        let message = msg!("`{value}` cannot be a part of a whole: it is negative", value = shown);
        return Some((message, msg!("choose another type, such as `bar`")));
    }
    if value <= 0.0 && chart.look.log {
        let message = msg!("`{value}` has no place on a logarithmic axis", value = shown);
        return Some((message, msg!("leave out `axis: log`, or write `null` for a gap")));
    }
    None
}

/// The number that a text writes, its digits grouped or not.
pub(super) fn number(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}' | '\u{202f}')).collect();
    let digits = digits.replace('−', "-");
    digits.strip_suffix('%').unwrap_or(&digits).parse::<f64>().ok().filter(|value| value.is_finite())
}

/// A date in years: its year, month and day.
fn time(text: &str) -> Option<f64> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let year: f64 = parts.next().filter(|year| year.len() <= 4)?.parse().ok()?;
    let [month, day] = [12.0, 31.0].map(|most| {
        let part = parts.next().and_then(|part| part.parse::<f64>().ok());
        part.filter(|part| (1.0..=most).contains(part)).unwrap_or(1.0)
    });
    Some(year + (month - 1.0) / 12.0 + (day - 1.0) / 372.0)
}
