//! What stands beside an English number and says what it is: months, halves of the day, prices off, what it is a share of.

use super::cardinal::Cardinal;
use crate::lang::number::{Form, Kind, Number, arabic};

/// October 3, Oct. 3 and 3 October: the number beside a month is its day.
pub(super) fn month(text: &str, found: &mut [Number], mut number: Number) -> Number {
    let Some(last) = found.last_mut() else { return number };
    let day = |number: &Number| {
        matches!(number.kind, Kind::Cardinal | Kind::Ordinal) && number.value <= 31.0 && number.value.fract() == 0.0
    };
    let between = text[last.range.end..number.range.start].trim_matches(' ');
    if between.trim_start_matches('.').is_empty() && last.kind == Kind::Month && day(&number) {
        number.kind = Kind::Day;
    } else if matches!(between, "" | "of") && number.kind == Kind::Month && day(last) {
        last.kind = Kind::Day;
    }
    number
}

/// Makes months of the abbreviations that have a day, a year or another month beside them: 23 Oct, Sept. 2026, Jan–Mar.
pub(super) fn months(text: &str, found: &mut [Number]) {
    let dated = |number: &Number| matches!(number.kind, Kind::Day | Kind::Year | Kind::Month);
    for at in 0..found.len() {
        if found[at].form != Form::Hint || found[at].kind != Kind::Month {
            continue;
        }
        let beside = |a: &Number, b: &Number| {
            let between = &text[a.range.end..b.range.start];
            between.len() <= 4 && !between.contains(char::is_alphanumeric)
        };
        let before = at.checked_sub(1).is_some_and(|last| dated(&found[last]) && beside(&found[last], &found[at]));
        let after = found.get(at + 1).is_some_and(|next| dated(next) && beside(&found[at], next));
        if before || after {
            found[at].form = Form::Loose;
        }
    }
}

/// The minutes that a quarter or a half stands for: a quarter past nine, half past three, a quarter to ten.
pub(super) fn minutes(text: &str, end: usize) -> Option<f64> {
    let rest = text[end..].strip_prefix(' ')?;
    let hour = |rest: &str| super::words::read(rest).is_some_and(|read| matches!(read.word, super::Word::Small(_)));
    if rest.starts_with("past ") {
        Some(15.0)
    } else {
        rest.strip_prefix("to ").filter(|rest| hour(rest)).map(|_| 45.0)
    }
}

/// Whether what follows a multiple says what it is a multiple of, so that it is that many times the old amount.
pub(super) fn is_of_old(rest: &str) -> bool {
    let rest = rest.trim_start();
    ["as ", "the ", "its ", "their ", "his ", "her ", "our ", "that ", "those ", "what "]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// Looks at the words behind a number that say how it is meant.
pub(super) fn amend(text: &str, number: &mut Number, read: &Cardinal) {
    let (before, after) = (&text[..number.range.start], &text[number.range.end..]);
    match number.kind {
        Kind::Percent => percent(text, number),
        Kind::Multiple => {
            let rest = after.trim_start_matches([' ', '-']).trim_start_matches("times").trim_start_matches("fold");
            number.normal = is_of_old(rest).then_some(number.value);
        }
        Kind::Cardinal => {
            if after.trim_start().starts_with("basis point") {
                (number.value, number.kind, number.unit) = (number.value / 100.0, Kind::Percent, Some("pp"));
            } else if is_below_zero(after) && number.value > 0.0 {
                number.value = -number.value;
            } else if before.ends_with(['’', '\'', '‘']) && read.digits == 2 && is_apart(before) {
                number.normal = Some(if number.value < 30.0 { 2000.0 } else { 1900.0 } + number.value);
            }
            if number.unit == Some("GBP") {
                number.unit = pounds(before, after, number.value);
            }
            hour(text, number);
        }
        _ => {}
    }
}

/// 5 ‰, 5 ppm, 30 % off.
fn percent(text: &str, number: &mut Number) {
    let (written, after) = (&text[number.range.clone()], &text[number.range.end..]);
    if written.ends_with('‰') {
        number.value /= 10.0;
    } else if written.ends_with("ppm") {
        number.value /= 1e4;
    }
    let rest = after.trim_start_matches([' ', '-']);
    let rest = ["percent", "per cent"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', '-']);
    if rest.starts_with("percentage point") || text[number.range.end..].trim_start().starts_with("percentage point") {
        number.unit = Some("pp");
    }
    let off = rest.strip_prefix("off").is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    if off || rest.starts_with("discount") || rest.starts_with("cheaper") {
        number.normal = Some(1.0 - number.value / 100.0);
    }
}

/// 12 below zero, 12 degrees Celsius below zero.
fn is_below_zero(after: &str) -> bool {
    let rest = after.trim_start_matches(' ');
    let rest =
        ["degrees", "degree", "°C", "°F", "℃", "°"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.trim_start_matches(' ');
    let rest = ["Celsius", "Fahrenheit", "C ", "F "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    rest.trim_start_matches(' ').starts_with("below zero")
}

/// Whether the text before a decade says whose age it is: in his late 40s.
pub(super) fn is_age(before: &str) -> bool {
    let words = ["early", "mid", "middle", "late"];
    let trimmed = before.trim_end_matches([' ', '-']);
    let owner = words.iter().find_map(|word| trimmed.strip_suffix(word)).unwrap_or(trimmed).trim_end();
    ["his", "her", "their", "my", "our", "your", "its"]
        .iter()
        .any(|word| owner.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric())))
}

/// Whether the apostrophe that ends a text begins what follows: ’91, class of '91.
fn is_apart(before: &str) -> bool {
    !before.trim_end_matches(['’', '\'', '‘']).ends_with(char::is_alphanumeric)
}

/// How far before a number the words are sought that say what pounds are, in bytes.
const CLAUSE: usize = 400;

/// What pounds are: money (£5, 5 million pounds, costs 5 pounds) or weight (weighs 5 pounds, 5 pounds of flour, a 5-pound pig),
/// if the words around them say so.
fn pounds(before: &str, after: &str, value: f64) -> Option<&'static str> {
    const HEAVY: [&str; 6] = ["weigh", "heav", "lift", " load", "gained ", "lost "];
    const PAID: [&str; 12] =
        ["cost", "price", "pay", "paid", "spen", "worth", "rais", "fund", "sum", "earn", "fee", "charge"];
    let words = after.trim_start_matches([' ', '-']);
    if before.trim_end().ends_with(['£', 'P']) || !words.starts_with("pound") || value >= 1e5 {
        return Some("GBP");
    }
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(CLAUSE))..];
    let near = before.rfind(['.', '!', '?', ';']).map_or(before, |at| &before[at..]).to_ascii_lowercase();
    let said = |words: &[&str]| words.iter().any(|word| near.contains(word));
    let counted = ["pounds of ", "pound ", "pound-"].iter().any(|word| words.starts_with(word));
    if counted || said(&HEAVY) {
        Some("lb")
    } else {
        (said(&PAID) || words.starts_with("pounds sterling")).then_some("GBP")
    }
}

