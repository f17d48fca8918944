//! Values that differ between paired units. Each has one cause, and one check reports it.

mod tell;
mod words;

use std::ops::Range;

use crate::align::{ChapterPair, Unit};
use crate::checks::Context;
use crate::checks::alignment::moved_far;
use crate::checks::compare::inlines;
use crate::checks::references::label::labels;
use crate::diagnostic::Severity;
use crate::lang::number::{Form, Kind, Number, numbers};
use crate::maths;
use crate::model::InlineKind;
use crate::source::Span;

pub(in crate::checks) use tell::{correct_the_scale, differing, report};
use words::{repeated, words};

/// What happened to a value; the most telling of the names that fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Cause {
    Number,
    Magnitude,
    Percentage,
    Unit,
    Currency,
    Date,
    Year,
    Range,
    Version,
}

/// A value in the manuscript.
#[derive(Debug, Clone)]
struct Value {
    number: Number,
    span: Span,
    written: String,
    /// Whether it is the number of a reference, which another check compares.
    labelled: bool,
    /// Whether it means “some”, “two of them” or “thirdly”.
    vague: bool,
}

/// A value that only one language has, or that differs in the other.
#[derive(Debug, Clone)]
pub(in crate::checks) struct Drift {
    cause: Cause,
    severity: Severity,
    lost: Option<Value>,
    extra: Option<Value>,
    /// The places of the paired units.
    source: Span,
    target: Span,
}

/// The number of pairs of units over which a value may move with its sentence.
const NEAR: usize = 3;

/// What is left over in one pair of units.
struct Left {
    lost: Vec<Value>,
    extra: Vec<Value>,
    /// Values that are equal and of another kind or unit.
    other: Vec<(Value, Value, Cause)>,
    /// Values that occur less often in the translation.
    fewer: Vec<Value>,
    source: Span,
    target: Span,
}

/// Every drift of a book.
pub(in crate::checks) fn drifts(context: &Context<'_>) -> Vec<Drift> {
    let mut found = Vec::new();
    for (chapter, segments) in context.alignment.chapters.iter().zip(&context.segments) {
        let mut left: Vec<Left> = Vec::new();
        for (at, pair) in chapter.pairs.iter().enumerate() {
            if pair.sources.is_empty() || pair.targets.is_empty() || moved_far(chapter, at) {
                continue;
            }
            let (theirs, ours) = (values(context, &pair.sources), values(context, &pair.targets));
            let mut here = compare(context, chapter, at, &theirs, &ours);
            if here.lost.is_empty() && here.extra.is_empty() {
                words(segments, at, &theirs, &ours, &mut here);
            }
            repeated(segments, at, &theirs, &ours, &mut here);
            left.push(here);
        }
        forgive_moves(&mut left);
        for left in left {
            pair_up(left, &mut found);
        }
    }
    found
}

fn values(context: &Context<'_>, units: &[Unit<'_>]) -> Vec<Value> {
    let mut found = Vec::new();
    for unit in units.iter().filter(|unit| unit.written) {
        let labels: Vec<Range<usize>> = labels(&unit.text, unit.lang).into_iter().map(|label| label.range).collect();
        for number in numbers(&unit.text, unit.lang) {
            let span = unit.place(number.range.clone());
            let labelled = labels.iter().any(|label| label.start < number.range.end && number.range.start < label.end);
            let written = unit.text[number.range.clone()].to_owned();
            let vague = words::is_vague(&unit.text, &number.range);
            if !context.is_excused(span) {
                found.push(Value { number, span, written, labelled, vague });
            }
        }
    }
    found
}

/// Numbers in code, which can be the counterpart of one in the text.
fn in_code(units: &[Unit<'_>]) -> Vec<Number> {
    let mut found = Vec::new();
    for unit in units {
        inlines(unit, &mut |inline| {
            if let InlineKind::Code(text) | InlineKind::Math { text, .. } = &inline.kind {
                found.extend(numbers(text, unit.lang));
                let digits = text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<f64>().ok());
                found.extend(digits.map(|value| Number::cardinal(value, 0..0, Form::Loose)));
            }
        });
    }
    found
}

fn compare(context: &Context<'_>, chapter: &ChapterPair<'_>, at: usize, theirs: &[Value], ours: &[Value]) -> Left {
    let pair = &chapter.pairs[at];
    Left {
        lost: absent(context, theirs, ours, &pair.targets),
        extra: absent(context, ours, theirs, &pair.sources),
        other: otherwise(theirs, ours),
        fewer: Vec::new(),
        source: pair.sources[0].span,
        target: pair.targets[0].span,
    }
}

/// The values that the units of the other language have neither as values nor in code nor in the same letters.
fn absent(context: &Context<'_>, own: &[Value], others: &[Value], units: &[Unit<'_>]) -> Vec<Value> {
    let codes = in_code(units);
    let is_absent = |value: &&Value| {
        let number = &value.number;
        number.accuses()
            && !value.labelled
            && !others.iter().any(|other| number.same_value(&other.number) || same_written(value, other))
            && !codes.iter().any(|code| number.same_value(code))
            && (value.written.len() <= 1 || !written_in(context, units, &value.written))
    };
    own.iter().filter(is_absent).cloned().collect()
}

/// 1990s and 90年代 are read with different certainty of the century; “minus 50” and 减去 50 of the sign.
fn same_written(a: &Value, b: &Value) -> bool {
    let sign = |value: &Value| value.written.starts_with(char::is_alphabetic) && value.number.value < 0.0;
    if (sign(a) || sign(b)) && a.number.value.abs() == b.number.value.abs() {
        return true;
    }
    let (a, b) = (&a.number, &b.number);
    a.kind == Kind::Decade && b.kind == Kind::Decade && (a.value - b.value).abs() % 100.0 == 0.0
}

