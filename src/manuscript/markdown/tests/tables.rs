//! Tables whose cells reach over several columns and rows.

use super::clean;
use crate::model::{BlockKind, Cell, text, walk};

/// The tables of a body: a line for each row, `=` between head and body, and where a cell reaches over more than its place
/// how many columns and rows.
fn tables(body: &str) -> Vec<String> {
    let (chapter, _) = clean(body);
    let mut found = Vec::new();
    let row = |cells: &Vec<Cell>| {
        let cells = cells.iter().map(|cell| match (cell.columns, cell.rows) {
            (1, 1) => format!("{}{}", cell.column, text::plain(&cell.body)),
            (columns, rows) => format!("{}{} {columns}×{rows}", cell.column, text::plain(&cell.body)),
        });
        cells.collect::<Vec<_>>().join("|")
    };
    walk::chapter_blocks(&chapter, &mut |block| {
        if let BlockKind::Table(table) = &block.kind {
            let [head, body] =
                [&table.head, &table.rows].map(|rows| rows.iter().map(row).collect::<Vec<_>>().join(" / "));
            found.push(format!("{head} = {body}"));
        }
    });
    found
}

#[test]
fn cells_reach_over_columns_and_rows() {
    for (body, table) in [
        ("| a | b |\n|---|---|\n| c ||\n", "0a|1b = 0c 2×1"),
        ("| a | b |\n|---|---|\n|| c |\n", "0a|1b = 0|1c"),
        ("| a | b |\n|---|---|\n| c | |\n", "0a|1b = 0c|1"),
        ("| a | b |\n|---|---|\n| c | d |\n| ^^ | e |\n", "0a|1b = 0c 1×2|1d / 1e"),
        ("| a | b |\n|---|---|\n| c ||\n| ^^ ||\n| ^^ ||\n", "0a|1b = 0c 2×3 /  / "),
        ("|a||b|\n|---|---|---|\n|c|d|e|\n", "0a 2×1|2b = 0c|1d|2e"),
    ] {
        assert_eq!(tables(body), [table], "{body}");
    }
}

#[test]
fn a_head_has_as_many_rows_as_stand_above_the_line() {
    let table = "0a 1×2|1b 2×1 / 1c|2d = 0e|1f|2g";
    let rows = ["| a | b ||", "| ^^ | c | d |", "|---|---|---|", "| e | f | g |"];
    for (first, before) in
        [("", ""), ("> ", "> "), ("- ", "  "), ("> 1. ", ">    "), ("Text\n", ""), (":::aside\n", "")]
    {
        let body = format!("{first}{}", rows.join(&format!("\n{before}")));
        let body = if first.starts_with(':') { format!("{body}\n:::\n") } else { body };
        assert_eq!(tables(&body), [table], "{body}");
        assert_eq!(tables(&body.replace('\n', "\r\n")), [table], "{body}");
    }
    // Rows of code, and rows with a blank line between them.
    assert_eq!(tables(&format!("```\n{}\n```\n", rows.join("\n"))), [""; 0]);
    assert_eq!(tables("| a | b |\n\n| c | d |\n|---|---|\n"), ["0c|1d = "]);
    // A line of dashes further down is a row.
    let body = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n|---|---|\n| 5 | 6 |\n";
    assert_eq!(tables(body), ["0a|1b = 01|12 / 03|14 / 0---|1--- / 05|16"]);
    assert_eq!(tables("| a |\n| b |\n| c |\n|---|\n| d |\n"), ["0a / 0b / 0c = 0d"]);
}