/// 4:30 p.m., 5:00, nine in the morning: the hour of the day, and the `:00` of a full one.
fn hour(text: &str, number: &mut Number) {
    let written = &text[number.range.clone()];
    if let Some((hour, minutes)) = written.split_once('.')
        && (hour.len() <= 2 && minutes.len() == 2)
        && half_of_day(&text[number.range.end..]).is_some()
    {
        // 7.55 a.m.: the minutes are read as a number of their own.
        (number.value, number.range.end) = (number.value.trunc(), number.range.start + hour.len());
    }
    let whole = (0.0..=24.0).contains(&number.value) && number.value.fract() == 0.0;
    if !whole || text[..number.range.start].ends_with([':', '.']) {
        return;
    }
    number.range.end += arabic::full_hour(&text[number.range.end..]);
    let rest = &text[number.range.end..];
    let minutes = rest.strip_prefix([':', '.']).filter(|rest| rest.bytes().take_while(u8::is_ascii_digit).count() == 2);
    let rest = minutes.and_then(|rest| rest.get(2..)).unwrap_or(rest);
    number.normal = match half_of_day(rest) {
        Some(true) if number.value <= 12.0 => Some(number.value % 12.0 + 12.0),
        Some(false) if number.value <= 12.0 => Some(number.value % 12.0),
        _ => number.normal,
    };
}

/// Whether the words say the second half of the day, if they say either.
fn half_of_day(rest: &str) -> Option<bool> {
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let rest = rest.strip_prefix("o’clock ").or_else(|| rest.strip_prefix("o'clock ")).unwrap_or(rest);
    const WORDS: [(&str, bool); 12] = [
        ("a.m", false),
        ("am", false),
        ("AM", false),
        ("A.M", false),
        ("in the morning", false),
        ("p.m", true),
        ("pm", true),
        ("PM", true),
        ("P.M", true),
        ("in the afternoon", true),
        ("in the evening", true),
        ("at night", true),
    ];
    let (_, late) = WORDS
        .iter()
        .find(|(word, _)| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
    Some(*late)
}

/// Adds the shares that two numbers make: one child in five, 3 of every 10, five per thousand.
pub(super) fn shares(text: &str, found: &mut Vec<Number>) {
    let numbers: Vec<&Number> = found.iter().filter(|number| number.form != Form::Hint).collect();
    let share = |two: &[&Number]| {
        let [part, whole] = two else { return None };
        let between = &text[part.range.end..whole.range.start];
        let counted = [part, whole].iter().all(|number| matches!(number.kind, Kind::Cardinal | Kind::Year));
        let near = between.len() <= 40 && !between.contains(['.', ';', '!', '?', ',']);
        let of = [" in", " out of", " of every", " in every", " out of every", " per", " for every", " among"]
            .iter()
            .any(|word| between.trim_end().ends_with(word));
        let less = part.value > 0.0 && part.value < whole.value;
        (counted && near && less && of && part.unit.is_none()).then(|| Number {
            kind: Kind::Fraction,
            ..Number::hint(part.value / whole.value, part.range.start..whole.range.end)
        })
    };
    let shares: Vec<Number> = numbers.windows(2).filter_map(share).collect();
    found.extend(shares);
}

/// Adds the ordinal that “a third defeat” names, which is read as a fraction.
pub(super) fn ordinals(text: &str, found: &mut Vec<Number>) {
    let below = |number: &Number| {
        let written = &text[number.range.clone()];
        let article = written.starts_with("a ") || written.starts_with("A ");
        let of = text[number.range.end..].trim_start().starts_with("of ");
        let unit = number.kind == Kind::Fraction && number.value > 0.0 && number.value < 0.4;
        (article && !of && unit)
            .then(|| Number { kind: Kind::Ordinal, ..Number::hint((1.0 / number.value).round(), number.range.clone()) })
    };
    let ordinals: Vec<Number> = found.iter().filter_map(below).collect();
    found.extend(ordinals);
}
