//! Vague numbers by their scales: billions, tens of thousands.

use std::ops::Range;

const SCALES: [(&str, f64); 7] = [
    ("tens", 10.0),
    ("dozens", 10.0),
    ("hundreds", 100.0),
    ("thousands", 1e3),
    ("millions", 1e6),
    ("billions", 1e9),
    ("trillions", 1e12),
];

pub(in crate::lang) fn scales(text: &str) -> Vec<(f64, Range<usize>)> {
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
