//! Numbers in English text.

mod beside;
mod cardinal;
mod part;
pub(in crate::lang) mod scale;
pub(in crate::lang) mod words;

use cardinal::Cardinal;
use words::Word;

use crate::lang::number::{Form, Kind, Number, arabic, is_telling, units};

/// The numbers and hints of a text in order of place.
pub(in crate::lang) fn numbers(text: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let word = if c.is_ascii_alphabetic() { words::letters(&text[at..]) } else { 0 };
        let may_begin = word > 0 || arabic::begins(c) || matches!(c, '-' | '−');
        let date = if c.is_ascii_digit() { arabic::date(text, at, &mut found) } else { None };
        let number = if date.is_none() && may_begin { read(text, at) } else { None };
        at += match (date, number) {
            (Some(date), _) => date,
            (None, Some((number, used))) => {
                if let Some(number) = number {
                    let number = beside::month(text, &mut found, number);
                    let named = number.form == Form::Hint;
                    let implied = arabic::in_name(number.value, number.range.clone(), &text[number.range.end..]);
                    found.push(number);
                    found.extend(implied.into_iter().skip(1).filter(|_| named));
                }
                used
            }
            (None, None) if word > 0 => word,
            (None, None) => c.len_utf8(),
        };
    }
    beside::months(text, &mut found);
    beside::shares(text, &mut found);
    beside::ordinals(text, &mut found);
    found.sort_by_key(|number| number.range.start);
    found
}

/// A number, if it is one, and how much of the text was read for it.
type Found = (Option<Number>, usize);

fn read(text: &str, at: usize) -> Option<Found> {
    let before = text[..at].chars().next_back();
    if let Some(len) = arabic::address(&text[at..]) {
        return Some((None, len));
    }
    if text[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return if before.is_some_and(|c| c.is_ascii_alphanumeric()) { None } else { in_words(text, at) };
    }
    let sign = arabic::minus(&text[at..], &text[..at]).unwrap_or(0);
    let number = cardinal::read(text, at + sign, if sign > 0 { None } else { before })?;
    if is_name(text, at, &number) {
        return Some((Some(Number::hint(number.value, at..number.end)), number.end - at));
    }
    Some(finished(text, at, number, sign > 0))
}

/// Digits glued to a letter, or after a hyphen and a capital, are part of a name: M6, GPT-3, Covid-19, 5G.
fn is_name(text: &str, at: usize, number: &Cardinal) -> bool {
    const SUFFIXES: [&str; 11] = ["x", "×", "s", "st", "nd", "rd", "th", "fold", "am", "pm", "ppm"];
    let before = &text[..at];
    let glued = match before.strip_suffix('-') {
        Some(word) => names_what_follows(word),
        None => before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !arabic::is_product(text, at),
    };
    let after = &text[number.end..];
    let letters = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
    glued
        || !(SUFFIXES.contains(&&after[..letters])
            || units::may_follow(after)
            || arabic::is_product(text, number.end + 1))
}

/// Whether a number behind this word and a hyphen belongs to a name: GPT-3, Gemma-2; but not mid-1990s, Pre-1949.
fn names_what_follows(text: &str) -> bool {
    const OF_TIME: [&str; 7] = ["pre", "post", "mid", "non", "sub", "over", "under"];
    let word = text.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    let name = capital && !OF_TIME.iter().any(|prefix| prefix.eq_ignore_ascii_case(word));
    (name && word.ends_with(|c: char| c.is_ascii_alphabetic())) || word.ends_with(|c: char| c.is_ascii_uppercase())
}

