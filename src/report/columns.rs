//! Columns for a terminal, on which a Chinese character takes two of its own.

use textwrap::core::display_width;

use crate::message::visible_in_line;

/// The space between two columns.
const GAP: &str = "  ";

/// Rows of cells under each other, each column as wide as its widest cell. Columns that are not of `left` are aligned right.
pub(super) fn aligned(rows: &[Vec<String>], left: impl Fn(usize) -> bool) -> Vec<String> {
    let seen = |row: &Vec<String>| row.iter().map(|cell| visible_in_line(cell).into_owned()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(seen).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, width))| if left(at) { padded(cell, *width) } else { right(cell, *width) });
        cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// A text with spaces after it up to a width.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", space(text, width))
}

/// A text with spaces before it up to a width.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", space(text, width))
}

fn space(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(display_width(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_columns() {
        let rows = [["甲乙", "1", "x"], ["a", "234", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(aligned(&rows, |at| at != 1), ["甲乙    1  x", "a     234"]);
    }
}
