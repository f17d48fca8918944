//! Charts whose data stand in a file that both languages read: comma-separated values, or YAML.

use std::ops::Range;

use csv::StringRecord;

use super::rows::{self, Row, given};
use super::{MAX_ROWS, take};
use crate::chart::scaled;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::manuscript::yaml::{Area, Fields, Kind, Node, explain, parse};
use crate::manuscript::{choices, datafile, typed};
use crate::model::{Chart, ChartFile, ChartKind, DataColumn, Lang, Spanned};
use crate::source::{FileId, Files, Sources, Span};

/// Reads the data of a chart from its file.
pub(in crate::manuscript) fn fill(
    chart: &mut Chart,
    lang: &Lang,
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Vec<Diagnostic>,
) {
    let Some(file) = chart.file.clone().filter(|file| !file.path.is_empty()) else { return };
    let Some(id) = datafile::source(&file.path, &file.written, files, sources, sink) else { return };
    let text = sources.get(id).text();
    let from = Reading { file: &file, id, text, lang };
    let before = sink.len();
    let yaml = file.path.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "yaml" | "yml"));
    let rows = if yaml { from.yaml(chart, sink) } else { from.csv(chart, sink) };
    if rows.is_empty() && sink.len() == before {
        let message = msg!("the file `{path}` has no rows below its head", path = &file.written.value);
        let hint = msg!("add `data:` with lines such as `- {{label: A, value: 3}}`");
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(file.written.span).hint(hint));
    }
    if sink.len() == before && take(chart, rows, file.written.span, sink) {
        scaled(chart, lang);
    }
}

/// A file that is read.
struct Reading<'a> {
    file: &'a ChartFile,
    id: FileId,
    text: &'a str,
    lang: &'a Lang,
}

/// A line of a file of comma-separated values, and its place.
type Record = (StringRecord, Range<usize>);

