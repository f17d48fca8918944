//! The cells of tables that stand in files of comma-separated values.

use std::ops::Range;

use csv::StringRecord;

use super::datafile::{self, records};
use super::{charts, choices};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::Message;
use crate::model::{BlockKind, Cell, Chapter, ColumnAlign, Inline, InlineKind, Lang, Table, TableData, walk};
use crate::source::{FileId, Files, Sources, Span};

/// The most cells of a table: more are no table that is read.
pub(super) const MAX_CELLS: usize = 20_000;

/// The paths of the files that tables and charts of a chapter come from.
#[cfg(feature = "pages")]
pub(crate) fn files_of(chapter: &Chapter) -> Vec<String> {
    let mut paths = Vec::new();
    walk::chapter_blocks(chapter, &mut |block| {
        let path = match &block.kind {
            BlockKind::Table(Table { data: Some(data), .. }) => Some(&data.path),
            BlockKind::Chart(chart) => chart.file.as_ref().map(|file| &file.path),
            _ => None,
        };
        paths.extend(path.filter(|path| !path.is_empty()).cloned());
    });
    paths
}

/// Reads the cells of a chapter's tables and the data of its charts from their files. What is wrong with a file is told once.
pub(crate) fn fill(chapter: &mut Chapter, files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) {
    let lang = chapter.lang.clone();
    let mut visit = |block: &mut crate::model::Block| {
        let before = sink.len();
        match &mut block.kind {
            BlockKind::Table(table) => {
                let Some(data) = table.data.take() else { return };
                if !data.path.is_empty() {
                    read(table, &data, &lang, files, sources, sink);
                }
                table.data = Some(data);
            }
            BlockKind::Chart(chart) => charts::fill(chart, &lang, files, sources, sink),
            _ => return,
        }
        let found: Vec<_> = sink.drain(before..).collect();
        sink.extend(found.into_iter().filter(|new| !sink.iter().any(|old| same(old, new))).collect::<Vec<_>>());
    };
    walk::blocks_mut(&mut chapter.blocks, &mut visit);
    chapter.notes.iter_mut().for_each(|note| walk::blocks_mut(&mut note.blocks, &mut visit));
}

fn same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let place = |found: &Diagnostic| found.primary.as_ref().map(|label| label.span);
    one.check == other.check && place(one) == place(other)
}

fn read(
    table: &mut Table,
    data: &TableData,
    lang: &Lang,
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Vec<Diagnostic>,
) {
    let Some(file) = datafile::source(&data.path, &data.written, files, sources, sink) else { return };
    let text = sources.get(file).text();
    let lines = records(&data.path, text);
    let width = lines.first().map_or(0, |(record, _)| record.len());
    if width * lines.len() > MAX_CELLS || lines.len() <= data.head {
        return sink.push(wrong_size(data, lines.len(), width));
    }
    let open = lines.last().filter(|(_, place)| is_open(&text[place.clone()]));
    if let Some((_, place)) = open {
        sink.push(unclosed(data, file, text, place));
    }
    for (record, place) in lines.iter().filter(|(record, _)| record.len() != width && open.is_none()) {
        sink.push(uneven(file, text, record.len(), width, place));
    }
    let (head, body) = lines.split_at(data.head);
    let Some(columns) = columns(data, lang, head, width, sink) else { return };
    table.head = if columns.iter().any(|column| column.shown.is_some()) {
        vec![row(columns.iter().map(|column| column.name(head)), data.written.span)]
    } else {
        head.iter().map(|line| row(columns.iter().map(|c| value(Some(line), c.index)), data.written.span)).collect()
    };
    let cells = |line| row(columns.iter().map(|column| value(Some(line), column.index)), data.written.span);
    table.rows = body.iter().map(cells).collect();
    table.columns = aligns(data, columns.len(), sink);
    table.align_decimals();
}

fn wrong_size(data: &TableData, lines: usize, width: usize) -> Diagnostic {
    let path = &data.written.value;
    let (message, hint) = if lines <= data.head {
        (msg!("the file `{path}` has no rows below its head", path), msg!("write `head=0` if its first line is a row"))
    } else {
        let cells = lines.saturating_mul(width);
        let message =
            msg!("the file `{path}` has {cells} cells; at most {limit} are allowed", path, cells, limit = MAX_CELLS);
        (message, msg!("print a part of it, and say where readers find the rest"))
    };
    Diagnostic::error(codes::DATA_BLOCK, message).at(data.written.span).hint(hint)
}

