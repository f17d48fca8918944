//! Numbers sentence by sentence: small ones in words, and those that occur less often than in the source.

use std::ops::Range;

use super::{Cause, Left, Value};
use crate::align::{Segment, SegmentPair};
use crate::lang::number::Kind;

/// Compares small numbers in words, which differ only where a sentence, or the whole unit, has one left over in each
/// language.
pub(super) fn words(segments: &[SegmentPair], pair: usize, theirs: &[Value], ours: &[Value], left: &mut Left) {
    for segment in segments.iter().filter(|segment| segment.pair == pair) {
        let inside = |values: &[Value], side: &[Segment]| -> Vec<Value> {
            let here = |v: &&Value| side.iter().any(|s| s.span.start <= v.span.start && v.span.end <= s.span.end);
            values.iter().filter(here).cloned().collect()
        };
        left.other.extend(lone_words(&inside(theirs, &segment.sources), &inside(ours, &segment.targets)));
    }
    if !left.other.iter().any(|(_, _, cause)| *cause == Cause::Number) {
        left.other.extend(lone_words(theirs, ours));
    }
}

/// The only small number that one side has alone, with the only one of the other side.
fn lone_words(theirs: &[Value], ours: &[Value]) -> Option<(Value, Value, Cause)> {
    let small = |value: &Value| {
        let n = &value.number;
        let counted = matches!(n.kind, Kind::Cardinal | Kind::Ordinal | Kind::Multiple);
        !value.labelled && !value.vague && counted && (2.0..=12.0).contains(&n.value) && n.value.fract() == 0.0
    };
    let surplus = |own: &[Value], others: &[Value]| -> Vec<Value> {
        let mut others: Vec<f64> = others.iter().map(|value| value.number.value).collect();
        let mut left: Vec<Value> = own.to_vec();
        left.retain(|value| match others.iter().position(|other| *other == value.number.value) {
            Some(at) => {
                others.remove(at);
                false
            }
            None => small(value),
        });
        left
    };
    let (mut lost, mut odd) = (surplus(theirs, ours), surplus(ours, theirs));
    lost.dedup_by(|a, b| a.number.value == b.number.value);
    odd.dedup_by(|a, b| a.number.value == b.number.value);
    let ordinal = |value: &Value| value.number.kind == Kind::Ordinal;
    match (&lost[..], &odd[..]) {
        ([a], [b]) if ordinal(a) == ordinal(b) => Some((a.clone(), b.clone(), Cause::Number)),
        _ => None,
    }
}

/// Adds the numbers in digits that a sentence has but its translation lacks, where the whole unit has fewer of them too.
pub(super) fn repeated(segments: &[SegmentPair], pair: usize, theirs: &[Value], ours: &[Value], left: &mut Left) {
    let inside = |value: &Value, side: &[Segment]| {
        side.iter().any(|s| s.span.start <= value.span.start && value.span.end <= s.span.end)
    };
    for segment in segments.iter().filter(|s| s.pair == pair && !s.sources.is_empty() && !s.targets.is_empty()) {
        for value in theirs.iter().filter(|value| inside(value, &segment.sources)) {
            let same = |other: &&Value| value.number.same_value(&other.number);
            let digits = value.number.accuses() && value.written.contains(|c: char| c.is_numeric());
            let (often, here) = (ours.iter().filter(same).count(), |other: &Value| inside(other, &segment.targets));
            // One that is nowhere is reported as missing.
            let fewer = often > 0 && theirs.iter().filter(same).count() > often;
            if digits && fewer && !ours.iter().filter(same).any(here) {
                left.fewer.push(value.clone());
            }
        }
    }
}

/// Whether a number in words counts nothing exactly: 数十, 几十, 十余, dozens, both, 三是.
pub(super) fn is_vague(text: &str, range: &Range<usize>) -> bool {
    let (before, written, behind) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let about = ['几', '数', '幾', '數', '多', '余', '餘', '来', '來'];
    let word = written.to_ascii_lowercase();
    before.ends_with(['几', '数', '幾', '數', '其', '上'])
        || written.contains(about)
        || behind.starts_with(about)
        || behind.starts_with('是')
        || word.starts_with("dozen")
        || matches!(word.as_str(), "both" | "pair" | "pairs" | "couple" | "tens")
}
