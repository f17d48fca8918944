use super::super::compare::changes;
use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::InlineKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("formula"),
    group: "references",
    summary: msg!("a formula differs in the translation"),
    default_level: Severity::Error,
    page: page!("formula"),
    look: Look::Text(run),
};

use super::super::compare::Item;
use crate::align::Unit;
use crate::lang::zh;
use crate::model::BlockKind;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for change in changes(context, &formulas, true).changes {
        found.push(super::finding(CHECK.name, Severity::Error, msg!("formula"), &change, source, target));
    }
}

fn formulas<'a>(unit: &'a Unit<'a>) -> Vec<Item> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = super::items(unit, |inline| match &inline.kind {
        // Words in quotation marks are translated.
        InlineKind::Math { text, .. } if is_formula(text) => Some(plain(&unquoted(text))),
        _ => None,
    });
    if let Some(BlockKind::Math { text, span }) = unit.block.map(|block| &block.kind) {
        found.push(Item::of(*span, plain(&unquoted(text))));
    }
    found
}

/// Whether it is one, and not the prose between two prices in dollars.
fn is_formula(text: &str) -> bool {
    !text.chars().any(|c| c == '`' || zh::is_han(c))
}

/// A formula without the text in its quotation marks.
fn unquoted(text: &str) -> String {
    text.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}
