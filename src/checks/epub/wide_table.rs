use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::BlockKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: "wide-table",
    group: "epub",
    summary: "a table with more columns than a phone shows",
    default_level: Severity::Info,
    docs: include_str!("wide_table.md"),
    docs_zh: include_str!("wide_table.zh.md"),
    run,
};

/// Most columns that Kobo's guidelines advise.
const MOST: usize = 4;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for block in context.own_blocks() {
        let BlockKind::Table(table) = &block.kind else { continue };
        let columns = table.columns.len();
        if columns > MOST {
            let message = format!("this table has {columns} columns; a small screen shows {MOST}");
            let hint = "turn rows into columns, or make two tables of it";
            found.push(Diagnostic::new(Severity::Info, CHECK.name, message).at(block.span).hint(hint));
        }
    }
}
