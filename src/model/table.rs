//! Tables: rows of cells, of which some reach over several columns or rows.

use super::{Inline, InlineKind, Spanned};
use crate::source::Span;

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Alignment of each column; its length is the number of columns.
    pub columns: Vec<ColumnAlign>,
    /// The rows of the head, mostly one.
    pub head: Vec<Vec<Cell>>,
    /// The rows of the body.
    ///
    /// Here and in the head every place is covered by one cell: a row has no cell where one from the left or from above reaches over.
    pub rows: Vec<Vec<Cell>>,
    /// The file that the cells come from, where they do not stand in the text.
    pub data: Option<Box<TableData>>,
}

impl Table {
    /// The cells in reading order, those of the head first.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(&self.rows).flatten()
    }

    /// The cells, to be changed.
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.head.iter_mut().chain(&mut self.rows).flatten()
    }

    /// How a cell is aligned: one over several columns stands in their middle.
    pub fn align(&self, cell: &Cell) -> ColumnAlign {
        match self.columns.get(cell.column) {
            Some(_) if cell.columns > 1 => ColumnAlign::Center,
            Some(align) => *align,
            None => ColumnAlign::Auto,
        }
    }
}

/// Alignment of a table column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnAlign {
    /// As the layout likes.
    Auto,
    /// Left.
    Left,
    /// Centre.
    Center,
    /// Right.
    Right,
    /// At the decimal marks of numbers, of which one has as many digits behind it as any.
    Decimal(usize),
}

/// A table cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The cell in the Markdown file.
    pub span: Span,
    /// Its text.
    pub body: Vec<Inline>,
    /// What its lines are, where they are the items of a list.
    pub list: Option<CellList>,
    /// The first column that it stands in.
    pub column: usize,
    /// How many columns it reaches over, at least one.
    pub columns: usize,
    /// How many rows it reaches over, at least one.
    pub rows: usize,
}

impl Cell {
    /// A cell in one place.
    pub fn new(span: Span, column: usize, body: Vec<Inline>) -> Self {
        Self { span, body, list: None, column, columns: 1, rows: 1 }
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &[Inline]> {
        self.body.split(|inline| matches!(inline.kind, InlineKind::LineBreak))
    }
}

/// The list that the lines of a cell are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellList {
    /// Items without an order.
    Bullets,
    /// Items with numbers, from this one on.
    Numbers(usize),
}

/// The file of a table, and what the author says of it.
#[derive(Debug, Clone)]
pub struct TableData {
    /// Its path from the project folder; empty where it cannot be one.
    pub path: String,
    /// The path as written.
    pub written: Spanned<String>,
    /// How many of its lines are the head.
    pub head: usize,
    /// The columns that are shown, in their order; all of them where none is named.
    pub columns: Option<Spanned<Vec<DataColumn>>>,
    /// The alignments of the columns, if they are said.
    pub aligns: Option<Spanned<Vec<ColumnAlign>>>,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataColumn {
    /// What stands in its head, or its number.
    pub name: String,
    /// What the head of the table says instead.
    pub shown: Option<String>,
}