impl Reading<'_> {
    /// The columns by name: labels by language, dates, sums, and values.
    fn csv(&self, chart: &mut Chart, sink: &mut Vec<Diagnostic>) -> Vec<Row> {
        let lines = datafile::records(&self.file.path, self.text);
        let Some(((head, _), body)) = lines.split_first() else { return Vec::new() };
        let names: Vec<&str> = head.iter().map(str::trim).collect();
        let label = self.label_column(&names);
        let special = |name: &str| matches!(name, "total" | "label") || self.is_label(name);
        let wanted: Vec<DataColumn> = if self.file.columns.is_empty() {
            let values = names.iter().enumerate().filter(|(at, name)| *at != label && !special(name));
            values.map(|(_, name)| DataColumn { name: (*name).to_owned(), shown: None }).collect()
        } else {
            self.file.columns.clone()
        };
        let Some(columns) = self.columns(&names, &wanted, sink) else { return Vec::new() };
        if wanted.len() > 1 || chart.kind == ChartKind::Scatter {
            chart.series = wanted.into_iter().map(|column| column.shown.unwrap_or(column.name)).collect();
        }
        let total = names.iter().position(|name| *name == "total");
        let row = |(record, place): &Record| {
            let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
            let span = self.line(place);
            let values = columns.iter().map(|at| given(Spanned { value: cell(*at), span })).collect();
            Row { label: cell(label), values, total: total.is_some_and(|at| cell(at) == "true"), span }
        };
        body.iter().take(MAX_ROWS + 1).map(row).collect()
    }

    /// The first line of a record.
    fn line(&self, place: &Range<usize>) -> Span {
        let length = self.text.get(place.clone()).and_then(|text| text.lines().next()).map_or(0, str::len);
        Span::new(self.id, place.start..place.start + length)
    }

    /// The column with the labels: of the language, of all languages, or the first.
    fn label_column(&self, names: &[&str]) -> usize {
        let own = datafile::of_language("label", self.lang);
        let named = |wanted: &str| names.iter().position(|name| *name == wanted);
        own.iter().find_map(|name| named(name)).or_else(|| named("label")).unwrap_or(0)
    }

    /// Whether a column has the labels of some language.
    fn is_label(&self, name: &str) -> bool {
        crate::lang::ALL.iter().any(|language| {
            let tag = language.tag();
            name == tag || name.strip_prefix("label-").is_some_and(|rest| rest.starts_with(tag))
        })
    }

    fn columns(&self, names: &[&str], wanted: &[DataColumn], sink: &mut Vec<Diagnostic>) -> Option<Vec<usize>> {
        let place = |column: &DataColumn| {
            let found = names.iter().position(|name| *name == column.name);
            if found.is_none() {
                sink.push(self.no_column(&column.name, names));
            }
            found
        };
        wanted.iter().map(place).collect()
    }

    fn no_column(&self, name: &str, names: &[&str]) -> Diagnostic {
        let message = msg!("the file `{path}` has no column `{name}`", path = &self.file.written.value, name);
        let hint = match nearest(name, names.iter().copied()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("the columns are {choices}", choices = choices(names.iter().copied())),
        };
        Diagnostic::error(codes::DATA_BLOCK, message).at(self.file.written.span).hint(hint)
    }

    /// A mapping with `unit`, `source`, `series` and `rows`, each text one or one for each language.
    fn yaml(&self, chart: &mut Chart, sink: &mut Vec<Diagnostic>) -> Vec<Row> {
        let area = Area { file: self.id, text: self.text, base: 0 };
        let mut found = Vec::new();
        let rows = parse(area, &mut found).map(|node| self.tree(node, chart, &mut found)).unwrap_or_default();
        explain(area, &mut found);
        sink.extend(found);
        rows
    }

    fn tree(&self, node: Node, chart: &mut Chart, sink: &mut Vec<Diagnostic>) -> Vec<Row> {
        let Some(mut fields) = Fields::open(node, msg!("a file of data"), sink) else { return Vec::new() };
        for (key, place) in [
            ("title", &mut chart.title),
            ("headline", &mut chart.headline),
            ("unit", &mut chart.unit),
            ("source", &mut chart.source),
        ] {
            let said = fields.take(key).and_then(|entry| self.said(entry.node, sink));
            if place.is_none() {
                *place = said.map(|said| said.value);
            }
        }
        let series = fields.take("series").map(|entry| self.series(entry.node, sink)).unwrap_or_default();
        let rows = fields.take("rows").map(|entry| entry.node.list(typed("rows"), sink)).unwrap_or_default();
        fields.finish(&msg!("a file of data"), sink);
        let names: Vec<&str> = series.iter().map(|column| column.name.as_str()).collect();
        let wanted = if self.file.columns.is_empty() { series.clone() } else { self.file.columns.clone() };
        let Some(columns) = self.columns(&names, &wanted, sink) else { return Vec::new() };
        let named = |column: DataColumn| {
            let own = series.iter().find(|other| other.name == column.name).and_then(|other| other.shown.clone());
            column.shown.or(own).unwrap_or(column.name)
        };
        if wanted.len() > 1 {
            chart.series = wanted.into_iter().map(named).collect();
        }
        rows.into_iter().filter_map(|node| self.row(node, chart.kind, &columns, sink)).collect()
    }

    /// The values of a file by their names, with what they are called.
    fn series(&self, node: Node, sink: &mut Vec<Diagnostic>) -> Vec<DataColumn> {
        match node.kind {
            Kind::Map(entries) => entries
                .into_iter()
                .map(|(name, _, node)| DataColumn { name, shown: self.said(node, sink).map(|said| said.value) })
                .collect(),
            _ => super::series_of(node, sink),
        }
    }

    /// A row; its label may be one for each language.
    fn row(&self, node: Node, kind: ChartKind, columns: &[usize], sink: &mut Vec<Diagnostic>) -> Option<Row> {
        let mut node = node;
        if let Kind::Map(entries) = &mut node.kind {
            for (key, _, value) in entries.iter_mut() {
                if matches!(key.as_str(), "label" | "date") && matches!(value.kind, Kind::Map(_)) {
                    let span = value.span;
                    let said = self.said(value.clone(), sink)?;
                    *value = Node { kind: Kind::Scalar(said.value), span, ..value.clone() };
                }
            }
        }
        let span = node.span;
        let list = Node { kind: Kind::Seq(vec![node]), span, style: crate::manuscript::yaml::Style::Indented };
        let mut row = rows::of(list, kind, sink).pop()?;
        if !columns.is_empty() {
            row.values = columns.iter().map(|at| row.values.get(*at).cloned().flatten()).collect();
        }
        Some(row)
    }

    /// A text, or that of the language.
    fn said(&self, node: Node, sink: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let span = node.span;
        let Kind::Map(entries) = node.kind else { return node.text(msg!("a text"), sink) };
        let tags = [self.lang.tag(), self.lang.primary()];
        let own = tags.iter().find_map(|tag| entries.iter().position(|(key, ..)| key == tag));
        let Some(at) = own else {
            let message = msg!("this has no text in {language}", language = self.lang.name());
            let hint = msg!("add `{tag}:` with it", tag = self.lang.tag());
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(span).hint(hint));
            return None;
        };
        entries.into_iter().nth(at).and_then(|(_, _, node)| node.text(msg!("a text"), sink))
    }
}
