//! Lines between and around the rows and columns of a table in a formula, as MathML has them.
//!
//! MathML 3 has attributes for them, which readers of MathML Core do not know: the cells have classes besides, for the
//! stylesheet of the e-book.

use typst::ecow::{EcoString, eco_format};
use typst_html::{HtmlAttr, HtmlElement, HtmlNode};

/// Which lines there are.
struct Rules {
    /// Before which cells of a row.
    columns: Vec<usize>,
    /// Before which rows.
    rows: Vec<usize>,
    /// Around the table: 1 at the left, 2 at the right, 4 above, 8 below.
    edges: u8,
}

/// The table with its lines, if the element says what lines a table in it has.
pub(super) fn table(element: &HtmlElement) -> Option<HtmlElement> {
    let rules = element.attrs.0.iter().find(|(name, _)| name.resolve().as_str() == "rules")?;
    let rules = read(&rules.1);
    let mut table = first_table(element)?.clone();
    let (mut row, mut width) = (0, 0);
    let count = children(&table);
    for child in table.children.make_mut() {
        let HtmlNode::Element(line) = child else { continue };
        let cells = children(line);
        width = cells.max(width);
        mark_cells(line, &rules, (row, count), cells);
        row += 1;
    }
    attribute(&mut table, "columnlines", &list(&rules.columns, width));
    attribute(&mut table, "rowlines", &list(&rules.rows, count));
    if rules.edges == 15 {
        attribute(&mut table, "frame", "solid");
    }
    Some(table)
}

fn read(text: &str) -> Rules {
    let mut parts = text.split(';');
    let mut places = || {
        let part = parts.next().unwrap_or_default();
        part.split(',').filter_map(|at| at.parse().ok()).collect::<Vec<usize>>()
    };
    let (columns, rows) = (places(), places());
    Rules { columns, rows, edges: places().first().and_then(|edges| u8::try_from(*edges).ok()).unwrap_or(0) }
}

fn first_table(element: &HtmlElement) -> Option<&HtmlElement> {
    let elements = element.children.iter().filter_map(|child| match child {
        HtmlNode::Element(child) => Some(child),
        _ => None,
    });
    let mut elements = elements;
    elements.find_map(|child| if child.tag.resolve().as_str() == "mtable" { Some(child) } else { first_table(child) })
}

fn children(element: &HtmlElement) -> usize {
    element.children.iter().filter(|child| matches!(child, HtmlNode::Element(_))).count()
}

/// The classes of the cells of a row, which is one of so many.
fn mark_cells(line: &mut HtmlElement, rules: &Rules, (row, rows): (usize, usize), cells: usize) {
    let mut at = 0;
    for child in line.children.make_mut() {
        let HtmlNode::Element(cell) = child else { continue };
        let lines = [
            ("line-left", rules.columns.contains(&at) || at == 0 && rules.edges & 1 != 0),
            ("line-right", at + 1 == cells && rules.edges & 2 != 0),
            ("line-above", rules.rows.contains(&row) || row == 0 && rules.edges & 4 != 0),
            ("line-below", row + 1 == rows && rules.edges & 8 != 0),
        ];
        let wanted: Vec<&str> = lines.into_iter().filter(|(_, drawn)| *drawn).map(|(class, _)| class).collect();
        if !wanted.is_empty() {
            classes(cell, &wanted.join(" "));
        }
        at += 1;
    }
}

fn classes(cell: &mut HtmlElement, wanted: &str) {
    let own = cell.attrs.0.make_mut().iter_mut().find(|(name, _)| name.resolve().as_str() == "class");
    match own {
        Some((_, classes)) => *classes = eco_format!("{classes} {wanted}"),
        None => attribute(cell, "class", wanted),
    }
}

/// What stands between each two of so many: lines or nothing.
fn list(places: &[usize], count: usize) -> EcoString {
    let words: Vec<&str> = (1..count).map(|at| if places.contains(&at) { "solid" } else { "none" }).collect();
    words.join(" ").into()
}

fn attribute(element: &mut HtmlElement, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    if let Ok(name) = HtmlAttr::intern(name) {
        element.attrs.push(name, value);
    }
}
