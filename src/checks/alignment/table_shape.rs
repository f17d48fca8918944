use super::super::{Check, Context, Look};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::{BlockKind, Cell, Lang, Table};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("table-shape"),
    group: "alignment",
    summary: msg!("a table has different rows or columns in the translation"),
    default_level: Severity::Error,
    page: page!("table_shape"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (source, target) in context.translations() {
        let (Some(theirs), Some(ours)) = (table(source), table(target)) else { continue };
        let size = |table: &Table| (table.rows.len() + table.head.len().max(1), table.columns.len());
        let (wanted, got) = (size(theirs), size(ours));
        if wanted == got {
            found.extend(reach(theirs, ours, source.lang).or_else(|| items(theirs, ours, source.lang)));
            continue;
        }
        let (ours, theirs) = (said(got), said(wanted));
        let message = msg!(
            "this table has {ours}, but {theirs} in {language}",
            ours = &ours,
            theirs = &theirs,
            language = source.lang.name()
        );
        found.push(
            Diagnostic::error(CHECK.name, message)
                .at_with(target.span, ours)
                .label(source.span, theirs)
                .hint(msg!("give both tables the same rows and columns")),
        );
    }
}

fn said((rows, columns): (usize, usize)) -> Message {
    msg!(
        "{rows} and {columns}",
        rows = plural!(rows, "{rows} row", "{rows} rows"),
        columns = plural!(columns, "{columns} column", "{columns} columns")
    )
}

/// The first cell that reaches over other places than its counterpart.
fn reach(theirs: &Table, ours: &Table, lang: &Lang) -> Option<Diagnostic> {
    if theirs.head.len() != ours.head.len() {
        let said = |table: &Table| plural!(rows = table.head.len(), "{rows} row", "{rows} rows");
        let message = msg!(
            "the head of this table has {ours}, but {theirs} in {language}",
            ours = said(ours),
            theirs = said(theirs),
            language = lang.name()
        );
        let [here, there] = [ours, theirs].map(|table| table.cells().next());
        let found = Diagnostic::error(CHECK.name, message).at_with(here?.span, said(ours));
        return Some(found.label(there?.span, said(theirs)).hint(msg!("give both tables the same rows and columns")));
    }
    let places = |cell: &Cell| (cell.column, cell.columns, cell.rows);
    let (there, here) = theirs.cells().zip(ours.cells()).find(|(there, here)| places(there) != places(here))?;
    let said = |cell: &Cell| said((cell.rows, cell.columns));
    let message = msg!(
        "this cell reaches over {ours}, but over {theirs} in {language}",
        ours = said(here),
        theirs = said(there),
        language = lang.name()
    );
    let found = Diagnostic::error(CHECK.name, message).at_with(here.span, said(here));
    Some(found.label(there.span, said(there)).hint(msg!("join the same cells in both tables")))
}

/// The first cell with a list of other items than its counterpart.
fn items(theirs: &Table, ours: &Table, lang: &Lang) -> Option<Diagnostic> {
    let items = |cell: &Cell| cell.list.map_or(0, |_| cell.lines().count());
    let (there, here) = theirs.cells().zip(ours.cells()).find(|(there, here)| items(there) != items(here))?;
    let said = |cell: &Cell| match items(cell) {
        0 => msg!("no list"),
        items => plural!(items, "a list of {items} item", "a list of {items} items"),
    };
    let message = msg!(
        "this cell has {ours}, but {theirs} in {language}",
        ours = said(here),
        theirs = said(there),
        language = lang.name()
    );
    let found = Diagnostic::error(CHECK.name, message).at_with(here.span, said(here));
    Some(found.label(there.span, said(there)).hint(msg!("give both lists the same items")))
}

fn table<'a>(unit: &Unit<'a>) -> Option<&'a Table> {
    match unit.block.map(|block| &block.kind) {
        Some(BlockKind::Table(table)) => Some(table),
        _ => None,
    }
}
