//! Numbers in running text, by value: 770万 and 7.7 million are one number.

pub(super) mod arabic;
#[cfg(test)]
mod tests;
pub(super) mod units;

use std::ops::Range;

use super::Lang;

/// A number and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its value. Of 98.5 % it is 98.5; of the 1950s 1950; of version 3.4.1 its parts in steps of a thousandth, 3.004001.
    pub value: f64,
    /// Byte range in the text, without the unit.
    pub range: Range<usize>,
    /// How it is written.
    pub form: Form,
    /// What it counts as.
    pub kind: Kind,
    /// The unit or currency beside it, under one name in all languages, such as `km` or `USD`. Units are not converted.
    pub unit: Option<&'static str>,
    /// Whether it is one of the two ends of a range, such as 5–20 %.
    pub in_range: bool,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With digits, or in words so exact that it can only be a number. It must have a counterpart.
    Exact,
    /// In words that may be an idiom, an article or an approximation. It can be a counterpart, but needs none.
    Loose,
}

/// What a number counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// How many, or how much.
    Cardinal,
    /// Which of a row: 第三, third.
    Ordinal,
    /// Of a hundred, also 七成 and 八五折; the value is in hundredths.
    Percent,
    /// 三分之二, two thirds.
    Fraction,
    /// How many times as much: 23.6 倍, 23.6-fold, 翻倍, doubled.
    Multiple,
    /// A year of the calendar.
    Year,
    /// A month of the calendar, from 1 to 12.
    Month,
    /// A day of the month.
    Day,
    /// Ten years, by the first of them.
    Decade,
    /// A hundred years, by their ordinal.
    Century,
    /// A version or an address: three or more numbers with points between.
    Version,
}

impl Number {
    /// A plain count without a unit.
    pub(super) fn cardinal(value: f64, range: Range<usize>, form: Form) -> Self {
        Self { value, range, form, kind: Kind::Cardinal, unit: None, in_range: false }
    }

    /// Whether a missing counterpart is a finding.
    pub fn accuses(&self) -> bool {
        self.form == Form::Exact
    }

    /// Whether both have the same value, up to rounding of the arithmetic. A half is 50 %.
    pub fn same_value(&self, other: &Number) -> bool {
        same(self.value, other.value) || self.is_share_of(other) || other.is_share_of(self)
    }

    /// Whether this is a percentage that says the same as a fraction, a decimal or a multiple.
    fn is_share_of(&self, other: &Number) -> bool {
        let share = match other.kind {
            Kind::Fraction | Kind::Multiple => true,
            Kind::Cardinal => other.value.abs() < 1.0,
            _ => false,
        };
        self.kind == Kind::Percent && share && same(self.value / 100.0, other.value)
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// The numbers of a text in order of place.
pub fn numbers(text: &str, lang: &Lang) -> Vec<Number> {
    let mut numbers = super::of(lang).numbers(text);
    // A division by zero, and what is too large to be counted, equal nothing, not even themselves.
    numbers.retain(|number| number.value.is_finite());
    join_ranges(text, &mut numbers);
    numbers
}

/// What stands between the two ends of a range.
const BETWEEN: [&str; 9] = ["-", "–", "—", "~", "～", "至", "到", "to", "－"];

/// Marks the ends of ranges. What only the second end says (its unit, its percent sign) holds for the first one too.
fn join_ranges(text: &str, numbers: &mut [Number]) {
    for at in 1..numbers.len() {
        let (before, after) = numbers.split_at_mut(at);
        let (first, second) = (&mut before[at - 1], &mut after[0]);
        let between = text[first.range.end..second.range.start].trim();
        let plain = first.kind == Kind::Cardinal && first.unit.is_none();
        if BETWEEN.contains(&between) && first.value < second.value && (plain || first.kind == second.kind) {
            (first.in_range, second.in_range) = (true, true);
            if plain && matches!(second.kind, Kind::Percent | Kind::Multiple | Kind::Cardinal) {
                (first.kind, first.unit) = (second.kind, second.unit);
            }
        }
    }
}

/// Whether a value has at least two digits that count, so that a word for it is no idiom: 24, 1200, but not 3 or 5000.
pub(super) fn is_telling(value: f64) -> bool {
    let mut value = value.abs();
    while value >= 10.0 && value % 10.0 == 0.0 {
        value /= 10.0;
    }
    value > 10.0 || value.fract() != 0.0
}
