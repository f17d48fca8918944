//! What was lost is paired with what was added, and both get one cause.

use super::kinds::is_currency;
use super::value::Value;
use super::{Cause, Drift, Left, What};
use crate::diagnostic::Severity;
use crate::lang::number::{Kind, Number};
use crate::maths;

/// The number of pairs of units over which a value may move with its sentence.
const NEAR: usize = 3;

pub(super) fn forgive_moves(left: &mut [Left]) {
    for at in 0..left.len() {
        let lost = std::mem::take(&mut left[at].lost);
        left[at].lost = lost
            .into_iter()
            .filter(|value| {
                let place = left[at].at;
                let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(left.len());
                let near = near.filter(|&other| other != at && left[other].at.abs_diff(place) <= NEAR);
                let found = near.into_iter().find_map(|other| {
                    Some((other, left[other].extra.iter().position(|extra| extra.number.same_value(&value.number))?))
                });
                if let Some((other, extra)) = found {
                    left[other].extra.remove(extra);
                }
                found.is_none()
            })
            .collect();
    }
}

pub(super) fn pair_up(left: Left, found: &mut Vec<Drift>) {
    let Left { lost, mut extra, other, fewer, converted, mut spare, exchanged, source, target, .. } = left;
    let mut drift = |lost: Option<Value>, extra: Option<Value>, cause: Cause, severity: Severity, what: What| {
        found.push(Drift { cause, severity, lost, extra, what, source, target });
    };
    for value in lost {
        let fit = |extra: &Value| (power_of_ten(&value.number, &extra.number), value.number.kind == extra.number.kind);
        let best = (0..extra.len()).max_by_key(|at| (fit(&extra[*at]), std::cmp::Reverse(*at)));
        let extra = best.map(|at| extra.remove(at)).or_else(|| take_of_kind(&mut spare, &value));
        if extra.is_none() && is_article(&value.number) {
            continue;
        }
        let (cause, severity) = (cause(Some(&value), extra.as_ref()), severity(Some(&value), extra.as_ref()));
        drift(Some(value), extra, cause, severity, What::Differs);
    }
    for value in extra.into_iter().filter(|value| !is_article(&value.number)) {
        let (cause, severity) = (cause(None, Some(&value)), severity(None, Some(&value)));
        drift(None, Some(value), cause, severity, What::Differs);
    }
    for value in fewer {
        let cause = cause(Some(&value), None);
        drift(Some(value), None, cause, Severity::Info, What::Repeated);
    }
    for (lost, extra, cause) in other {
        let surely = cause == Cause::Percentage && lost.number.unit != Some("pp") && extra.number.unit != Some("pp");
        let severity = if surely { Severity::Error } else { Severity::Warning };
        drift(Some(lost), Some(extra), cause, severity, What::Differs);
    }
    for (one, other) in exchanged {
        let cause = cause(Some(&one), Some(&other));
        let cause = if cause == Cause::Magnitude { Cause::Number } else { cause };
        drift(Some(one), Some(other), cause, Severity::Warning, What::Exchanged);
    }
    for (lost, extra) in converted {
        drift(Some(lost), Some(extra), Cause::Unit, Severity::Info, What::Converted);
    }
}

/// A month in words beside one in digits, a fraction beside a fraction.
fn take_of_kind(spare: &mut Vec<Value>, lost: &Value) -> Option<Value> {
    let fits = |value: &Value| value.number.kind == lost.number.kind && lost.number.kind != Kind::Cardinal;
    spare.iter().position(fits).map(|at| spare.remove(at))
}

/// Whether a number can be an article in the other language: 1 年 is “a year”.
fn is_article(number: &Number) -> bool {
    number.value == 1.0 && number.normal.is_none() && matches!(number.kind, Kind::Cardinal | Kind::Ordinal)
}

/// A number in digits is intended; one in words may be part of a name or a figure of speech.
fn severity(lost: Option<&Value>, extra: Option<&Value>) -> Severity {
    let meant = lost.iter().chain(&extra).any(|value| value.in_digits());
    // An added number may be one that the source puts in words: a quarter, 25 cents. A small one that is missing may be in
    // a word of the translation: 每 2 年 is “biennial”.
    match lost {
        Some(value) if meant && (extra.is_some() || !is_small(&value.number)) => Severity::Error,
        _ => Severity::Warning,
    }
}

fn is_small(number: &Number) -> bool {
    let counted = matches!(number.kind, Kind::Cardinal | Kind::Ordinal);
    counted && number.value.abs() <= 10.0 && number.value.fract() == 0.0
}

fn power_of_ten(a: &Number, b: &Number) -> bool {
    let ratio = maths::log10_f64((a.value / b.value).abs());
    ratio.is_finite() && ratio.abs() > 0.5 && (ratio - ratio.round()).abs() < 1e-6 && a.value.abs() >= 1.0
}

/// The most telling cause.
fn cause(lost: Option<&Value>, extra: Option<&Value>) -> Cause {
    if let (Some(a), Some(b)) = (lost, extra)
        && power_of_ten(&a.number, &b.number)
    {
        return Cause::Magnitude;
    }
    let all = |is_one: fn(&Number) -> bool| lost.iter().chain(&extra).all(|value| is_one(&value.number));
    if all(|number| number.kind == Kind::Percent) {
        Cause::Percentage
    } else if all(|number| number.kind == Kind::Version) {
        Cause::Version
    } else if all(|number| matches!(number.kind, Kind::Month | Kind::Day)) {
        Cause::Date
    } else if all(is_year) {
        Cause::Year
    } else if all(|number| number.in_range) {
        Cause::Range
    } else if all(is_currency) {
        Cause::Currency
    } else {
        Cause::Number
    }
}

fn is_year(number: &Number) -> bool {
    let plain = number.kind == Kind::Cardinal && number.unit.is_none() && number.value.fract() == 0.0;
    matches!(number.kind, Kind::Year | Kind::Decade | Kind::Century)
        || (plain && (1500.0..2100.0).contains(&number.value))
}