/// A number that begins with a word.
fn in_words(text: &str, at: usize) -> Option<Found> {
    let read = words::read(&text[at..])?;
    let end = at + read.len;
    let alone = |value, kind| Some(Number { kind, ..Number::cardinal(value, at..end, Form::Loose) });
    let hint = |number| Number { form: Form::Hint, ..number };
    match read.word {
        Word::Small(_) | Word::Tens(_) => {
            let number = cardinal::read(text, at, None)?;
            Some(finished(text, at, number, false))
        }
        Word::Minus => {
            let from = cardinal::gap(text, end)?;
            let number = cardinal::read(text, from, None).filter(|_| !text[end..from].contains('-'))?;
            Some(finished(text, at, number, true))
        }
        Word::Article => {
            let from = cardinal::gap(text, end)?;
            if let Some(part) = part::begin(text, from, true) {
                return Some(of_part(text, at, part, false));
            }
            scale_alone(text, at, from).or_else(|| {
                let unit = Some(units::after(&text[end..])?);
                Some((alone(1.0, Kind::Cardinal).map(|number| hint(Number { unit, ..number })), read.len))
            })
        }
        Word::Hundred | Word::Scale(_) | Word::Dozen => scale_alone(text, at, at),
        Word::Half | Word::Quarter if beside::minutes(text, end).is_some() => {
            let minutes = beside::minutes(text, end)?;
            let value = if read.word == Word::Half { 30.0 } else { minutes };
            Some((alone(value, Kind::Cardinal).map(hint), read.len))
        }
        Word::Half | Word::Quarter => part::begin(text, at, false).map(|part| of_part(text, at, part, false)),
        Word::Ordinal(value) | Word::OrdinalTens(value) => ordinal(text, at, value, end),
        Word::OrdinalScale(_) | Word::And | Word::Point => None,
        Word::Times(value) => {
            let normal = beside::is_of_old(&text[end..]).then_some(value);
            Some((alone(value, Kind::Multiple).map(|number| Number { normal, ..number }), read.len))
        }
        Word::Becomes(value) => {
            Some((alone(value, Kind::Multiple).map(|number| Number { normal: Some(value), ..number }), read.len))
        }
        Word::Decade(value) if text[..at].ends_with("the ") => Some((alone(value, Kind::Decade), read.len)),
        Word::Decade(_) => None,
        Word::Count(value) => Some((alone(value, Kind::Cardinal), read.len)),
        Word::Month(value) => Some((alone(value, Kind::Month), read.len)),
        Word::Hint(value) => Some((alone(value, Kind::Cardinal).map(hint), read.len)),
        Word::Halved => Some((alone(0.5, Kind::Fraction).map(hint), read.len)),
        Word::ShortMonth(value) => Some((alone(value, Kind::Month).map(hint), read.len)),
    }
}

/// A hundred, hundreds, a dozen, a hundred thousand: a scale without a number before it.
fn scale_alone(text: &str, at: usize, from: usize) -> Option<Found> {
    let read = words::read(&text[from..])?;
    let (value, scale) = match read.word {
        Word::Hundred => (100.0, 100.0),
        Word::Scale(scale) => (scale, scale),
        Word::Dozen => (12.0, 12.0),
        _ => return None,
    };
    let mut number =
        Cardinal { value, end: from + read.len, arabic: false, scale, digits: 0, fraction: false, version: false };
    while let Some((words::Read { word: Word::Scale(scale), .. }, end)) = cardinal::next(text, number.end) {
        number = Cardinal { value: number.value * scale, end, scale: number.scale * scale, ..number };
    }
    let (found, used) = finished(text, at, number, false);
    Some((found.map(|found| Number { form: Form::Loose, ..found }), used))
}

fn ordinal(text: &str, at: usize, value: f64, end: usize) -> Option<Found> {
    Some((Some(ordinal_number(text, at, value, end)), end - at))
}

fn ordinal_number(text: &str, at: usize, value: f64, end: usize) -> Number {
    let form = if is_telling(value) { Form::Exact } else { Form::Loose };
    let century = cardinal::gap(text, end).is_some_and(|from| text[from..].starts_with("centur"));
    let kind = if century { Kind::Century } else { Kind::Ordinal };
    Number { kind, ..Number::cardinal(value, at..end, form) }
}

fn of_part(text: &str, at: usize, part: part::Part, minus: bool) -> Found {
    let value = if minus { -part.value } else { part.value };
    let form = if part.sure { Form::Exact } else { Form::Loose };
    let mut number = Number::cardinal(value, at..part.end, form);
    let rest = &text[part.end..];
    // Half an hour is measured as an hour and a half is.
    let rest = rest.strip_prefix(" a ").or_else(|| rest.strip_prefix(" an ")).unwrap_or(rest);
    let word = rest.trim_start_matches([' ', '-']);
    if word.starts_with("percent") || word.starts_with("per cent") {
        number.kind = Kind::Percent;
    } else if word.starts_with("times") {
        number.kind = Kind::Multiple;
    } else {
        number.kind = if value.abs() < 1.0 { Kind::Fraction } else { Kind::Cardinal };
        number.unit = units::after(rest);
    }
    (Some(number), part.end - at)
}

