//! Tables. comrak fills short rows up and drops what is too much, so cells are counted in the file.

mod file;
mod lists;
mod reach;

pub(super) use file::path_of;

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{NodeValue, TableAlignment};

use super::Lower;
use super::bars::{bars, cells, is_delimiter};
use super::scan::Scan;
use crate::lang;
use crate::message::Message;
use crate::model::{Block, BlockKind, Cell, ColumnAlign, Table, text};
use reach::{Mark, Part};

/// Most columns of a table, and most cells; as many as a table from a file may have.
const COLUMNS: usize = 100;
const CELLS: usize = crate::manuscript::tables::MAX_CELLS;

const BAR: Message = msg!("write `\\|` for a bar inside a cell, in code and formulas too");
const EMPTY: Message = msg!("write an empty cell as `| |`");

impl Lower<'_, '_> {
    /// A table with all its rows.
    pub(super) fn table(&mut self, node: Node<'_>, columns: &[TableAlignment], range: &Range<usize>) -> BlockKind {
        if self.is_vast(node, columns.len(), range) {
            return BlockKind::Paragraph(Vec::new());
        }
        let columns: Vec<_> = columns.iter().map(|column| align(*column)).collect();
        let next = self.rules.partition_point(|rule| *rule < range.start);
        let end_of_head = self.rules.get(next).copied().filter(|rule| range.contains(rule));
        let (mut head, mut body) = (Part::default(), Part::default());
        for row in node.children() {
            let line = self.lines.range(row.data().sourcepos, range);
            if end_of_head == Some(line.start) {
                continue;
            }
            let is_head = matches!(row.data().value, NodeValue::TableRow(true))
                || end_of_head.is_some_and(|end| line.start < end);
            let part = if is_head { &mut head } else { &mut body };
            self.row(row, line, columns.len(), range, part);
        }
        let mut table = Table { columns, head: head.rows, rows: body.rows, data: None };
        table.align_decimals();
        BlockKind::Table(table)
    }

    /// Whether a table has more cells than anybody reads, which is reported.
    fn is_vast(&mut self, node: Node<'_>, columns: usize, range: &Range<usize>) -> bool {
        let cells = columns.saturating_mul(node.children().count());
        let message = if columns > COLUMNS {
            msg!("this table has {columns} columns; at most {limit} are allowed", columns, limit = COLUMNS)
        } else if cells > CELLS {
            msg!("this table has {cells} cells; at most {limit} are allowed", cells, limit = CELLS)
        } else {
            return false;
        };
        let place = self.first_line(range);
        self.error(place, message, msg!("print a part of it, and say where readers find the rest"));
        true
    }

    /// A row of a table, which lies in `table`.
    fn row(&mut self, row: Node<'_>, line: Range<usize>, columns: usize, table: &Range<usize>, part: &mut Part) {
        let typed = self.typed.text.len();
        let is_whole = self.whole_row(line.start, columns, table);
        let written = &self.input.text[self.first_line(&(line.start..table.end))];
        let marks = if is_whole { reach::marks(written) } else { Vec::new() };
        let mut cells: Vec<Cell> = Vec::new();
        for (column, cell) in row.children().take(columns).enumerate() {
            let place = self.lines.range(cell.data().sourcepos, &line);
            let is_text = marks.get(column).is_none_or(|mark| *mark == Mark::Text);
            let tagged = lists::tagged(cell);
            let mut body = if is_text { self.inlines(cell, &place) } else { Vec::new() };
            let list = tagged.or_else(|| lists::listed(self.input.text, &mut body));
            cells.push(Cell { list, ..Cell::new(self.span(place), column, body) });
        }
        for column in cells.len()..columns {
            cells.push(Cell::new(self.span(line.end..line.end), column, Vec::new()));
        }
        if !is_whole {
            // Cells were cut at the wrong bars: marks are torn apart in them.
            self.typed.text.truncate(typed);
        }
        for cell in part.push(cells, &marks) {
            let hint = msg!("write it below a cell that reaches over the same columns, in the head or in the body");
            self.error(cell, msg!("`^^` stands below no cell that it could make longer"), hint);
        }
    }

