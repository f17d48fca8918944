use super::super::{Check, Context, Look};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::{BlockKind, Table};

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
        let size = |table: &Table| (table.rows.len() + 1, table.columns.len());
        let (wanted, got) = (size(theirs), size(ours));
        if wanted == got {
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

fn table<'a>(unit: &Unit<'a>) -> Option<&'a Table> {
    match unit.block.map(|block| &block.kind) {
        Some(BlockKind::Table(table)) => Some(table),
        _ => None,
    }
}
