use std::ops::Range;

use super::super::{Check, Context, Look};
use super::drift::{self, Cause};
use super::measure;
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::lang::number::numbers;
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("unit"),
    group: "values",
    summary: msg!("a number has a different unit in the translation"),
    default_level: Severity::Warning,
    page: page!("unit"),
    look: Look::Text(run),
};

/// Units that measure the same.
const DIMENSIONS: [&[&str]; 4] = [
    &["ns", "μs", "ms", "second", "minute", "hour", "day", "week", "month", "year"],
    &["bit", "byte", "KB", "MB", "GB", "TB", "PB"],
    &["nm", "μm", "mm", "cm", "m", "km", "mile"],
    &["mg", "g", "kg", "t"],
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Unit, found);
    let reported: Vec<_> = found.iter().filter_map(|f| Some(f.primary.as_ref()?.span)).collect();
    for (sources, targets) in context.groups() {
        let ([source], [target]) = (sources, targets) else { continue };
        let (counted, other) = match [source, target].map(|unit| lang::of(unit.lang).counts_units()) {
            [true, false] => (source, target),
            [false, true] => (target, source),
            _ => continue,
        };
        let odd = extra(counted, other).or_else(|| repeated(counted, other));
        let Some((extra, range, instead)) = odd else { continue };
        let place = counted.place(range);
        if reported.iter().any(|span| source.span.encloses(*span) || target.span.encloses(*span))
            || context.is_excused(place)
        {
            continue;
        }
        let message = msg!(
            "{language} measures in {extra} here, but {other} in {instead}",
            language = counted.lang.name(),
            extra = measure::unit(extra),
            other = other.lang.name(),
            instead = measure::unit(instead)
        );
        // Half a year is six months.
        let severity = if is_calendar(extra) { Severity::Info } else { Severity::Warning };
        let (at, label) = if counted.lang == target.lang { (place, source.span) } else { (target.span, place) };
        found.push(
            Diagnostic::new(severity, CHECK.name, message)
                .at(at)
                .label(label, Message::empty())
                .hint(msg!("correct the unit that is wrong")),
        );
    }
}

fn is_calendar(unit: &str) -> bool {
    matches!(unit, "day" | "week" | "month" | "year")
}

/// Whether a unit is more than a single letter without a number, such as the s of “it’s”.
fn is_spelled(text: &str, start: usize) -> bool {
    let letters = text[start..].chars().take_while(|c| c.is_alphanumeric()).take(2).count();
    letters > 1 || text[..start].trim_end().ends_with(|c: char| c.is_numeric())
}

/// A unit that is counted in one text only, where the other text has another unit of the same dimension.
fn extra(counted: &Unit<'_>, other: &Unit<'_>) -> Option<(&'static str, Range<usize>, &'static str)> {
    let language = lang::of(other.lang);
    let there = language.units(&other.text);
    let named = |name: &str| {
        let written = there.iter().any(|(known, range)| *known == name && is_spelled(&other.text, range.start));
        language.measures(&other.text, name) || written
    };
    let (own, others) = (numbers(&counted.text, counted.lang), numbers(&other.text, other.lang));
    // A quarter of an hour is 15 minutes.
    let converted = |name: &str| {
        let mut own = own.iter().filter(|number| number.unit == Some(name));
        own.any(|number| others.iter().any(|other| number.converts_to(other)))
    };
    lang::of(counted.lang).units(&counted.text).into_iter().find_map(|(name, range)| {
        let family = DIMENSIONS.iter().find(|family| family.contains(&name))?;
        let instead = family.iter().find(|other| **other != name && named(other))?;
        // 2019年, 一天 and 一年 are dates and turns of speech.
        let before = counted.text[..range.start].trim_end();
        let date = matches!(name, "day" | "year") && before.ends_with(|c: char| c.is_ascii_digit() || c == '一');
        // A time on a watch names no unit: 3分35秒 is 3:35.
        let watch = matches!(name, "second" | "minute" | "hour") && has_time(&other.text);
        (!named(name) && !date && !watch && !converted(name)).then_some((name, range, *instead))
    })
}

/// A unit that one text names once more than the other, which has another one of the dimension instead, where both name as
/// many: 几分钟甚至几分钟 beside “from minutes to hours”.
fn repeated(counted: &Unit<'_>, other: &Unit<'_>) -> Option<(&'static str, Range<usize>, &'static str)> {
    let own = lang::of(counted.lang).units(&counted.text);
    let mut there = lang::of(other.lang).units(&other.text);
    there.retain(|(_, range)| is_spelled(&other.text, range.start));
    DIMENSIONS.iter().find_map(|family| {
        let named = own.iter().filter(|(name, _)| family.contains(name));
        let mut others: Vec<&'static str> =
            there.iter().map(|(name, _)| *name).filter(|name| family.contains(name)).collect();
        let (mut spare, all) = (Vec::new(), others.len());
        for (name, range) in named.clone() {
            match others.iter().position(|other| other == name) {
                Some(at) => {
                    others.remove(at);
                }
                None => spare.push((*name, range.clone())),
            }
        }
        match (&spare[..], &others[..]) {
            // Years, months and days are dates and turns of speech too.
            ([(extra, range)], [instead]) if all > 1 && named.count() == all && !is_calendar(extra) => {
                Some((*extra, range.clone(), *instead))
            }
            _ => None,
        }
    })
}

/// Whether a text has hours, minutes or seconds with a colon between: 3:35.
fn has_time(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    text.match_indices(':').any(|(at, _)| {
        let after = text[at + 1..].chars().take_while(|c| digit(*c)).count();
        text[..at].ends_with(digit) && after == 2
    })
}
