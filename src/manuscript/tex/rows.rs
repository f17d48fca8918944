//! Environments of rows: matrices, cases, arrays, and formulas of several lines.

use pulldown_latex::event::{ArrayColumn, ColumnAlignment, Grouping};

/// What an environment holds.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Rows of cells.
    pub(super) rows: Vec<Vec<String>>,
    /// Before which rows a line is drawn.
    pub(super) lines: Vec<usize>,
}

/// Whether an environment is but lines of a formula.
pub(super) fn is_lines(grouping: &Grouping) -> bool {
    matches!(
        grouping,
        Grouping::Equation { .. }
            | Grouping::Align { .. }
            | Grouping::Aligned
            | Grouping::Alignat { .. }
            | Grouping::Alignedat { .. }
            | Grouping::Gather { .. }
            | Grouping::Gathered
            | Grouping::Multline
            | Grouping::Split
    )
}

/// The lines of a formula that is nothing else.
pub(super) fn lines(grouping: &Grouping, rows: &Rows) -> String {
    rows.rows.iter().map(|row| columns(grouping, row)).collect::<Vec<_>>().join(" \\\n").trim().to_owned()
}

/// The columns of a line: pairs that belong together, right- and left-aligned, with room between the pairs unless the author
/// says how much.
fn columns(grouping: &Grouping, row: &[String]) -> String {
    let spaced = !matches!(grouping, Grouping::Alignat { .. } | Grouping::Alignedat { .. });
    let cell = |(at, cell): (usize, &String)| match at {
        0 => cell.clone(),
        at if at % 2 == 0 && spaced => format!(" & quad {cell}"),
        _ => format!(" & {cell}"),
    };
    row.iter().enumerate().map(cell).collect()
}

/// An environment inside a formula.
pub(super) fn nested(grouping: &Grouping, rows: &Rows) -> String {
    match grouping {
        Grouping::Cases { left } => cases(*left, rows),
        Grouping::Array(columns) => array(columns, rows),
        Grouping::Matrix { alignment } => {
            let columns = rows.rows.iter().map(Vec::len).max().unwrap_or(0);
            matrix(&vec![*alignment; columns], rows, &augment(&[], rows))
        }
        Grouping::SubArray { .. } => lines(grouping, rows),
        _ => aligned(grouping, rows),
    }
}

fn cases(left: bool, rows: &Rows) -> String {
    let reversed = if left { "" } else { "reverse: #true, " };
    // Alignment points part right- and left-aligned columns in turn: two of them make the next one left-aligned too.
    let row = |row: &Vec<String>| format!("& {}", row.join(" quad && "));
    format!("cases({reversed}{})", rows.rows.iter().map(row).collect::<Vec<_>>().join(", "))
}

fn array(columns: &[ArrayColumn], rows: &Rows) -> String {
    let mut alignments = Vec::new();
    let mut separators = Vec::new();
    for column in columns {
        match column {
            ArrayColumn::Column(alignment) => alignments.push(*alignment),
            ArrayColumn::Separator(_) => separators.push(alignments.len()),
        }
    }
    let inside = |at: &usize| *at > 0 && *at < alignments.len();
    let verticals: Vec<usize> = separators.into_iter().filter(inside).collect();
    matrix(&alignments, rows, &augment(&verticals, rows))
}

/// The lines between rows and columns; Typst draws none around a matrix.
fn augment(verticals: &[usize], rows: &Rows) -> String {
    let horizontals: Vec<usize> = rows.lines.iter().copied().filter(|at| *at > 0 && *at < rows.rows.len()).collect();
    let list = |places: &[usize]| format!("({},)", places.iter().map(usize::to_string).collect::<Vec<_>>().join(", "));
    match (verticals.is_empty(), horizontals.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("augment: #(vline: {}), ", list(verticals)),
        (true, false) => format!("augment: #(hline: {}), ", list(&horizontals)),
        (false, false) => format!("augment: #(vline: {}, hline: {}), ", list(verticals), list(&horizontals)),
    }
}

fn matrix(columns: &[ColumnAlignment], rows: &Rows, augment: &str) -> String {
    let cell = |(at, cell): (usize, &String)| match columns.get(at) {
        _ if cell.is_empty() => "\"\"".to_owned(),
        Some(ColumnAlignment::Left) => format!("& {cell}"),
        Some(ColumnAlignment::Right) => format!("{cell} &"),
        _ => cell.clone(),
    };
    let row = |row: &Vec<String>| row.iter().enumerate().map(cell).collect::<Vec<_>>().join(", ");
    format!("mat(delim: #none, {augment}{})", rows.rows.iter().map(row).collect::<Vec<_>>().join("; "))
}

/// Lines inside a formula: columns that are right- and left-aligned in turn, without space between the two of a pair.
fn aligned(grouping: &Grouping, rows: &Rows) -> String {
    let lines = rows.rows.iter().map(|row| columns(grouping, row)).collect::<Vec<_>>().join("; ");
    format!("mat(delim: #none, {lines})")
}
