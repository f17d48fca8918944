use super::super::{Check, Context};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{BlockKind, Table};

pub(in crate::checks) const CHECK: Check = Check {
    name: "table-shape",
    group: "alignment",
    summary: "a table has other rows or columns in the translation",
    default_level: Severity::Error,
    docs: include_str!("table_shape.md"),
    docs_zh: include_str!("table_shape.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (source, target) in context.translations() {
        let (Some(theirs), Some(ours)) = (table(source), table(target)) else { continue };
        let size = |table: &Table| (table.rows.len() + 1, table.columns.len());
        let (wanted, got) = (size(theirs), size(ours));
        if wanted == got {
            continue;
        }
        let shown = |(rows, columns)| format!("{rows} rows, {columns} columns");
        let message = format!("this table has {}, in {} {}", shown(got), source.lang, shown(wanted));
        found.push(
            Diagnostic::error(CHECK.name, message)
                .at_with(target.span, shown(got))
                .label(source.span, shown(wanted))
                .hint("give both tables the same rows and columns"),
        );
    }
}

fn table<'a>(unit: &Unit<'a>) -> Option<&'a Table> {
    match unit.block.map(|block| &block.kind) {
        Some(BlockKind::Table(table)) => Some(table),
        _ => None,
    }
}
