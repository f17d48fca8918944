//! Tables as Markdown: every place of the grid is written, also those that a cell from the left or from above reaches over.

use super::super::Cell;

/// Most columns of a table. Word has at most 63.
const MOST_COLUMNS: usize = 256;

/// What stands at a place of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// A cell begins; its place among the cells of its row.
    Cell(usize),
    /// The cell on the left reaches over.
    Left,
    /// The cell above reaches over.
    Above,
    /// Nothing was said of it.
    Empty,
}

/// The grid of some rows, as wide in each of them. Cells that reach further than there is room are cut.
pub(super) fn grid(rows: &mut [Vec<Cell>]) -> Vec<Vec<Spot>> {
    let count = rows.len();
    let mut grid: Vec<Vec<Option<Spot>>> = vec![Vec::new(); count];
    for at in 0..count {
        let mut column = 0;
        for (index, cell) in rows[at].iter_mut().enumerate() {
            while grid[at].get(column).is_some_and(Option::is_some) {
                column += 1;
            }
            if column >= MOST_COLUMNS {
                break;
            }
            let free =
                |columns: usize| (column..column + columns).all(|place| !matches!(grid[at].get(place), Some(Some(_))));
            cell.columns = cell.columns.clamp(1, MOST_COLUMNS - column);
            while !free(cell.columns) {
                cell.columns -= 1;
            }
            cell.rows = cell.rows.clamp(1, count - at);
            cover(&mut grid, (at, column), (cell.rows, cell.columns), index);
            column += cell.columns;
        }
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or(0).max(1);
    grid.into_iter()
        .map(|mut row| {
            row.resize(width, None);
            row.into_iter().map(|spot| spot.unwrap_or(Spot::Empty)).collect()
        })
        .collect()
}

fn cover(grid: &mut [Vec<Option<Spot>>], (top, left): (usize, usize), (rows, columns): (usize, usize), index: usize) {
    for (down, row) in grid[top..top + rows].iter_mut().enumerate() {
        if row.len() < left + columns {
            row.resize(left + columns, None);
        }
        for across in 0..columns {
            row[left + across] = Some(match (down, across) {
                (0, 0) => Spot::Cell(index),
                (_, 0) => Spot::Above,
                _ => Spot::Left,
            });
        }
    }
}

/// A table without a row of the head takes its first one; rows that end too early get empty cells.
pub(super) fn whole(head: &mut Vec<Vec<Cell>>, rows: &mut Vec<Vec<Cell>>) {
    head.retain(|row| !row.is_empty());
    rows.retain(|row| !row.is_empty());
    if head.is_empty() && !rows.is_empty() {
        let reach = rows[0].iter().map(|cell| cell.rows).max().unwrap_or(1).clamp(1, rows.len());
        *head = rows.drain(..reach).collect();
    }
    let wide = |rows: &mut [Vec<Cell>]| grid(rows).first().map_or(0, Vec::len);
    let width = wide(head).max(wide(rows));
    for rows in [head.as_mut_slice(), rows.as_mut_slice()] {
        let missing: Vec<usize> = grid(rows)
            .iter()
            .map(|row| row.iter().filter(|spot| **spot == Spot::Empty).count() + width - row.len())
            .collect();
        for (row, missing) in rows.iter_mut().zip(missing) {
            row.extend((0..missing).map(|_| Cell { body: Vec::new(), columns: 1, rows: 1 }));
        }
    }
}

/// Writes rows whose cells `text` writes.
pub(super) fn write(head: &[Vec<Cell>], rows: &[Vec<Cell>], text: &mut dyn FnMut(&Cell) -> String) -> String {
    let (mut head, mut rows) = (head.to_vec(), rows.to_vec());
    let mut lines = Vec::new();
    let mut line = |row: &[Cell], spots: &[Spot]| {
        let mut line = String::from("|");
        for (column, spot) in spots.iter().enumerate() {
            match spot {
                Spot::Cell(index) => {
                    let written = text(&row[*index]);
                    line.push_str(&if written.is_empty() { " |".to_owned() } else { format!(" {written} |") });
                }
                Spot::Above => line.push_str(" ^^ |"),
                Spot::Left if column > 0 => line.push('|'),
                Spot::Left | Spot::Empty => line.push_str(" |"),
            }
        }
        line
    };
    let spots = grid(&mut head);
    lines.extend(head.iter().zip(&spots).map(|(row, spots)| line(row, spots)));
    let columns = spots.first().map_or(1, Vec::len);
    let body = grid(&mut rows);
    let mut more: Vec<String> = rows.iter().zip(&body).map(|(row, spots)| line(row, spots)).collect();
    lines.push(format!("|{}", "---|".repeat(columns)));
    lines.append(&mut more);
    lines.join("\n")
}