fn uneven(file: FileId, text: &str, cells: usize, width: usize, place: &Range<usize>) -> Diagnostic {
    let counted = |cells: usize| plural!(cells, "{cells} cell", "{cells} cells");
    let message =
        msg!("this line has {cells}, the first one has {first}", cells = counted(cells), first = counted(width));
    let hint =
        msg!("put a cell that holds a comma between straight quotation marks, and write a quotation mark in it twice");
    Diagnostic::error(codes::DATA_BLOCK, message).at(first_line(file, text, place)).hint(hint)
}

/// Whether a quotation mark of the last line is never closed: the rest of the file is in it.
fn is_open(line: &str) -> bool {
    line.matches('"').count() % 2 == 1
}

fn unclosed(data: &TableData, file: FileId, text: &str, place: &Range<usize>) -> Diagnostic {
    let message = msg!("the file `{path}` has an open quotation mark", path = &data.written.value);
    let hint = msg!("close it, or write it twice in a cell between quotation marks");
    Diagnostic::error(codes::DATA_BLOCK, message).at(first_line(file, text, place)).hint(hint)
}

/// The first line of a record, which may have several.
fn first_line(file: FileId, text: &str, place: &Range<usize>) -> Span {
    let length = text[place.clone()].lines().next().unwrap_or_default().len();
    Span::new(file, place.start..place.start + length)
}

struct Column<'a> {
    index: usize,
    shown: Option<&'a str>,
}

impl<'a> Column<'a> {
    /// What its head says, in place of the file's.
    fn name(&self, head: &'a [(StringRecord, Range<usize>)]) -> &'a str {
        self.shown.unwrap_or_else(|| value(head.last(), self.index))
    }
}

/// The columns that are shown.
fn columns<'a>(
    data: &'a TableData,
    lang: &Lang,
    head: &[(StringRecord, Range<usize>)],
    width: usize,
    sink: &mut Vec<Diagnostic>,
) -> Option<Vec<Column<'a>>> {
    let Some(wanted) = &data.columns else {
        return Some((0..width).map(|index| Column { index, shown: None }).collect());
    };
    let names: Vec<&str> = (0..width).map(|index| value(head.last(), index)).collect();
    let mut columns = Vec::new();
    for column in &wanted.value {
        let own = datafile::of_language(&column.name, lang);
        let named = |wanted: &str| names.iter().position(|name| *name == wanted);
        // `label` is `label-zh` in Chinese, where the file has labels in both languages.
        let by_name = named(&column.name).or_else(|| own[..2].iter().find_map(|name| named(name)));
        let by_number =
            || column.name.parse().ok().filter(|number| (1..=width).contains(number)).map(|number: usize| number - 1);
        let Some(index) = by_name.or_else(by_number) else {
            let message =
                msg!("the file `{path}` has no column `{name}`", path = &data.written.value, name = &column.name);
            let named = || names.iter().copied().filter(|name| !name.is_empty());
            let hint = match nearest(&column.name, named()) {
                Some(near) => msg!("did you mean `{near}`?", near),
                None if named().next().is_some() => msg!("the columns are {choices}", choices = choices(named())),
                None => msg!("write the numbers of the columns, from 1 to {width}", width),
            };
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(wanted.span).hint(hint));
            return None;
        };
        columns.push(Column { index, shown: column.shown.as_deref() });
    }
    Some(columns)
}

fn aligns(data: &TableData, columns: usize, sink: &mut Vec<Diagnostic>) -> Vec<ColumnAlign> {
    let Some(aligns) = &data.aligns else { return vec![ColumnAlign::Auto; columns] };
    if aligns.value.len() != columns {
        let counted: fn(usize) -> Message = |columns| plural!(columns, "{columns} column", "{columns} columns");
        let message = msg!(
            "this aligns {aligns}, the table has {columns}",
            aligns = counted(aligns.value.len()),
            columns = counted(columns)
        );
        let hint = msg!("write a sign for each column");
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(aligns.span).hint(hint));
    }
    (0..columns).map(|column| aligns.value.get(column).copied().unwrap_or(ColumnAlign::Auto)).collect()
}

fn value(line: Option<&(StringRecord, Range<usize>)>, index: usize) -> &str {
    line.and_then(|(record, _)| record.get(index)).unwrap_or_default().trim()
}

/// Cells of plain text. They stand where the chapter names their file.
fn row<'t>(values: impl Iterator<Item = &'t str>, span: Span) -> Vec<Cell> {
    let body = |value: &str| {
        let mut body = Vec::new();
        for line in value.lines().filter(|line| !line.trim().is_empty()) {
            if !body.is_empty() {
                body.push(Inline { span, kind: InlineKind::LineBreak });
            }
            body.push(Inline { span, kind: InlineKind::Text(line.trim().to_owned()) });
        }
        body
    };
    values.enumerate().map(|(column, value)| Cell::new(span, column, body(value))).collect()
}

#[cfg(test)]
#[path = "tables_tests.rs"]
mod tests;