/// Looks at what stands around a number and says what it is.
fn finished(text: &str, at: usize, number: Cardinal, minus: bool) -> Found {
    if let Some((value, end)) = ordinal_behind(text, &number) {
        return (Some(ordinal_number(text, at, value, end)), end - at);
    }
    if let Some(part) = part::follow(text, number) {
        return of_part(text, at, part, minus);
    }
    let telling = number.arabic || is_telling(number.value);
    let form = if telling && !number.fraction { Form::Exact } else { Form::Loose };
    let value = if minus { -number.value } else { number.value };
    let mut found = Number::cardinal(value, at..number.end, form);
    let (kind, end) = suffix(text, &number, text[..at].chars().next_back());
    (found.kind, found.range.end) = (kind, end);
    if kind == Kind::Decade && number.value < 100.0 && beside::is_age(&text[..at]) {
        (found.kind, found.form) = (Kind::Cardinal, Form::Loose);
    } else if kind == Kind::Decade && number.value < 100.0 {
        (found.value, found.form) = (value + 1900.0, Form::Loose);
    }
    if kind != Kind::Century {
        // Six-foot-two, 6-foot-6: the inches are not named.
        let inches = text[..at].ends_with("-foot-").then_some("in");
        found.unit = units::before(&text[..at]).or_else(|| units::after(&text[end..])).or(inches);
    }
    beside::amend(text, &mut found, &number);
    let end = found.range.end;
    let side = arabic::is_product(text, end + 1);
    if found.kind == Kind::Cardinal
        && found.unit.is_none()
        && !side
        && number.digits == 4
        && (1500.0..2100.0).contains(&value)
    {
        found.kind = Kind::Year;
    }
    (Some(found), end - at)
}

/// twenty-first, one hundred twenty-fifth, two hundredth: value and end.
fn ordinal_behind(text: &str, number: &Cardinal) -> Option<(f64, usize)> {
    let (read, end) = cardinal::next(text, number.end).filter(|(read, _)| !read.plural && !number.arabic)?;
    let value = match read.word {
        Word::Ordinal(ones) if number.value % 10.0 == 0.0 && number.value >= 20.0 && ones < 20.0 => number.value + ones,
        Word::OrdinalTens(tens) if number.value % 100.0 == 0.0 && number.value > 0.0 => {
            match cardinal::next(text, end) {
                Some((words::Read { word: Word::Ordinal(ones), .. }, end)) if ones < 10.0 => {
                    return Some((number.value + tens + ones, end));
                }
                _ => number.value + tens,
            }
        }
        Word::OrdinalScale(scale) if number.value > 1.0 => number.value * scale,
        _ => return None,
    };
    // “one hundred and fifth” would have been read with its “and”.
    Some((value, end))
}

/// What is glued to a number or follows it: percent, x, st, the s of a decade. The kind, and where it ends.
fn suffix(text: &str, number: &Cardinal, before: Option<char>) -> (Kind, usize) {
    let rest = &text[number.end..];
    let glued = |word: &str| {
        rest.strip_prefix(word).is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let spaced = |word: &str| rest.strip_prefix([' ', '-', '\u{a0}']).unwrap_or(rest).starts_with(word);
    let blank = rest.len() - rest.trim_start().len();
    let sign = rest[blank..].chars().next().filter(|c| blank < 3 && matches!(c, '%' | '％' | '‰'));
    if let Some(sign) = sign {
        return (Kind::Percent, number.end + blank + sign.len_utf8());
    }
    if number.version {
        (Kind::Version, number.end)
    } else if number.fraction {
        (Kind::Fraction, number.end)
    } else if spaced("percent") || spaced("per cent") || spaced("pct") {
        (Kind::Percent, number.end)
    } else if number.arabic && ["st", "nd", "rd", "th"].iter().any(|end| glued(end)) {
        let century = rest[2..].trim_start().starts_with("centur");
        (if century { Kind::Century } else { Kind::Ordinal }, number.end + 2)
    } else if glued("ppm") || spaced("ppm") {
        (Kind::Percent, number.end + rest.find("ppm").map_or(0, |at| at + "ppm".len()))
    } else if glued("x") || glued("×") || spaced("fold") || spaced("times") {
        (Kind::Multiple, number.end)
    } else if glued("s") && number.digits > 1 && number.value % 10.0 == 0.0 {
        let whole = number.digits == 4 || matches!(before, Some('’' | '\'' | ' '));
        (if whole { Kind::Decade } else { Kind::Cardinal }, number.end + 1)
    } else {
        (Kind::Cardinal, number.end)
    }
}
