//! What the columns of a table need on a narrow screen.

use super::ems::wide;
use crate::lang::zh::is_han;
use crate::model::{Cell, Table, text};

/// A cell up to this width, in em, keeps to one line, so that no column is squeezed to single characters.
const SHORT: f64 = 6.0;
/// A cell from this width on may come to stand in several lines, and up to this one reads like a title.
const FEW: f64 = 3.0;
const BRIEF: f64 = 24.0;
/// What stands to the left and the right of a cell's text.
const PADDING: f64 = 1.0;
/// The room for a table on a phone, in em of its letters.
const PHONE: f64 = 24.0;

/// How a table is shown where there is little room.
pub(super) struct Look {
    /// What stands above each column, where the cells of a row can stand below each other.
    labels: Vec<String>,
    /// Whether there is no room for the columns on a phone.
    wide: bool,
    /// The width of the longest short cell of each column; nothing where a cell is longer than that.
    short: Vec<Option<f64>>,
}

impl Look {
    /// Looks at the cells of a table.
    pub(super) fn of(table: &Table) -> Self {
        let columns = 0..table.columns.len();
        let lone = |cell: &&Cell| cell.columns == 1;
        let of_column = |column: usize| table.cells().filter(lone).filter(move |cell| cell.column == column);
        let longest = |column: usize| of_column(column).map(width).fold(0.0, f64::max);
        // Where all cells have room on one line nothing need be said.
        let crowded = columns.clone().map(|column| longest(column) + PADDING).sum::<f64>() > PHONE;
        let short = |column: usize| Some(longest(column)).filter(|width| crowded && *width <= SHORT);
        let need = |column: usize| {
            let words = of_column(column).map(|cell| longest_word(&said(cell))).fold(0.0, f64::max);
            longest(column).min(words.max(SHORT)) + PADDING
        };
        let room: f64 = columns.clone().map(need).sum();
        let is_plain = table.head.len() == 1 && table.cells().all(|cell| cell.columns == 1 && cell.rows == 1);
        let labels = if is_plain && columns.len() > 2 && room > PHONE {
            table.head[0].iter().map(|cell| said(cell).trim().to_owned()).collect()
        } else {
            Vec::new()
        };
        Self { labels, wide: room > PHONE, short: columns.map(short).collect() }
    }

    /// The class of the table.
    pub(super) fn class(&self) -> Option<&'static str> {
        match (self.wide, self.labels.is_empty()) {
            (true, false) => Some("stacks"),
            (true, true) => Some("wide"),
            (false, _) => None,
        }
    }

    /// Whether a cell must not be broken, so that its column is as wide as its longest cell.
    pub(super) fn unbroken(&self, cell: &Cell) -> bool {
        let longest = self.short.get(cell.column).copied().flatten().filter(|_| cell.columns == 1);
        longest.is_some_and(|longest| longest > 1.5 && width(cell) >= longest)
    }

    /// Whether a cell is so short that its lines, if it has several, end between words.
    pub(super) fn brief(&self, cell: &Cell) -> bool {
        (FEW..=BRIEF).contains(&width(cell)) && said(cell).contains(is_han)
    }

    /// What stands above the column of a cell, where the reader may need it beside the cell.
    pub(super) fn label(&self, cell: &Cell) -> Option<&str> {
        self.labels.get(cell.column).map(String::as_str).filter(|label| !label.is_empty())
    }
}

/// The words of a cell.
fn said(cell: &Cell) -> String {
    text::plain(&cell.body)
}

/// The width of the longest line of a cell in em, when nothing breaks it.
fn width(cell: &Cell) -> f64 {
    let mark = if cell.list.is_some() { 1.2 } else { 0.0 };
    cell.lines().map(|line| wide(&text::plain(line)) + mark).fold(0.0, f64::max)
}

/// The longest piece between two places where a line may break.
fn longest_word(text: &str) -> f64 {
    text.split(|c: char| c.is_whitespace() || c >= '\u{2E80}').map(wide).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::Look;
    use crate::model::{Cell, ColumnAlign, Inline, InlineKind, Table};
    use crate::source::{SourceFile, Sources, Span};

    fn table(rows: &[&[&str]]) -> Table {
        let file = Sources::default().add(SourceFile::new("a.md", String::new()));
        let span = Span::new(file, 0..0);
        let cell = |(column, text): (usize, &&str)| {
            Cell::new(span, column, vec![Inline { kind: InlineKind::Text((*text).to_owned()), span }])
        };
        let mut rows = rows.iter().map(|row| row.iter().enumerate().map(cell).collect());
        let head = rows.next().into_iter().collect();
        Table { columns: vec![ColumnAlign::Auto; 4], head, rows: rows.collect(), data: None }
    }

    #[test]
    fn a_table_too_wide_for_a_phone_stacks_and_short_cells_stay_whole() {
        let long = "承载大型数据中心的大部分流量：三年";
        let wide =
            table(&[&["序号", "趋势", "主题", "年限"], &["承载大型数据中心", "大小模型协同进化", "范式重置", long]]);
        let look = Look::of(&wide);
        assert_eq!(look.class(), Some("stacks"));
        let cells: Vec<&Cell> = wide.rows[0].iter().collect();
        assert_eq!(look.label(cells[2]), Some("主题"));
        assert_eq!(cells.iter().map(|cell| look.unbroken(cell)).collect::<Vec<_>>(), [false, false, true, false]);
        let small = table(&[&["A", "B", "C", "D"], &["1", "2", "3", "4"]]);
        assert_eq!(Look::of(&small).class(), None);
    }

    #[test]
    fn a_table_with_joined_cells_does_not_stack() {
        let long = "A remark that goes on for quite a while";
        let mut joined = table(&[&[long, long, long, long], &["1", "2", "3", "4"]]);
        joined.head[0][0].rows = 2;
        assert_eq!(Look::of(&joined).class(), Some("wide"));
    }
}
