//! Environments of rows: matrices, cases, arrays, and formulas of several lines.

use pulldown_latex::event::{ArrayColumn, ColumnAlignment, Grouping, Style};

/// What an environment holds.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Rows of cells.
    pub(super) rows: Vec<Vec<String>>,
    /// Before which rows a line is drawn.
    pub(super) lines: Vec<usize>,
    /// How large all cells are, where that is another size than usual.
    pub(super) style: Option<Style>,
}

impl Rows {
    /// Makes all cells as large as the environment has them.
    pub(super) fn sized(mut self) -> Self {
        if self.style == Some(Style::Display) {
            for cell in self.rows.iter_mut().flatten().filter(|cell| !cell.is_empty()) {
                *cell = format!("display({cell})");
            }
        }
        self
    }
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

/// The size that an environment's first cell says for all of them, where it is one that environments have.
pub(super) fn is_size(grouping: &Grouping, style: Style) -> bool {
    match grouping {
        Grouping::Matrix { .. } => matches!(style, Style::Text | Style::Display),
        Grouping::Cases { .. } | Grouping::Array(_) => style == Style::Display,
        _ => false,
    }
}

/// An environment inside a formula.
pub(super) fn nested(grouping: &Grouping, rows: &Rows) -> String {
    match grouping {
        Grouping::Cases { left } => cases(*left, rows),
        Grouping::Array(columns) => array(columns, rows),
        Grouping::Matrix { alignment } => {
            let columns = rows.rows.iter().map(Vec::len).max().unwrap_or(0);
            let alignments = vec![*alignment; columns];
            // That of `smallmatrix`, which stands in a line without parting it from others.
            if rows.style == Some(Style::Text) {
                return format!("inline({})", matrix(&alignments, rows, "gap: #0.15em, column-gap: #0.35em, "));
            }
            ruled(&[], &alignments, rows)
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
    ruled(&separators, &alignments, rows)
}

/// A matrix with the lines between its rows and columns, and those around it, which Typst does not draw: 1 at the left, 2 at
/// the right, 4 above and 8 below.
fn ruled(separators: &[usize], alignments: &[ColumnAlignment], rows: &Rows) -> String {
    let widest = rows.rows.iter().map(Vec::len).max().unwrap_or(0);
    let (columns, count) = (alignments.len(), rows.rows.len());
    let inside = |places: &[usize], count: usize| -> Vec<usize> {
        places.iter().copied().filter(|at| *at > 0 && *at < count).collect()
    };
    let (verticals, horizontals) = (inside(separators, columns.min(widest)), inside(&rows.lines, count));
    let edge = |places: &[usize], at: usize, sign: u8| if places.contains(&at) { sign } else { 0 };
    let edges =
        edge(separators, 0, 1) | edge(separators, columns, 2) | edge(&rows.lines, 0, 4) | edge(&rows.lines, count, 8);
    let matrix = matrix(alignments, rows, &augment(&verticals, &horizontals));
    if verticals.is_empty() && horizontals.is_empty() && edges == 0 {
        return matrix;
    }
    // An aligned column is two in the e-book: before and behind the point of alignment.
    let cells = |column: usize| -> usize {
        let wide = |alignment: &ColumnAlignment| if *alignment == ColumnAlignment::Center { 1 } else { 2 };
        alignments[..column].iter().map(wide).sum()
    };
    let columns: Vec<usize> = verticals.into_iter().map(cells).collect();
    format!("ruled(#(columns: {}, rows: {}, edges: {edges}), {matrix})", list(&columns), list(&horizontals))
}

fn list(places: &[usize]) -> String {
    let places: String = places.iter().map(|at| format!("{at}, ")).collect();
    format!("({})", places.trim_end())
}

/// The lines between rows and columns.
fn augment(verticals: &[usize], horizontals: &[usize]) -> String {
    match (verticals, horizontals) {
        ([], []) => String::new(),
        (_, []) => format!("augment: #(vline: {}), ", list(verticals)),
        ([], _) => format!("augment: #(hline: {}), ", list(horizontals)),
        _ => format!("augment: #(vline: {}, hline: {}), ", list(verticals), list(horizontals)),
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
