use std::ops::Range;

use super::super::{Check, Context, Look};
use super::drift::{self, Cause};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("magnitude"),
    group: "values",
    summary: msg!("a number is ten, a hundred or ten thousand times too large or too small"),
    default_level: Severity::Error,
    page: page!("magnitude"),
    look: Look::Text(run),
};

/// The factor from which on 数十亿 no longer agrees with “millions”.
const FAR: f64 = 50.0;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Magnitude, found);
    for (source, target) in context.translations() {
        let (chinese, other) = match (source.lang.is_chinese(), target.lang.is_chinese()) {
            (true, false) => (source, target),
            (false, true) => (target, source),
            _ => continue,
        };
        let (theirs, ours) = (in_chinese(&chinese.text), in_english(&other.text));
        let ([(x, at)], [(y, behind)]) = (&theirs[..], &ours[..]) else { continue };
        if (x / y).max(y / x) < FAR {
            continue;
        }
        let written =
            |unit: &Unit<'_>, range: &Range<usize>| (unit.text[range.clone()].to_owned(), unit.place_of(range.clone()));
        let (mut here, mut there) = (written(chinese, at), written(other, behind));
        if chinese.lang == source.lang {
            std::mem::swap(&mut here, &mut there);
        }
        found.push(
            Diagnostic::warning(CHECK.name, drift::differing(&here.0, &there.0, source.lang))
                .at(here.1)
                .label(there.1, msg!("in {language}", language = source.lang.name()))
                .hint(drift::correct_the_scale()),
        );
    }
}

/// Vague numbers by their scales: 数十亿 is a thousand million, 几百万 a million.
fn in_chinese(text: &str) -> Vec<(f64, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['几', '数']) {
        let rest = &text[at + '几'.len_utf8()..];
        let (mut value, mut end) = (1.0, 0);
        for c in rest.chars() {
            value *= match c {
                '十' => 10.0,
                '百' => 100.0,
                '千' => 1e3,
                '万' => 1e4,
                '亿' => 1e8,
                _ => break,
            };
            end += c.len_utf8();
        }
        if end > 0 {
            found.push((value, at..at + '几'.len_utf8() + end));
        }
    }
    found
}

/// Vague numbers in English: billions, tens of thousands.
fn in_english(text: &str) -> Vec<(f64, Range<usize>)> {
    const SCALES: [(&str, f64); 7] = [
        ("tens", 10.0),
        ("dozens", 10.0),
        ("hundreds", 100.0),
        ("thousands", 1e3),
        ("millions", 1e6),
        ("billions", 1e9),
        ("trillions", 1e12),
    ];
    let mut found: Vec<(f64, Range<usize>)> = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        if let Some((_, scale)) = SCALES.iter().find(|(name, _)| bare.eq_ignore_ascii_case(name)) {
            let end = at + bare.len();
            match found.last_mut().filter(|(_, range)| &text[range.end..at] == " of ") {
                Some((value, range)) => {
                    *value *= scale;
                    range.end = end;
                }
                None => found.push((*scale, at..end)),
            }
        }
        at += word.len();
    }
    found
}
