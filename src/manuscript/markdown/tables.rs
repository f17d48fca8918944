//! Tables. comrak fills short rows up and drops what is too much, so cells are counted in the file.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{NodeValue, TableAlignment};

use super::Lower;
use crate::message::Message;
use crate::model::{BlockKind, Cell, ColumnAlign, Table};

impl Lower<'_, '_> {
    /// A table with all its rows.
    pub(super) fn table(&mut self, node: Node<'_>, columns: &[TableAlignment], range: &Range<usize>) -> BlockKind {
        let columns = columns.iter().map(|column| align(*column)).collect();
        let mut table = Table { columns, head: Vec::new(), rows: Vec::new() };
        for row in node.children() {
            let line = self.lines.range(row.data().sourcepos, range);
            let typed = self.typed.text.len();
            let is_whole = self.whole_row(line.start, table.columns.len(), range);
            let mut cells: Vec<Cell> = Vec::new();
            for cell in row.children() {
                let place = self.lines.range(cell.data().sourcepos, &line);
                let body = self.inlines(cell, &place);
                cells.push(Cell { span: self.span(place), body });
            }
            while cells.len() < table.columns.len() {
                cells.push(Cell { span: self.span(line.end..line.end), body: Vec::new() });
            }
            cells.truncate(table.columns.len());
            if !is_whole {
                // Cells were cut at the wrong bars: marks are torn apart in them.
                self.typed.text.truncate(typed);
            }
            if matches!(row.data().value, NodeValue::TableRow(true)) {
                table.head = cells;
            } else {
                table.rows.push(cells);
            }
        }
        BlockKind::Table(table)
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
            msg!("write `\\|` for a bar inside a cell, in code and formulas too")
        } else if is_bare {
            msg!("put an empty line before it if it does not belong to the table")
        } else {
            msg!("write an empty cell as `| |`")
        };
        let message =
            msg!("this row has {cells}, the head has {head}", cells = counted(count), head = counted(columns));
        self.error(place, message, hint);
        false
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

/// How many cells a line has.
fn cells(line: &str) -> usize {
    let line = line.trim();
    let first = usize::from(!line.starts_with('|'));
    let last = bars(line).next_back().map_or(1, |bar| usize::from(bar + 1 < line.len()));
    (bars(line).count() + first + last).saturating_sub(1)
}

/// Where bars part the cells of a line: those without a backslash, in code too.
fn bars(line: &str) -> impl DoubleEndedIterator<Item = usize> {
    let mut escaped = false;
    let is_bar = |(_, c): &(usize, char)| {
        let bar = *c == '|' && !escaped;
        escaped = *c == '\\' && !escaped;
        bar
    };
    line.char_indices().filter(is_bar).map(|(at, _)| at).collect::<Vec<_>>().into_iter()
}

/// Whether a line is made of bars and dashes, as the one under the head is; also of those that a Chinese keyboard gives.
fn is_delimiter(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '─' | '━' | '―');
    let other = |c: char| matches!(c, '|' | '｜' | ':' | '：' | ' ' | '\t');
    line.starts_with(['|', '｜']) && line.contains(dash) && line.chars().all(|c| dash(c) || other(c))
        || line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::{cells, is_delimiter};

    #[test]
    fn cells_are_counted_as_comrak_parts_them() {
        for (line, count) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a | b", 2),
            ("a | b |", 2),
            ("| `a || b` | c |", 4),
            (r"| `a \|\| b` | c |", 2),
            (r"| a \\| b |", 2),
            ("| |", 1),
            ("||", 1),
            ("text", 1),
            ("| 甲 |  | 乙 |  ", 3),
        ] {
            assert_eq!(cells(line), count, "{line}");
        }
    }

    #[test]
    fn the_line_under_the_head_is_known_in_any_dashes() {
        for line in ["|---|", "--- | ---", "|:--|--:|", "|——|——|", "｜－－｜－－｜"] {
            assert!(is_delimiter(line), "{line}");
        }
        for line in ["---", "| a |", "——", "|", "——|——"] {
            assert!(!is_delimiter(line), "{line}");
        }
    }
}
