//! Values that both languages have, but of different kinds: a percentage and a plain number, metres and kilometres.

use super::Cause;
use super::value::Value;
use crate::lang::number::{Kind, Number};

/// What a value is a measure of, as far as a percent sign tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks::values) enum Class {
    Percent,
    /// Percentage points.
    Points,
    /// How many times as much.
    Times,
    Plain,
}

impl Class {
    pub(in crate::checks::values) fn of(number: &Number) -> Self {
        match number.kind {
            _ if number.unit == Some("pp") => Self::Points,
            Kind::Percent => Self::Percent,
            Kind::Multiple => Self::Times,
            _ => Self::Plain,
        }
    }

    /// Whether a value of the one class cannot be said as one of the other. “Points” alone can be those of percentages.
    pub(in crate::checks::values) fn contradicts(self, other: Self) -> bool {
        self != other && (self == Self::Percent || other == Self::Percent)
    }
}

/// Two values of which one stands where the other should, with what differs.
pub(super) type Otherwise = (Value, Value, Cause);

pub(super) fn otherwise(theirs: &[Value], ours: &[Value]) -> Vec<Otherwise> {
    let mut found = Vec::new();
    for value in theirs.iter().filter(|value| !value.labelled) {
        let (mine, same) = (equal(theirs, value), equal(ours, value));
        if mine.first().is_none_or(|first| first.span != value.span) {
            continue;
        }
        let class = other_class(&mine, &same);
        if class.is_none() {
            found.extend(other_unit(&mine, &same));
            found.extend(other_version(&mine, &same));
        }
        found.extend(class);
    }
    found
}

fn equal(values: &[Value], value: &Value) -> Vec<Value> {
    values.iter().filter(|other| !other.labelled && value.number.same_value(&other.number)).cloned().collect()
}

/// Equal values of which one language has more percentages, and the other plain numbers, points or multiples instead.
fn other_class(mine: &[Value], same: &[Value]) -> Option<Otherwise> {
    const CLASSES: [Class; 4] = [Class::Percent, Class::Points, Class::Times, Class::Plain];
    let count = |values: &[Value], class| values.iter().filter(|value| Class::of(&value.number) == class).count();
    let more = |own: &[Value], other: &[Value]| -> Vec<Class> {
        CLASSES.into_iter().filter(|class| count(own, *class) > count(other, *class)).collect()
    };
    let (lost, extra) = (more(mine, same), more(same, mine));
    let (lost, extra) =
        lost.iter().flat_map(|a| extra.iter().map(move |b| (*a, *b))).find(|(a, b)| a.contradicts(*b))?;
    let first = |values: &[Value], class| values.iter().find(|value| Class::of(&value.number) == class).cloned();
    let (lost, extra) = (first(mine, lost)?, first(same, extra)?);
    let bare = |value: &Value| {
        let plain = Class::of(&value.number) == Class::Plain;
        plain && (value.shares_percent || !value.in_digits() || value.number.kind != Kind::Cardinal)
    };
    let same = lost.number.value == extra.number.value;
    (same && !bare(&lost) && !bare(&extra)).then_some((lost, extra, Cause::Percentage))
}

/// A value with a unit that no equal value of the other language has, where one there has another unit.
fn other_unit(mine: &[Value], same: &[Value]) -> Option<Otherwise> {
    let (lost, extra) = (with_own_unit(mine, same)?, with_own_unit(same, mine)?);
    let currency = [lost, extra].iter().all(|value| is_currency(&value.number));
    Some((lost.clone(), extra.clone(), if currency { Cause::Currency } else { Cause::Unit }))
}

/// The first value whose unit none of the others has.
fn with_own_unit<'v>(own: &'v [Value], others: &[Value]) -> Option<&'v Value> {
    own.iter().find(|v| v.number.unit.is_some() && others.iter().all(|other| other.number.unit != v.number.unit))
}

pub(super) fn is_currency(number: &Number) -> bool {
    number.dimension() == Some("money")
}

/// Versions of equal value that are not written alike: 1.20 and 1.2.
fn other_version(mine: &[Value], same: &[Value]) -> Option<Otherwise> {
    let own = |own: &[Value], others: &[Value]| {
        let is_own = |value: &&Value| {
            value.number.unit.is_none()
                && value.digits().is_some()
                && others.iter().all(|o| o.digits() != value.digits())
        };
        own.iter().find(is_own).cloned()
    };
    let (lost, extra) = (own(mine, same)?, own(same, mine)?);
    let decimal = lost.written.contains('.') && extra.written.contains('.');
    (decimal && lost.is_version && extra.is_version).then_some((lost, extra, Cause::Version))
}
