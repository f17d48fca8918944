//! Numbers in English text.

use super::{Form, Number, digits};

/// Number words with their values; a scale multiplies what stands before it.
const WORDS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("first", 1.0),
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("once", 1.0),
    ("twice", 2.0),
    ("double", 2.0),
    ("doubled", 2.0),
    ("doubles", 2.0),
    ("doubling", 2.0),
    ("triple", 3.0),
    ("tripled", 3.0),
    ("both", 2.0),
    ("dozen", 12.0),
    ("single", 1.0),
    ("january", 1.0),
    ("february", 2.0),
    ("march", 3.0),
    ("april", 4.0),
    ("may", 5.0),
    ("june", 6.0),
    ("july", 7.0),
    ("august", 8.0),
    ("september", 9.0),
    ("october", 10.0),
    ("november", 11.0),
    ("december", 12.0),
];

const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("hundreds", 1e2),
    ("thousand", 1e3),
    ("thousands", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("billion", 1e9),
    ("billions", 1e9),
    ("trillion", 1e12),
    ("trillions", 1e12),
    ("bn", 1e9),
];

pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let before = text[..at].chars().next_back();
        let rest = &text[at..];
        if let Some((value, used)) = digits(rest) {
            let (value, used) = scaled(rest, value, used);
            // A digit glued to a letter or after a hyphen is part of a name, such as M6 or GPT-3.
            let glued = before.is_some_and(|p| p.is_ascii_alphabetic())
                || (before == Some('-') && text[..at - 1].chars().next_back().is_some_and(|p| p.is_ascii_uppercase()));
            if !glued {
                found.push(Number { value, range: at..at + used, form: Form::Exact });
            }
            at += used;
        } else if c.is_ascii_alphabetic() {
            let used = word_number(rest).map_or_else(
                || word(rest).len(),
                |(value, used)| {
                    found.push(Number { value, range: at..at + used, form: Form::Loose });
                    used
                },
            );
            at += used;
        } else {
            at += c.len_utf8();
        }
    }
    found
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

fn lookup(table: &[(&str, f64)], word: &str) -> Option<f64> {
    table.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, value)| *value)
}

/// Takes up scale words after a number: `7.7 million`, `12 hundred million`.
fn scaled(text: &str, mut value: f64, mut used: usize) -> (f64, usize) {
    loop {
        let rest = &text[used..];
        let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '-']).len();
        let next = word(&rest[gap..]);
        let Some(scale) = lookup(SCALES, next) else { return (value, used) };
        value *= scale;
        used += gap + next.len();
    }
}

/// A number in words: `twenty-four`, `three hundred and five`, `a hundred`, `two million`.
fn word_number(text: &str) -> Option<(f64, usize)> {
    let first = word(text);
    let (mut total, mut section, mut used) = match (lookup(WORDS, first), lookup(SCALES, first)) {
        (Some(value), _) => (0.0, value, first.len()),
        (None, Some(scale)) => (0.0, scale, first.len()),
        (None, None) => return None,
    };
    loop {
        let rest = &text[used..];
        let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
        let next = word(&rest[gap..]);
        if gap == 0 || next.is_empty() {
            break;
        }
        if let Some(scale) = lookup(SCALES, next) {
            if scale > 100.0 {
                total += section * scale;
                section = 0.0;
            } else {
                section *= scale;
            }
        } else if let Some(value) =
            lookup(WORDS, next).filter(|v| rest.starts_with('-') && *v < 10.0 && section >= 20.0)
        {
            section += value;
        } else {
            break;
        }
        used += gap + next.len();
    }
    Some((total + section, used))
}
