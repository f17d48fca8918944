use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::BlockKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("table-header"),
    group: "epub",
    summary: msg!("a table has no header row"),
    default_level: Severity::Warning,
    page: page!("table_header"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for block in context.own_blocks() {
        let BlockKind::Table(table) = &block.kind else { continue };
        if !table.rows.is_empty() && !table.has_head() {
            found.push(
                Diagnostic::warning(CHECK.name, msg!("this table has no header row"))
                    .at(block.span)
                    .hint(msg!("say in its first row what each column holds")),
            );
        }
    }
}
