//! Whether a number stands in the text of the other language after all: in code, in a name, in the same letters.

use std::ops::Range;

use super::value::Value;
use crate::align::Unit;
use crate::checks::compare::inlines;
use crate::lang::number::{Form, Kind, Number, hints, numbers};
use crate::model::InlineKind;
use crate::source::Span;

/// What the units of one language hold besides their values.
pub(super) struct Stock<'u, 'a> {
    units: &'u [Unit<'a>],
    /// Numbers in code and formulas.
    codes: Vec<Number>,
    /// What words imply.
    implied: Vec<Number>,
    /// Digits that are read as no number: those of names and titles.
    unread: Vec<String>,
}

impl<'u, 'a> Stock<'u, 'a> {
    pub(super) fn of(units: &'u [Unit<'a>]) -> Self {
        let unread = units.iter().flat_map(unread).collect();
        Self {
            units,
            codes: in_code(units),
            implied: implied(units).into_iter().map(|(hint, _)| hint).collect(),
            unread,
        }
    }

    /// Whether a value of the other language stands here.
    pub(super) fn has(&self, value: &Value) -> bool {
        self.has_aside(value)
            || self.implied.iter().any(|hint| hint.same_value(&value.number) || hint.converts_to(&value.number))
            || (value.written.len() > 1 && self.has_written(&value.written))
    }

    /// Whether a value stands in code or a name.
    pub(super) fn has_aside(&self, value: &Value) -> bool {
        self.codes.iter().any(|code| value.number.same_value(code)) || self.has_digits(value)
    }

    /// Whether the same digits are part of a name here: the 6 of 6am or M6. Of a year the last two can be: SS19.
    fn has_digits(&self, value: &Value) -> bool {
        let Some(digits) = value.digits() else { return false };
        let short = digits.get(2..).filter(|_| value.number.kind == Kind::Year);
        self.unread.iter().any(|token| *token == digits || Some(token.as_str()) == short)
    }

    /// Whether the text has the same digits, here read as part of something else, or the same word in Latin letters, as in
    /// a title that is not translated. Addresses and ids are no text: they stay what they are, whatever is translated.
    fn has_written(&self, written: &str) -> bool {
        let digits = written.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
        if !digits && !written.bytes().all(|b| b.is_ascii_alphabetic()) {
            return false;
        }
        let stands = |text: &str| {
            text.match_indices(written).any(|(at, _)| {
                let part = |c: char| if digits { c.is_ascii_digit() } else { c.is_ascii_alphanumeric() };
                let around = (&text[..at], &text[at + written.len()..]);
                !around.0.ends_with(part)
                    && !around.1.starts_with(part)
                    && !around.0.ends_with(['.', ','])
                    && !around.1.starts_with('%')
            })
        };
        self.units.iter().any(|unit| {
            let mut found = stands(&unit.text);
            inlines(unit, &mut |inline| {
                if let InlineKind::Code(text) | InlineKind::Math { text, .. } = &inline.kind {
                    found |= stands(text);
                }
            });
            found
        })
    }
}

/// What the words of some units imply beside their numbers, with their places: both ends of 三四岁, the two sides of 双面.
pub(super) fn implied(units: &[Unit<'_>]) -> Vec<(Number, Span)> {
    let placed = |unit: &Unit<'_>| {
        let hints = hints(&unit.text, unit.lang).into_iter();
        hints.map(|hint| (hint.clone(), unit.place(hint.range))).collect::<Vec<_>>()
    };
    units.iter().flat_map(placed).collect()
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

/// The digits of a unit, with points between, that no number was read from.
fn unread(unit: &Unit<'_>) -> Vec<String> {
    let read: Vec<Range<usize>> = numbers(&unit.text, unit.lang).into_iter().map(|number| number.range).collect();
    let (text, mut at, mut found) = (unit.text.as_str(), 0, Vec::new());
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        let end = text[start..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(text.len(), |len| start + len);
        if !read.iter().any(|range| range.start < end && start < range.end) {
            found.push(text[start..end].trim_end_matches('.').to_owned());
        }
        at = end;
    }
    found
}
