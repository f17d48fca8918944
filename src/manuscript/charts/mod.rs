//! Charts and diagrams, written as YAML between fences.

mod file;
mod flow;
mod keys;
mod rows;

pub(super) use file::fill;
pub(super) use flow::flow;

use super::data::DataBlock;
use super::yaml::{Fields, Kind, Node};
use super::{choices, typed};
use crate::chart::scaled;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::Message;
use crate::model::{CHART_KINDS, Chart, ChartFile, ChartKind, DataColumn, Lang, Spanned};
use crate::source::Span;
use rows::Row;

/// The most rows of one chart, the most series, and the most values.
pub(super) const MAX_ROWS: usize = 200;
const MAX_SERIES: usize = 24;
const MAX_VALUES: usize = 1000;

/// Reads a chart in a language. One whose data stand in a file has none until its path is found and [`fill`] reads them.
pub(super) fn chart(block: DataBlock<'_>, lang: &Lang, sink: &mut Vec<Diagnostic>) -> Option<Chart> {
    block.read(sink, |node, sink| {
        let mut fields = Fields::open(node, msg!("a chart"), sink)?;
        let kind = fields.text("type", sink);
        let mut chart = Chart::default();
        keys::heads(&mut chart, &mut fields, sink);
        let src = fields.text("src", sink);
        let series = fields.take("series").map(|entry| series_of(entry.node, sink)).unwrap_or_default();
        let data = fields.take("data").map(|entry| entry.node);
        keys::look(&mut chart, &mut fields, sink);
        fields.finish(&msg!("a chart"), sink);
        let kind = form(kind, block.span, sink);
        chart.kind = kind.unwrap_or_default();
        if let Some(written) = src {
            chart.file = Some(Box::new(ChartFile { path: String::new(), written, columns: series }));
            if let Some(data) = data {
                let message = msg!("this chart has both `src` and `data`");
                sink.push(
                    Diagnostic::error(codes::DATA_BLOCK, message).at(data.span).hint(msg!("leave one of them out")),
                );
            }
            return kind.map(|_| chart);
        }
        let before = sink.len();
        let rows = data.map(|node| rows::of(node, chart.kind, sink)).unwrap_or_default();
        if rows.is_empty() && sink.len() == before {
            let hint = msg!("add `data:` with lines such as `- {{label: A, value: 3}}`");
            sink.push(Diagnostic::error(codes::DATA_BLOCK, msg!("this chart has no data")).at(block.span).hint(hint));
        }
        chart.series = series.into_iter().map(|column| column.shown.unwrap_or(column.name)).collect();
        let whole = take(&mut chart, rows, block.span, sink);
        scaled(&mut chart, lang);
        (kind.is_some() && whole).then_some(chart)
    })
}

/// Gives a chart its rows, if it can be drawn of them.
fn take(chart: &mut Chart, rows: Vec<Row>, span: Span, sink: &mut Vec<Diagnostic>) -> bool {
    let count = rows.len();
    let wide = rows.iter().map(|row| row.values.len()).max().unwrap_or_default();
    if chart.series.is_empty() && wide > 1 {
        chart.series = rows::default_names(chart.kind, wide);
    }
    let mut refuse = |message: Message, hint: Message| {
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(span).hint(hint));
        false
    };
    if count > MAX_ROWS || chart.width() > MAX_SERIES || count * chart.width() > MAX_VALUES {
        let message = msg!(
            "this chart has {count} values; at most {limit} are allowed",
            count = count * chart.width().max(wide),
            limit = if count > MAX_ROWS { MAX_ROWS } else { MAX_VALUES }
        );
        return refuse(message, msg!("split it into several charts"));
    }
    let needed = match chart.kind {
        ChartKind::Slope => Some(2),
        ChartKind::Pie | ChartKind::Donut | ChartKind::Share | ChartKind::Funnel | ChartKind::Waterfall => Some(1),
        _ => None,
    };
    let single = matches!(chart.kind, ChartKind::Timeline);
    if needed.is_some_and(|needed| needed != chart.width()) || single && chart.width() > 1 {
        let message = msg!(
            "a chart of the type `{kind}` has {needed} for each label, this one has {count}",
            kind = chart.kind.name(),
            needed = values(needed.unwrap_or(1)),
            count = chart.width()
        );
        return refuse(message, msg!("choose another type, or leave series out"));
    }
    if let Some(row) = rows.iter().find(|row| row.values.len() != chart.width() && chart.kind != ChartKind::Scatter) {
        let message = msg!(
            "‘{label}’ has {values}, but the chart has {series} series",
            label = row.label.as_str(),
            values = values(row.values.len()),
            series = chart.width()
        );
        let hint = msg!("write `values` with one for each of `series`, and `null` for a gap");
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(row.span).hint(hint));
        return false;
    }
    chart.data = rows.into_iter().filter_map(|row| row.datum(chart, sink)).collect();
    known_labels(chart, span, sink);
    !chart.data.is_empty()
}

fn values(count: usize) -> Message {
    plural!(values = count, "{values} value", "{values} values")
}

/// Reports notes and highlights of rows that there are not.
fn known_labels(chart: &Chart, span: Span, sink: &mut Vec<Diagnostic>) {
    let labels = || {
        let rows = chart.data.iter().flat_map(|row| [row.label.as_str(), row.shown()]);
        rows.filter(|text| !text.is_empty())
    };
    let series = || chart.series.iter().map(String::as_str);
    let notes = chart.look.notes.iter().filter(|note| !labels().any(|label| label == note.at)).map(|note| &note.at);
    let lights = chart.look.highlight.iter().filter(|name| !labels().chain(series()).any(|label| label == *name));
    for name in notes.chain(lights) {
        let found = msg!("this chart has no row or series `{name}`", name = name.as_str());
        let hint = match nearest(name, labels().chain(series())) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("write a label as it stands in the data"),
        };
        sink.push(Diagnostic::error(codes::DATA_BLOCK, found).at(span).hint(hint));
    }
}

/// The names of series, or the columns of a file and what they are called.
fn series_of(node: Node, sink: &mut Vec<Diagnostic>) -> Vec<DataColumn> {
    let column = |name: String, shown: Option<String>| DataColumn { name, shown };
    match node.kind {
        Kind::Map(entries) => {
            let entry = |(name, _, node): (String, Span, Node)| {
                let shown = node.text(typed("series"), sink).map(|text| text.value);
                column(name, shown)
            };
            entries.into_iter().map(entry).collect()
        }
        Kind::Scalar(name) => vec![column(name, None)],
        _ => {
            let nodes = node.list(typed("series"), sink);
            nodes.into_iter().filter_map(|node| Some(column(node.text(typed("series"), sink)?.value, None))).collect()
        }
    }
}

fn form(written: Option<Spanned<String>>, block: Span, sink: &mut Vec<Diagnostic>) -> Option<ChartKind> {
    let names = CHART_KINDS.map(ChartKind::name);
    let Some(written) = written else {
        let hint = msg!("add `type:` with {choices}", choices = choices(names));
        sink.push(Diagnostic::error(codes::DATA_BLOCK, msg!("this chart has no type")).at(block).hint(hint));
        return None;
    };
    if let Some(kind) = CHART_KINDS.into_iter().find(|kind| kind.name() == written.value) {
        return Some(kind);
    }
    let hint = match nearest(&written.value, names) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("use {choices}", choices = choices(names)),
    };
    let message = msg!("`{kind}` is not a type of chart", kind = &written.value);
    sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(written.span).hint(hint));
    None
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
