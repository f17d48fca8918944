//! Numbers sentence by sentence: small ones in words, and those that occur less often than in the source.

use std::ops::Range;

use super::{Cause, Left, Value};
use crate::align::{Segment, SegmentPair};
use crate::lang::number::Kind;

/// Compares small numbers in words, which differ only where a sentence, or the whole unit, has one left over in each
/// language.
pub(super) fn words(segments: &[SegmentPair], pair: usize, theirs: &[Value], ours: &[Value], left: &mut Left) {
    for segment in segments.iter().filter(|segment| segment.pair == pair) {
        left.other.extend(lone_words(&values_in(theirs, &segment.sources), &values_in(ours, &segment.targets)));
    }
    if !left.other.iter().any(|(_, _, cause)| *cause == Cause::Number) {
        left.other.extend(lone_words(theirs, ours));
    }
}

/// The values that stand in some sentences.
fn values_in(values: &[Value], sentences: &[Segment]) -> Vec<Value> {
    values.iter().filter(|value| is_in(value, sentences)).cloned().collect()
}

fn is_in(value: &Value, sentences: &[Segment]) -> bool {
    sentences.iter().any(|sentence| sentence.span.encloses(value.span))
}

/// The only small number that one side has alone, with the only one of the other side.
fn lone_words(theirs: &[Value], ours: &[Value]) -> Option<(Value, Value, Cause)> {
    let (mut lost, mut extra) = (small_surplus(theirs, ours), small_surplus(ours, theirs));
    lost.dedup_by(|a, b| a.number.value == b.number.value);
    extra.dedup_by(|a, b| a.number.value == b.number.value);
    let ordinal = |value: &Value| value.number.kind == Kind::Ordinal;
    match (&lost[..], &extra[..]) {
        ([a], [b]) if ordinal(a) == ordinal(b) => Some((a.clone(), b.clone(), Cause::Number)),
        _ => None,
    }
}

/// The small numbers of one side that have no equal left on the other.
fn small_surplus(own: &[Value], others: &[Value]) -> Vec<Value> {
    let mut others: Vec<f64> = others.iter().map(|value| value.number.value).collect();
    let mut surplus = Vec::new();
    for value in own {
        if let Some(at) = others.iter().position(|other| *other == value.number.value) {
            others.remove(at);
        } else if is_small(value) {
            surplus.push(value.clone());
        }
    }
    surplus
}

fn is_small(value: &Value) -> bool {
    let number = &value.number;
    let counted = matches!(number.kind, Kind::Cardinal | Kind::Ordinal | Kind::Multiple);
    let in_words = (2.0..=12.0).contains(&number.value) && number.value.fract() == 0.0;
    !value.labelled && !value.vague && counted && in_words
}

/// Adds the numbers in digits that a sentence has but its translation lacks, where the whole unit has fewer of them too.
pub(super) fn repeated(segments: &[SegmentPair], pair: usize, theirs: &[Value], ours: &[Value], left: &mut Left) {
    for segment in segments.iter().filter(|s| s.pair == pair && !s.sources.is_empty() && !s.targets.is_empty()) {
        for value in theirs.iter().filter(|value| is_in(value, &segment.sources)) {
            let same = |other: &&Value| value.number.same_value(&other.number);
            let digits = value.number.accuses() && value.written.contains(|c: char| c.is_numeric());
            let often = ours.iter().filter(same).count();
            // One that is nowhere is reported as missing.
            let fewer = often > 0 && theirs.iter().filter(same).count() > often;
            if digits && fewer && !ours.iter().filter(same).any(|other| is_in(other, &segment.targets)) {
                left.fewer.push(value.clone());
            }
        }
    }
}

/// Whether a number in words counts nothing exactly: 数十, 几十, 十余, dozens, both, 三是.
pub(super) fn is_vague(text: &str, range: &Range<usize>) -> bool {
    let (before, written, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let about = ['几', '数', '幾', '數', '多', '余', '餘', '来', '來'];
    let word = written.to_ascii_lowercase();
    before.ends_with(['几', '数', '幾', '數', '其', '上'])
        || written.contains(about)
        || after.starts_with(about)
        || after.starts_with('是')
        || word.starts_with("dozen")
        || matches!(word.as_str(), "both" | "pair" | "pairs" | "couple" | "tens")
}
