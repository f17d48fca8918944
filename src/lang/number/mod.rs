//! Numbers in running text, by value: 770万 and 7.7 million are one number.

pub(super) mod arabic;
mod compare;
#[cfg(test)]
mod tests;
pub(super) mod units;
mod vague;

use std::ops::Range;

use super::Lang;
pub use vague::is_vague;

/// A number and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its value. Of 98.5 % it is 98.5; of the 1950s 1950; of version 3.4.1 its parts in steps of a thousandth, 3.004001.
    pub value: f64,
    /// What it comes to, where the words beside it say more than the figure: of 3 p.m. 15, of 91年 and ’91 1991, and of a
    /// change how many times the old amount the new one is: 3 of 增长了两倍 and of tripled, 0.7 of 七折 and of 30 % off.
    pub normal: Option<f64>,
    /// Byte range in the text, without the unit.
    pub range: Range<usize>,
    /// How it is written.
    pub form: Form,
    /// What it counts as.
    pub kind: Kind,
    /// The unit or currency beside it, under one name in all languages, such as `km` or `USD`. The value is in that unit.
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
    /// What the words imply and do not count: 双面, 3D, both ends of 三四岁, one fifth in “one in five” beside its numbers. It
    /// may be the counterpart of a number, and is itself never compared. Its range may cover other numbers.
    Hint,
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
    pub fn cardinal(value: f64, range: Range<usize>, form: Form) -> Self {
        Self { value, normal: None, range, form, kind: Kind::Cardinal, unit: None, in_range: false }
    }

    /// A hint of a plain count.
    pub(super) fn hint(value: f64, range: Range<usize>) -> Self {
        Self::cardinal(value, range, Form::Hint)
    }

    /// Whether a missing counterpart is a finding.
    pub fn accuses(&self) -> bool {
        self.form == Form::Exact
    }
}

/// The numbers of a text in order of place, without hints.
pub fn numbers(text: &str, lang: &Lang) -> Vec<Number> {
    let mut numbers = super::of(lang).numbers(text);
    // A division by zero, and what is too large to be counted, equal nothing, not even themselves.
    numbers.retain(|number| number.value.is_finite() && number.form != Form::Hint);
    join_ranges(text, &mut numbers);
    numbers
}

/// What the words of a text imply beside its [`numbers`], in order of place; all are [`Form::Hint`].
pub fn hints(text: &str, lang: &Lang) -> Vec<Number> {
    let found = super::of(lang).numbers(text);
    let sides = found.iter().flat_map(|number| sides(text, number)).collect::<Vec<_>>();
    let hints = found.into_iter().filter(|number| number.form == Form::Hint).chain(sides);
    let mut hints: Vec<Number> = hints.filter(|number| number.value.is_finite()).collect();
    hints.sort_by_key(|number| number.range.start);
    hints
}

/// The two numbers of a fraction in digits, which may be none: 24/7, 9/11.
fn sides(text: &str, number: &Number) -> Vec<Number> {
    let sides = text[number.range.clone()].split_once('/').filter(|_| number.kind == Kind::Fraction);
    let parts = sides.map_or(Vec::new(), |(above, below)| vec![above, below]);
    let values = parts.iter().filter_map(|side| side.trim().parse::<f64>().ok());
    values.map(|value| Number::hint(value, number.range.clone())).collect()
}

/// What stands between the two ends of a range.
const BETWEEN: [&str; 10] = ["-", "–", "—", "——", "~", "～", "至", "到", "to", "－"];

/// Marks the ends of ranges. What only the second end says (its unit, its percent sign, that it is a year) holds for the
/// first one too.
fn join_ranges(text: &str, numbers: &mut [Number]) {
    for at in 1..numbers.len() {
        let (before, after) = numbers.split_at_mut(at);
        let (first, second) = (&mut before[at - 1], &mut after[0]);
        let between = text[first.range.end..second.range.start].trim();
        let joined = BETWEEN.contains(&between);
        if joined || between == "/" {
            short_year(text, first, second);
        }
        if joined {
            shared_scale(text, first, second);
        }
        let years = first.kind == Kind::Year && second.kind == Kind::Year;
        let plain = first.kind == Kind::Cardinal && first.unit.is_none();
        if (joined || (years && between == "/")) && first.value < second.value && (plain || first.kind == second.kind) {
            (first.in_range, second.in_range) = (true, true);
            let year = second.kind == Kind::Year && second.value - first.value < 1000.0;
            if plain && (year || matches!(second.kind, Kind::Percent | Kind::Multiple | Kind::Cardinal)) {
                (first.kind, first.unit) = (second.kind, second.unit);
            }
        }
    }
}

/// 5 to 10 million, 5 至 10 万: the scale of the second end may be meant for the first one too.
fn shared_scale(text: &str, first: &mut Number, second: &Number) {
    let written = &text[second.range.clone()];
    let digits = &written[..written.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(written.len())];
    let Ok(figure) = digits.parse::<f64>() else { return };
    let plain =
        first.kind == Kind::Cardinal && text[first.range.clone()].bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let scale = (second.value / figure).round();
    if plain && scale >= 1000.0 && first.value < figure && first.normal.is_none() {
        first.normal = Some(first.value * scale);
    }
}

/// 1990–95 and 2024/25: the second year says only its last two digits.
fn short_year(text: &str, first: &mut Number, second: &mut Number) {
    let four = first.range.len() == 4 && (1000.0..2100.0).contains(&first.value);
    let two = second.range.len() == 2 && matches!(second.kind, Kind::Cardinal | Kind::Year);
    let counted = second.unit.is_some_and(|unit| unit != "year");
    let digits = |number: &Number| text[number.range.clone()].bytes().all(|b| b.is_ascii_digit());
    let later = second.value > first.value % 100.0;
    if four && two && later && !counted && digits(first) && digits(second) && first.unit.is_none() {
        second.value += first.value - first.value % 100.0;
        (first.kind, second.kind, second.unit) = (Kind::Year, Kind::Year, None);
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

/// Where the unit behind a number ends; where none stands there, the end of the number.
pub fn end_of_unit(text: &str, number: &Number) -> usize {
    /// The longest unit in words, in characters.
    const LONGEST: usize = 32;
    let rest = &text[number.range.end..];
    let is_unit = |end: &usize| {
        let within = |c: char| c.is_ascii_alphanumeric();
        let cut = rest[..*end].ends_with(within) && rest[*end..].starts_with(within);
        !cut && units::after(&rest[..*end]) == number.unit
    };
    let mut ends = rest.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8());
    let end = number.unit.and_then(|_| ends.find(is_unit));
    number.range.end + end.unwrap_or(0)
}
