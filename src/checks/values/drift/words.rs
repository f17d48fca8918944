//! Numbers sentence by sentence: small ones in words, and those that occur less often than in the source.

use super::kinds::Otherwise;
use super::value::Value;
use super::{Cause, Left, is_counterpart};
use crate::align::{Segment, SegmentPair};
use crate::lang::number::{Form, Kind};

/// How many times a fraction must be the other one for them to be two.
const CLOSE: f64 = 1.1;

/// Compares small numbers in words, and scales alone such as 近百 and “nearly a thousand”. They differ only where a sentence,
/// or the whole unit, has one left over in each language.
pub(super) fn words(segments: &[SegmentPair], pair: usize, theirs: &[Value], ours: &[Value], left: &mut Left) {
    let mut compare = |theirs: &[Value], ours: &[Value]| {
        left.other.extend(lone_words(theirs, ours));
        left.other.extend(lone_scales(theirs, ours));
        left.other.extend(lone_parts(theirs, ours));
    };
    let both = |s: &&SegmentPair| s.pair == pair && !s.sources.is_empty() && !s.targets.is_empty();
    for segment in segments.iter().filter(both) {
        compare(&values_in(theirs, &segment.sources), &values_in(ours, &segment.targets));
    }
    // A quotation and its translation are paired as units alone.
    if !segments.iter().any(|segment| both(&segment)) {
        compare(theirs, ours);
    }
    if !left.other.iter().any(|(_, _, cause)| *cause == Cause::Number) {
        left.other.extend(lone_words(theirs, ours));
    }
}

/// The values that stand in some sentences.
pub(super) fn values_in(values: &[Value], sentences: &[Segment]) -> Vec<Value> {
    values.iter().filter(|value| is_in(value, sentences)).cloned().collect()
}

pub(super) fn is_in(value: &Value, sentences: &[Segment]) -> bool {
    sentences.iter().any(|sentence| sentence.span.encloses(value.span))
}

/// The only small number that one side has alone, with the only one of the other side.
fn lone_words(theirs: &[Value], ours: &[Value]) -> Option<Otherwise> {
    let ordinal = |value: &Value| value.number.kind == Kind::Ordinal;
    let (lost, extra) = lone(theirs, ours, is_small)?;
    let first = [&lost, &extra].into_iter().any(|value| value.number.value == 1.0);
    let meant = !first || lost.in_digits() || extra.in_digits();
    (meant && ordinal(&lost) == ordinal(&extra)).then_some((lost, extra, Cause::Number))
}

/// The only scale that one side has alone, with the only one of the other side.
fn lone_scales(theirs: &[Value], ours: &[Value]) -> Option<Otherwise> {
    lone(theirs, ours, is_scale).map(|(lost, extra)| (lost, extra, Cause::Magnitude))
}

/// The only fraction that one side has alone, with the only one of the other side: 半数 and “a third”.
fn lone_parts(theirs: &[Value], ours: &[Value]) -> Option<Otherwise> {
    let (lost, extra) = lone(theirs, ours, is_part)?;
    let (less, more) = (lost.number.value.min(extra.number.value), lost.number.value.max(extra.number.value));
    (less * CLOSE < more).then_some((lost, extra, Cause::Number))
}

fn is_part(value: &Value) -> bool {
    let number = &value.number;
    number.kind == Kind::Fraction && !value.in_digits() && !value.labelled && 0.0 < number.value && number.value < 1.0
}

fn lone(theirs: &[Value], ours: &[Value], fits: fn(&Value) -> bool) -> Option<(Value, Value)> {
    let (lost, extra) = (surplus(theirs, ours, fits), surplus(ours, theirs, fits));
    match (&lost[..], &extra[..]) {
        ([lost], [extra]) => Some((lost.clone(), extra.clone())),
        _ => None,
    }
}

/// The numbers of one side, each once, that have no equal left on the other. One of the same kind is taken first: the sixth
/// is no counterpart of six where there is 第六 too.
fn surplus(own: &[Value], others: &[Value], fits: fn(&Value) -> bool) -> Vec<Value> {
    let mut others: Vec<&Value> = others.iter().collect();
    let mut answered = vec![false; own.len()];
    for same_kind in [true, false] {
        for (value, answered) in own.iter().zip(&mut answered).filter(|(_, answered)| !**answered) {
            let alike = |other: &Value| !same_kind || value.number.kind == other.number.kind;
            if let Some(at) = others.iter().position(|other| alike(other) && is_counterpart(value, other)) {
                others.remove(at);
                *answered = true;
            }
        }
    }
    let mut surplus: Vec<Value> = Vec::new();
    for (value, _) in own.iter().zip(answered).filter(|(_, answered)| !answered) {
        if fits(value) && surplus.last().is_none_or(|last| last.number.value != value.number.value) {
            surplus.push(value.clone());
        }
    }
    surplus
}

/// A scale in words with no number before it: 百, 十万, a thousand. “Thousands” may be tens of them.
fn is_scale(value: &Value) -> bool {
    let number = &value.number;
    let counted = number.kind == Kind::Cardinal && number.form == Form::Loose;
    counted && !value.written.ends_with('s') && !value.labelled && !value.in_digits() && is_power_of_ten(number.value)
}

fn is_power_of_ten(mut value: f64) -> bool {
    let large = value >= 100.0;
    while value >= 10.0 && value % 10.0 == 0.0 {
        value /= 10.0;
    }
    large && value == 1.0
}

fn is_small(value: &Value) -> bool {
    let number = &value.number;
    let counted = matches!(number.kind, Kind::Cardinal | Kind::Ordinal | Kind::Multiple);
    let comes_to = number.normal.filter(|_| number.kind == Kind::Multiple).unwrap_or(number.value);
    let small = (1.0..=12.0).contains(&comes_to) && comes_to.fract() == 0.0;
    // “One” may be an article, and “first” begin a list.
    let told = comes_to != 1.0 || number.kind == Kind::Ordinal;
    !value.labelled && !value.vague && counted && small && told
}

/// The numbers in digits that a sentence has more often than its translation, where the whole unit has them more often too.
pub(super) fn repeated(segments: &[SegmentPair], pair: usize, theirs: &[Value], ours: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    for segment in segments.iter().filter(|s| s.pair == pair && !s.sources.is_empty() && !s.targets.is_empty()) {
        let (here, there) = (values_in(theirs, &segment.sources), values_in(ours, &segment.targets));
        for (at, value) in here.iter().enumerate().filter(|(_, value)| counts(value)) {
            let same = |other: &&Value| value.number.same_value(&other.number);
            let last = !here[at + 1..].iter().any(|other| counts(other) && same(&other));
            let often = |values: &[Value]| values.iter().filter(same).count();
            let often_in_digits = |values: &[Value]| values.iter().filter(|other| counts(other) && same(other)).count();
            // One that is nowhere is reported as missing.
            let fewer = often(ours) > 0 && often_in_digits(theirs) > often(ours);
            if last && fewer && often_in_digits(&here) > often(&there) {
                found.push(value.clone());
            }
        }
    }
    found
}

/// Whether a number in digits must stand as often in the translation; 1 can be an article there.
fn counts(value: &Value) -> bool {
    value.number.accuses() && value.in_digits() && !value.labelled && value.number.value != 1.0
}
