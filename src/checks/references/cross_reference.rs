use std::collections::BTreeSet;

use super::super::compare::{Change, Item, changes};
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::Places;
use super::label::{Referent, labels, leading};
use crate::align::{Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::lang::number::{Kind, Number, numbers};
use crate::message::Message;
use crate::model::{InlineKind, Lang};

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
    let places = &context.places;
    let titles = titles(context);
    let compared = changes(context, &|unit| read(unit, places), false);
    for habit in [named_differently(), left_out(), added()] {
        habits.kept(&habit, compared.all_kept());
    }
    for change in compared.changes {
        one(context, &titles, &change, &mut habits);
    }
    habits.report(found);
}

/// References by id, and those in words; one that occurs twice counts once.
fn read<'a>(unit: &'a Unit<'a>, places: &Places<'_>) -> Vec<Item> {
    let mut found = super::items_of(unit, |inline| match &inline.kind {
        InlineKind::Ref { target } => Some(places.item(target, inline.span)),
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

/// The kinds of place that headings of the book are numbered as: part, where one begins with “Part Two”.
fn titles(context: &Context<'_>) -> BTreeSet<Referent> {
    let units = context.pairs().flat_map(|(_, _, pair)| pair.sources.iter().chain(&pair.targets));
    let headings = units.filter(|unit| matches!(unit.kind, UnitKind::Heading(_) | UnitKind::Meta(_)));
    let first = |unit: &Unit<'_>| leading(&unit.text, unit.lang);
    headings.filter_map(first).map(|label| label.kind).collect()
}

/// Whether words such as 第一部分 or 第二节 mean just some part of something, in a book whose parts bear no such titles.
fn is_vague(context: &Context<'_>, titles: &BTreeSet<Referent>, item: &Item, lang: &Lang) -> bool {
    let text = context.sources.snippet(item.span);
    let counted = lang::of(lang).references().words("nth").iter().any(|nth| text.starts_with(nth));
    let label = labels(text, lang).into_iter().next();
    counted && label.is_some_and(|label| label.kind.may_be_any() && !titles.contains(&label.kind))
}

fn one(context: &Context<'_>, titles: &BTreeSet<Referent>, change: &Change<'_>, habits: &mut Habits) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let number = |item: &Option<Item>| item.as_ref().map(|item| item.key.rsplit(' ').next().unwrap_or("").to_owned());
    let says = |units: &[Unit<'_>], number: &str| {
        units.iter().any(|unit| stands_in(context.sources.snippet(unit.span), number) || counts(unit, number))
    };
    let vague = |item: &Option<Item>, lang| item.as_ref().is_some_and(|item| is_vague(context, titles, item, lang));
    if change.extra.is_none() && vague(&change.lost, source) || change.lost.is_none() && vague(&change.extra, target) {
        return;
    }
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

/// Whether a unit says a number in words: the first part.
fn counts(unit: &Unit<'_>, number: &str) -> bool {
    let value = number.parse::<f64>();
    let ordinal = |n: &Number| n.kind == Kind::Ordinal && value.as_ref().is_ok_and(|value| *value == n.value);
    numbers(&unit.text, unit.lang).iter().any(ordinal)
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