    /// Whether a row, which begins at `start`, has as many cells as the head. One that has not is reported.
    fn whole_row(&mut self, start: usize, columns: usize, table: &Range<usize>) -> bool {
        let place = self.first_line(&(start..table.end));
        let line = &self.input.text[place.clone()];
        let count = cells(line);
        let is_bare = bars(line).next().is_none();
        if count == columns && is_bare {
            // In a table of one column any line is a row.
            let hint = msg!("put an empty line before it, or write `| … |` if it is a row");
            self.error(place, msg!("this line has no bar, and is a row of the table above it"), hint);
            return true;
        }
        if count == columns {
            return true;
        }
        let hint = if count > columns {
            BAR
        } else if is_bare {
            msg!("put an empty line before it if it does not belong to the table")
        } else {
            EMPTY
        };
        let message =
            msg!("this row has {cells}, the head has {head}", cells = counted(count), head = counted(columns));
        self.error(place, message, hint);
        false
    }

    /// Reports rows of a head that have other cells than its last one: with them it would be no table.
    pub(super) fn uneven_heads(&mut self, scan: &Scan) {
        for (place, columns) in &scan.uneven {
            let count = cells(&self.input.text[place.clone()]);
            let hint = if count > *columns { BAR } else { EMPTY };
            let (cells, head) = (counted(count), counted(*columns));
            self.error(place.clone(), msg!("this row has {cells}, the head has {head}", cells, head), hint);
        }
    }

    /// Takes the notes off the end of a figure with a table: the paragraphs that say of themselves that they are.
    pub(super) fn table_notes(&self, body: &mut Vec<Block>) -> Vec<Block> {
        if !body.iter().any(|block| matches!(block.kind, BlockKind::Table(_))) {
            return Vec::new();
        }
        let words = lang::of(self.input.lang).conventions().table_notes;
        let is_note = |block: &Block| match &block.kind {
            BlockKind::Paragraph(run) => {
                let text = text::plain(run);
                let colon =
                    |rest: &str| rest.trim_start_matches(|c: char| c.is_numeric() || c == ' ').starts_with([':', '：']);
                words.iter().filter_map(|word| text.strip_prefix(word)).any(colon)
            }
            _ => false,
        };
        let first = body.iter().rposition(|block| !is_note(block)).map_or(0, |last| last + 1);
        body.split_off(first)
    }

    /// Reports a paragraph that was to be a table, but for the line under its head.
    pub(super) fn lost_table(&mut self, range: &Range<usize>) {
        let mut at = range.start;
        let mut head = "";
        for line in self.input.text[range.clone()].split_inclusive(['\n', '\r']) {
            let place = at..at + line.trim_end().len();
            at += line.len();
            let written = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
            if is_delimiter(written) && bars(head).next().is_some() {
                let start = place.end - written.len();
                let columns = cells(head);
                let hint = msg!("write `{line}`", line = format!("|{}", "---|".repeat(columns)));
                let count = cells(written);
                let message = if count == columns {
                    msg!("this line under the head of a table cannot be read")
                } else {
                    let (cells, head) = (counted(count), counted(columns));
                    msg!("this line under the head of a table has {cells}, the head has {head}", cells, head)
                };
                self.error(start..place.end, message, hint);
                return;
            }
            head = written;
        }
    }
}

fn align(alignment: TableAlignment) -> ColumnAlign {
    match alignment {
        TableAlignment::None => ColumnAlign::Auto,
        TableAlignment::Left => ColumnAlign::Left,
        TableAlignment::Center => ColumnAlign::Center,
        TableAlignment::Right => ColumnAlign::Right,
    }
}

fn counted(cells: usize) -> Message {
    plural!(cells, "{cells} cell", "{cells} cells")
}
