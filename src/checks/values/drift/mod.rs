//! Values that differ between paired units. Each has one cause, and one check reports it.

mod exchanged;
pub(super) mod kinds;
mod pairing;
mod stands;
mod tell;
mod value;
mod words;

use crate::align::{Pair, Segment, SegmentPair, Unit};
use crate::checks::Context;
use crate::checks::moved::moved_far;
use crate::checks::quotation;
use crate::diagnostic::Severity;
use crate::lang::number::{Kind, Number, numbers};
use crate::source::Span;

use exchanged::exchanged;
use kinds::{Otherwise, otherwise};
use pairing::{forgive_moves, pair_up};
use stands::{Stock, implied};
pub(in crate::checks) use tell::{correct_the_scale, differing, report};
use value::{Value, heads, values};
use words::{is_in, repeated, words};

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

/// A value that only one language has, or that differs in the other.
#[derive(Debug, Clone)]
pub(in crate::checks) struct Drift {
    cause: Cause,
    severity: Severity,
    lost: Option<Value>,
    extra: Option<Value>,
    what: What,
    /// The places of the paired units.
    source: Span,
    target: Span,
}

/// How a value differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// It is missing, added, or another one.
    Differs,
    /// Both languages have both values, each in the place of the other.
    Exchanged,
    /// It occurs less often in the translation.
    Repeated,
    /// It is the same in another unit.
    Converted,
}

/// What is left over in one pair of units.
struct Left {
    /// Which pair of its chapter it is.
    at: usize,
    lost: Vec<Value>,
    extra: Vec<Value>,
    /// Values that are equal and of another kind or unit.
    other: Vec<Otherwise>,
    /// Values that occur less often in the translation.
    fewer: Vec<Value>,
    /// Values that the translation gives in another unit, with what it gives.
    converted: Vec<(Value, Value)>,
    /// Loose values of the translation that nothing in the source says, to be shown beside what was lost.
    spare: Vec<Value>,
    /// Two values of the source that stand in each other's place in the translation.
    exchanged: Vec<(Value, Value)>,
    source: Span,
    target: Span,
}

/// Every drift of a book.
pub(in crate::checks) fn drifts(context: &Context<'_>) -> Vec<Drift> {
    let mut found = Vec::new();
    for (chapter, segments) in context.alignment.chapters.iter().zip(&context.segments) {
        let heads = heads(chapter);
        let mut left: Vec<Left> = Vec::new();
        for (at, pair) in chapter.pairs.iter().enumerate() {
            let quoted = quotation::translation(chapter, at);
            let pair = quoted.as_ref().unwrap_or(pair);
            if pair.sources.is_empty() || pair.targets.is_empty() || moved_far(chapter, at) || is_equal(pair) {
                continue;
            }
            let (theirs, ours) = (values(context, &pair.sources, &heads), values(context, &pair.targets, &heads));
            if theirs.is_empty() && ours.is_empty() {
                continue;
            }
            let mut here = compare(context, at, pair, &theirs, &ours);
            if here.lost.is_empty() && here.extra.is_empty() {
                words(segments, at, &theirs, &ours, &mut here);
                let own: Vec<&SegmentPair> = segments.iter().filter(|segment| segment.pair == at).collect();
                forgive_implied(pair, &own, &mut here.other);
            }
            here.fewer = repeated(segments, at, &theirs, &ours);
            if !here.fewer.is_empty() {
                let stock = Stock::of(&pair.targets);
                here.fewer.retain(|value| !stock.has_aside(value));
            }
            here.exchanged = exchanged(segments, at, pair, &theirs, &ours);
            left.push(here);
        }
        forgive_moves(&mut left);
        for left in left {
            pair_up(left, &mut found);
        }
    }
    found
}

/// Leaves out numbers in words that the words of the other language imply, in the same sentence where both stand in one.
fn forgive_implied(pair: &Pair<'_>, segments: &[&SegmentPair], other: &mut Vec<Otherwise>) {
    let in_words = |cause: Cause| matches!(cause, Cause::Number | Cause::Magnitude);
    if other.iter().any(|(_, _, cause)| in_words(*cause)) {
        let (ours, theirs) = (implied(&pair.targets), implied(&pair.sources));
        let says = |hints: &[(Number, Span)], value: &Value, among: Option<&[Segment]>| {
            let inside = |place: &Span| among.is_none_or(|among| among.iter().any(|s| s.span.encloses(*place)));
            hints.iter().any(|(hint, place)| inside(place) && hint.same_value(&value.number))
        };
        other.retain(|(lost, extra, cause)| {
            let both = |s: &&&SegmentPair| is_in(lost, &s.sources) && is_in(extra, &s.targets);
            let segment = segments.iter().find(both);
            let [among, back] = [segment.map(|s| &s.targets[..]), segment.map(|s| &s.sources[..])];
            !in_words(*cause) || !(says(&ours, lost, among) || says(&theirs, extra, back))
        });
    }
}

