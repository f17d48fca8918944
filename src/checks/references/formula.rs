use super::super::compare::{Change, Item, changes};
use super::super::{Check, Context, Look};
use super::notation;
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::cjk::is_han;
use crate::lang::number::numbers;
use crate::message::Message;
use crate::model::{BlockKind, InlineKind, text};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("formula"),
    group: "references",
    summary: msg!("a formula differs in the translation"),
    default_level: Severity::Error,
    page: page!("formula"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let mut changed = changes(context, &formulas, false).changes;
    changed.retain(|change| !is_number_there(change));
    for change in paired(changed) {
        let written = match (&change.lost, &change.extra) {
            (Some(lost), None) => written_there(lost, change.targets),
            (None, Some(extra)) => written_there(extra, change.sources),
            _ => false,
        };
        // What the other language writes in letters alone is there, though it is not set as a formula.
        let severity = if written { Severity::Info } else { Severity::Error };
        found.push(super::finding(CHECK.name, severity, msg!("formula"), &change, source, target));
    }
}

fn formulas<'a>(unit: &'a Unit<'a>) -> Vec<Item> {
    let mut found = Vec::new();
    let mut add = |span, text: &str| {
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(Item { span, key: notation::normal(text), shown: Message::data(shown) });
    };
    super::super::compare::inlines(unit, &mut |inline| {
        if let InlineKind::Math { text, .. } = &inline.kind
            && is_formula(text)
            && text::bare_number(text).is_none()
        {
            add(inline.span, text);
        }
    });
    if let Some(BlockKind::Math { text, span, .. }) = unit.block.map(|block| &block.kind) {
        add(*span, text);
    }
    found
}

/// Whether it is one, and not the prose between two prices in dollars.
fn is_formula(text: &str) -> bool {
    let mut quoted = false;
    let mut outside = text.chars().filter(|c| {
        quoted ^= *c == '"';
        !quoted
    });
    let words = ["\\text", "\\mbox", "\\hbox"].iter().any(|command| text.contains(command));
    !text.contains('`') && (words || !outside.any(is_han))
}

/// Makes one change of a formula that is lost and another one that is added in the same blocks.
fn paired(changed: Vec<Change<'_>>) -> Vec<Change<'_>> {
    let mut out: Vec<Change<'_>> = Vec::new();
    for change in changed {
        let same = |other: &&mut Change<'_>| {
            std::ptr::eq(other.sources, change.sources) && other.extra.is_none() && change.lost.is_none()
        };
        match out.iter_mut().find(same) {
            Some(lost) => lost.extra = change.extra,
            None => out.push(change),
        }
    }
    out
}

/// Whether the formula that only one language has is a number, and the text of the other one has that number.
fn is_number_there(change: &Change<'_>) -> bool {
    let (item, here, there) = match (&change.lost, &change.extra) {
        (Some(lost), None) => (lost, change.sources, change.targets),
        (None, Some(extra)) => (extra, change.targets, change.sources),
        _ => return false,
    };
    if !notation::is_number(&item.key) {
        return false;
    }
    let (own, other) = (plain(here), plain(there));
    let others = numbers(&other, there[0].lang);
    let own_numbers = numbers(&own, here[0].lang);
    item.key.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|part| !part.is_empty()).all(|digits| {
        // Of $20$ 万 the whole number counts.
        let mut values = own_numbers.iter().filter(|number| own[number.range.clone()].starts_with(digits));
        let there = |value: f64| others.iter().any(|number| (number.value - value).abs() <= 1e-9 * value.abs());
        other.contains(digits) || values.any(|number| there(number.value)) || digits.parse().is_ok_and(there)
    })
}

/// Whether the text of some units has a formula as plain letters.
fn written_there(item: &Item, units: &[Unit<'_>]) -> bool {
    let text: String = plain(units);
    let part = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    !item.key.is_empty() && text.split(part).any(|word| word == item.key)
}

/// The text of some units with their formulas.
fn plain(units: &[Unit<'_>]) -> String {
    let runs = units.iter().flat_map(|unit| &unit.runs).map(|run| text::plain(run));
    runs.collect::<Vec<_>>().join("\n")
}
