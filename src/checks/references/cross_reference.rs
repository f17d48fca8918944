use super::super::compare::{Change, Item, changes};
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::Places;
use super::label::labels;
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::InlineKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("cross-reference"),
    group: "references",
    summary: msg!("a reference leads to another chapter, figure or table in the translation"),
    default_level: Severity::Error,
    page: page!("cross_reference"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    let places = Places::of(context);
    let compared = changes(context, &|unit| read(unit, &places), false);
    for habit in [named_differently(), left_out(), added()] {
        habits.kept(&habit, compared.all_kept());
    }
    for change in compared.changes {
        one(context, &change, &mut habits);
    }
    habits.report(found);
}

/// References by id, and those in words; one that occurs twice counts once.
fn read<'a>(unit: &'a Unit<'a>, places: &Places<'_>) -> Vec<Item> {
    let mut found = super::items(unit, |inline| match &inline.kind {
        InlineKind::Ref { target } => Some(places.key(target, inline.span.file)),
        _ => None,
    });
    for label in labels(&unit.text, unit.lang) {
        let shown = label.message();
        let key = shown.to_string();
        if !found.iter().any(|item| item.key == key) {
            found.push(Item { span: unit.place_of(label.range), key, shown });
        }
    }
    found
}

fn one(context: &Context<'_>, change: &Change<'_>, habits: &mut Habits) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let number = |item: &Option<Item>| item.as_ref().map(|item| item.key.rsplit(' ').next().unwrap_or("").to_owned());
    let says = |units: &[Unit<'_>], number: &str| {
        units.iter().any(|unit| stands_in(context.sources.snippet(unit.span), number))
    };
    let (severity, habit) = match (number(&change.lost), number(&change.extra)) {
        (Some(lost), Some(_)) if says(change.targets, &lost) => (Severity::Warning, Some(named_differently())),
        // Each place is an error of its own.
        (Some(_), Some(_)) => (Severity::Error, None),
        (Some(lost), None) if says(change.targets, &lost) => return,
        (Some(_), None) => (Severity::Warning, Some(left_out())),
        (None, Some(extra)) if says(change.sources, &extra) => return,
        (None, _) => (Severity::Info, Some(added())),
    };
    let finding = super::finding(CHECK.name, severity, msg!("reference"), change, source, target);
    match habit {
        Some(habit) => habits.deviation(habit, finding),
        None => habits.alone(finding),
    }
}

fn named_differently() -> Message {
    msg!("references written out in words are named differently")
}

fn left_out() -> Message {
    msg!("references written out in words are left out")
}

fn added() -> Message {
    msg!("references written out in words are added")
}

/// Whether a text has a number by itself, its parts joined by a hyphen or a point.
fn stands_in(text: &str, number: &str) -> bool {
    [number.to_owned(), number.replace('-', ".")].iter().any(|written| {
        text.match_indices(written.as_str()).any(|(at, _)| {
            let digit = |c: char| c.is_ascii_digit();
            !text[..at].ends_with(digit) && !text[at + written.len()..].starts_with(digit)
        })
    })
}