/// Whether the other text has the same digits, there read as part of something else, or the same word in Latin letters, as
/// in a title that is not translated.
fn written_in(context: &Context<'_>, units: &[Unit<'_>], written: &str) -> bool {
    let digits = written.bytes().all(|b| b.is_ascii_digit());
    if !digits && !written.bytes().all(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    units.iter().any(|unit| {
        let text = context.sources.snippet(unit.span);
        text.match_indices(written).any(|(at, _)| {
            let part = |c: char| if digits { c.is_ascii_digit() } else { c.is_ascii_alphanumeric() };
            let around = (&text[..at], &text[at + written.len()..]);
            !around.0.ends_with(part)
                && !around.1.starts_with(part)
                && !around.0.ends_with(['.', ','])
                && !around.1.starts_with('%')
        })
    })
}

/// Values that both languages have, but of different kinds: a percentage and a plain number, metres and kilometres.
fn otherwise(theirs: &[Value], ours: &[Value]) -> Vec<(Value, Value, Cause)> {
    let mut found = Vec::new();
    for value in theirs.iter().filter(|value| !value.labelled) {
        let (mine, same) = (equal(theirs, value), equal(ours, value));
        if mine.first().is_none_or(|first| first.span != value.span) {
            continue;
        }
        found.extend(percent_or_not(&mine, &same));
        found.extend(other_unit(&mine, &same));
    }
    found
}

fn equal(values: &[Value], value: &Value) -> Vec<Value> {
    values.iter().filter(|other| !other.labelled && value.number.same_value(&other.number)).cloned().collect()
}

/// Equal values of which one language has more percentages and the other a plain number instead.
fn percent_or_not(mine: &[Value], same: &[Value]) -> Option<(Value, Value, Cause)> {
    let percent = |value: &&Value| value.number.kind == Kind::Percent;
    let bare = |value: &&Value| value.number.kind == Kind::Cardinal && value.number.unit != Some("pp");
    let (a, b) = (mine.iter().filter(percent).count(), same.iter().filter(percent).count());
    let points = mine.iter().chain(same).any(|value| value.number.unit == Some("pp"));
    if a == b || points {
        return None;
    }
    let (lost, extra) = if a > b {
        (mine.iter().find(percent)?, same.iter().find(bare)?)
    } else {
        (mine.iter().find(bare)?, same.iter().find(percent)?)
    };
    (lost.number.value == extra.number.value).then(|| (lost.clone(), extra.clone(), Cause::Percentage))
}

/// A value with a unit that no equal value of the other language has, where one there has another unit.
fn other_unit(mine: &[Value], same: &[Value]) -> Option<(Value, Value, Cause)> {
    let (lost, extra) = (with_own_unit(mine, same)?, with_own_unit(same, mine)?);
    let currency = [lost, extra].iter().all(|value| is_currency(&value.number));
    Some((lost.clone(), extra.clone(), if currency { Cause::Currency } else { Cause::Unit }))
}

/// The first value whose unit none of the others has.
fn with_own_unit<'v>(own: &'v [Value], others: &[Value]) -> Option<&'v Value> {
    own.iter().find(|v| v.number.unit.is_some() && others.iter().all(|other| other.number.unit != v.number.unit))
}

fn forgive_moves(left: &mut [Left]) {
    for at in 0..left.len() {
        let lost = std::mem::take(&mut left[at].lost);
        left[at].lost = lost
            .into_iter()
            .filter(|value| {
                let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(left.len());
                let found = near.filter(|&other| other != at).find_map(|other| {
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

fn pair_up(left: Left, found: &mut Vec<Drift>) {
    let Left { lost, mut extra, other, fewer, source, target } = left;
    for value in lost {
        let fit = |extra: &Value| (power_of_ten(&value.number, &extra.number), value.number.kind == extra.number.kind);
        let best = (0..extra.len()).max_by_key(|at| (fit(&extra[*at]), std::cmp::Reverse(*at)));
        let extra = best.map(|at| extra.remove(at));
        let cause = cause(Some(&value), extra.as_ref());
        let severity = severity(Some(&value), extra.as_ref());
        found.push(Drift { cause, severity, lost: Some(value), extra, source, target });
    }
    for value in extra {
        let cause = cause(None, Some(&value));
        let severity = severity(None, Some(&value));
        found.push(Drift { cause, severity, lost: None, extra: Some(value), source, target });
    }
    for value in fewer {
        let cause = cause(Some(&value), None);
        found.push(Drift { cause, severity: Severity::Info, lost: Some(value), extra: None, source, target });
    }
    for (lost, extra, cause) in other {
        let severity = if cause == Cause::Percentage { Severity::Error } else { Severity::Warning };
        found.push(Drift { cause, severity, lost: Some(lost), extra: Some(extra), source, target });
    }
}

/// A number in digits is intended; one in words may be part of a name or a figure of speech.
fn severity(lost: Option<&Value>, extra: Option<&Value>) -> Severity {
    let digits = |value: &&Value| value.written.contains(|c: char| c.is_numeric());
    let meant = lost.iter().chain(&extra).any(digits);
    // An added number may be one that the source puts in words: a quarter, 25 cents.
    if meant && lost.is_some() { Severity::Error } else { Severity::Warning }
}

fn power_of_ten(a: &Number, b: &Number) -> bool {
    let ratio = maths::log10_f64((a.value / b.value).abs());
    ratio.is_finite() && ratio.abs() > 0.5 && (ratio - ratio.round()).abs() < 1e-6 && a.value.abs() >= 1.0
}

fn is_currency(number: &Number) -> bool {
    number.dimension() == Some("money")
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