/// Whether both units say the same, letter for letter.
fn is_equal(pair: &Pair<'_>) -> bool {
    matches!((&pair.sources[..], &pair.targets[..]), ([source], [target]) if source.text == target.text)
}

fn compare(context: &Context<'_>, at: usize, pair: &Pair<'_>, theirs: &[Value], ours: &[Value]) -> Left {
    Left {
        at,
        lost: absent(context, theirs, ours, &pair.targets),
        extra: absent(context, ours, theirs, &pair.sources),
        other: otherwise(theirs, ours),
        fewer: Vec::new(),
        spare: ours
            .iter()
            .filter(|v| !v.number.accuses() && !theirs.iter().any(|o| is_counterpart(o, v)))
            .cloned()
            .collect(),
        converted: converted(theirs, ours),
        exchanged: Vec::new(),
        source: pair.sources[0].span,
        target: pair.targets[0].span,
    }
}

/// Values that only another unit says in the translation. Months for days and the like are no conversion that a reader sees.
fn converted(theirs: &[Value], ours: &[Value]) -> Vec<(Value, Value)> {
    let other = |value: &Value| {
        let equal = ours.iter().any(|other| value.number.same_value(&other.number));
        let time = matches!(value.number.dimension(), Some("time" | "data"));
        ours.iter().find(|other| value.number.converts_to(&other.number)).filter(|_| !equal && !time).cloned()
    };
    theirs.iter().filter_map(|value| Some((value.clone(), other(value)?))).collect()
}

/// The values that the units of the other language have neither as values nor in code nor in the same letters. An amount in
/// another unit answers one value only: 1 秒 beside “1000 ms (a second)” leaves the milliseconds without counterpart.
fn absent(context: &Context<'_>, own: &[Value], others: &[Value], units: &[Unit<'_>]) -> Vec<Value> {
    let is_absent = |value: &&Value| {
        let spoken_for = |other: &Value| own.iter().any(|mine| mine.written != value.written && is_amount(mine, other));
        let answers = |other: &Value| {
            is_counterpart(value, other)
                && !(value.number.converts_to(&other.number)
                    && !value.number.same_value(&other.number)
                    && spoken_for(other))
        };
        value.number.accuses() && !value.labelled && !others.iter().any(answers)
    };
    let mut absent: Vec<Value> = own.iter().filter(is_absent).cloned().collect();
    if !absent.is_empty() {
        let stock = Stock::of(units);
        absent.retain(|value| !stock.has(value) && !is_told(context, value, units));
    }
    absent
}

/// Whether a value stands in text of some units that is told to be missing in the language of the value.
fn is_told(context: &Context<'_>, value: &Value, units: &[Unit<'_>]) -> bool {
    units.iter().any(|unit| {
        let told = |number: &Number| context.is_excused(unit.place(number.range.clone()));
        numbers(&unit.text, unit.lang).iter().any(|number| value.number.same_value(number) && told(number))
    })
}

/// Whether two values are one amount in the same unit.
fn is_amount(a: &Value, b: &Value) -> bool {
    a.number.unit == b.number.unit && a.number.same_value(&b.number)
}

/// Whether a value can be the translation of another one.
fn is_counterpart(a: &Value, b: &Value) -> bool {
    a.number.same_value(&b.number)
        || is_same_but_for_sign(a, b)
        || a.number.converts_to(&b.number)
        || is_said_as(&a.number, &b.number)
        || is_said_as(&b.number, &a.number)
}

/// “minus 50” and 减去 50. A temperature below zero is one by its sign.
fn is_same_but_for_sign(a: &Value, b: &Value) -> bool {
    let sign = |value: &Value| {
        let in_words = value.written.starts_with(char::is_alphabetic) && value.number.value < 0.0;
        in_words && !value.written.starts_with('零') && value.number.dimension() != Some("temperature")
    };
    (sign(a) || sign(b)) && a.number.value.abs() == b.number.value.abs()
}

/// Whether the one is another way to say the other.
fn is_said_as(a: &Number, b: &Number) -> bool {
    match (a.kind, b.kind) {
        // The century of 90年代 is not said.
        (Kind::Decade, Kind::Decade) => (a.value - b.value).abs() % 100.0 == 0.0,
        // “The early 2000s” is the beginning of the 21st century.
        (Kind::Decade, Kind::Century) => a.value == (b.value - 1.0) * 100.0,
        // “A third” is one of three parts, or the one after the second.
        (Kind::Ordinal | Kind::Cardinal, Kind::Fraction) => !b.accuses() && (a.value * b.value - 1.0).abs() < 1e-9,
        _ => false,
    }
}
