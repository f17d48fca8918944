use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::BlockKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("wide-table"),
    group: "epub",
    summary: msg!("a table has more columns than a phone can show"),
    default_level: Severity::Info,
    page: page!("wide_table"),
    look: Look::Text(run),
};

/// The most columns that Kobo's guidelines advise.
const MOST: usize = 4;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for block in context.own_blocks() {
        let BlockKind::Table(table) = &block.kind else { continue };
        let columns = table.columns.len();
        if columns > MOST {
            let message = plural!(
                columns,
                "this table has {columns} column; a small screen shows at most {most}",
                "this table has {columns} columns; a small screen shows at most {most}",
                most = MOST
            );
            let hint = msg!("turn rows into columns, or split the table in two");
            found.push(Diagnostic::new(Severity::Info, CHECK.name, message).at(block.span).hint(hint));
        }
    }
}
