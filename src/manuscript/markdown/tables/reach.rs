//! Cells that reach over several columns or rows, as MultiMarkdown writes them: bars with nothing between them make the cell on
//! their left wider, `^^` makes the one above longer.

use std::ops::Range;

use crate::manuscript::markdown::bars::parts;
use crate::model::Cell;

/// What stands between two bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A text, or a blank.
    Text,
    /// Nothing at all: the cell on the left reaches over it.
    Left,
    /// `^^`: the cell above reaches over it.
    Up,
}

/// The marks of a row that has as many cells as the head.
pub(super) fn marks(line: &str) -> Vec<Mark> {
    let mark = |part: &str| match part {
        "" => Mark::Left,
        part if part.trim() == "^^" => Mark::Up,
        _ => Mark::Text,
    };
    parts(line).into_iter().map(mark).collect()
}

/// The rows of a head or of a body.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) rows: Vec<Vec<Cell>>,
    /// For each column of the last row the cell that reaches over it, by its row and its place in it.
    covered: Vec<(usize, usize)>,
}

impl Part {
    /// Adds a row of one cell for each column. Gives the places of the `^^` that belong to no cell.
    pub(super) fn push(&mut self, cells: Vec<Cell>, marks: &[Mark]) -> Vec<Range<usize>> {
        let (mut row, mut covered, mut lost) = (Vec::new(), Vec::new(), Vec::new());
        for (cell, is_up) in widened(cells, marks) {
            let columns = cell.column..cell.column + cell.columns;
            let place = match self.above(&cell).filter(|_| is_up) {
                Some(place) => {
                    self.rows[place.0][place.1].rows += 1;
                    place
                }
                None => {
                    lost.extend(is_up.then(|| cell.span.range()));
                    row.push(cell);
                    (self.rows.len(), row.len() - 1)
                }
            };
            covered.extend(columns.map(|_| place));
        }
        self.rows.push(row);
        self.covered = covered;
        lost
    }

    /// The cell above another, if it reaches over the same columns.
    fn above(&self, cell: &Cell) -> Option<(usize, usize)> {
        let place = *self.covered.get(cell.column)?;
        let above = &self.rows[place.0][place.1];
        (above.column == cell.column && above.columns == cell.columns).then_some(place)
    }
}

/// The cells of a row, each as wide as it reaches, and whether it belongs to the one above.
fn widened(cells: Vec<Cell>, marks: &[Mark]) -> Vec<(Cell, bool)> {
    let mut row: Vec<(Cell, bool)> = Vec::new();
    for cell in cells {
        let mark = marks.get(cell.column).copied().unwrap_or(Mark::Text);
        match row.last_mut() {
            Some((last, _)) if mark == Mark::Left => last.columns += 1,
            _ => row.push((cell, mark == Mark::Up)),
        }
    }
    row
}
