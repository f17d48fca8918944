//! The grammar of English numbers: two hundred and five thousand and six, 3 hundred and 21, two hundred point zero three.

use super::words::{self, Word};
use crate::lang::number::arabic;

/// How far a number is read, and what it is so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cardinal {
    pub(super) value: f64,
    /// Where it ends in the text.
    pub(super) end: usize,
    /// Has digits.
    pub(super) arabic: bool,
    /// The scale that it ends with, or 1.
    pub(super) scale: f64,
    /// Nothing but this many digits.
    pub(super) digits: usize,
    pub(super) fraction: bool,
    pub(super) version: bool,
}

/// The place after spaces or a hyphen; words of a number stand no farther apart.
pub(super) fn gap(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let spaces = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '-', '\u{2011}', '\n']).len();
    (1..=4).contains(&spaces).then_some(at + spaces)
}

/// The next word of a number with the place after it.
pub(super) fn next(text: &str, at: usize) -> Option<(words::Read, usize)> {
    let at = gap(text, at)?;
    let read = words::read(&text[at..])?;
    Some((read, at + read.len))
}

/// A number that begins here, without its fraction. `before` is the character before it.
pub(super) fn read(text: &str, at: usize, before: Option<char>) -> Option<Cardinal> {
    let mut sum = scaled(text, at, before)?;
    let mut least = sum.scale;
    while least >= 1000.0 {
        let joined = and(text, sum.end);
        let from = joined.or_else(|| gap(text, sum.end)?.into());
        let Some(part) = from.and_then(|from| section(text, from, None)).filter(|part| !names_parts(text, part.end))
        else {
            break;
        };
        let part = times_scale(text, part);
        let zero = part.value == 0.0 || part.fraction || part.version;
        // 1.7 million four years ago are two numbers.
        let apart = part.arabic != sum.arabic && part.scale == 1.0 && (part.arabic || joined.is_none());
        if zero || part.value >= least || apart {
            break;
        }
        sum = Cardinal {
            value: sum.value + part.value,
            end: part.end,
            scale: part.scale,
            arabic: sum.arabic || part.arabic,
            ..sum
        };
        least = part.scale;
    }
    let whole = Cardinal { digits: if sum.end == at + sum.digits { sum.digits } else { 0 }, ..sum };
    Some(point(text, whole).unwrap_or(whole))
}

/// The place after an “and”.
pub(super) fn and(text: &str, at: usize) -> Option<usize> {
    let (read, end) = next(text, at)?;
    if read.word == Word::And { gap(text, end) } else { None }
}

/// A section with the scales after it: two hundred thousand.
fn scaled(text: &str, at: usize, before: Option<char>) -> Option<Cardinal> {
    section(text, at, before).map(|section| times_scale(text, section))
}

fn times_scale(text: &str, mut number: Cardinal) -> Cardinal {
    while let Some((read, end)) = next(text, number.end) {
        let scale = match read.word {
            Word::Scale(scale) => scale,
            Word::Dozen => 12.0,
            _ => break,
        };
        number =
            Cardinal { value: number.value * scale, end, scale: number.scale.max(1.0) * scale, digits: 0, ..number };
    }
    number
}

/// A number below a thousand, or digits, or a scale that stands alone.
fn section(text: &str, at: usize, before: Option<char>) -> Option<Cardinal> {
    let mut number = below_hundred(text, at, before)?;
    let Some((_, end)) = next(text, number.end).filter(|(read, _)| read.word == Word::Hundred) else {
        return Some(number);
    };
    number = Cardinal { value: number.value * 100.0, end, scale: 100.0, digits: 0, ..number };
    let from = and(text, end).or_else(|| gap(text, end));
    let more = from.and_then(|from| below_hundred(text, from, None)).filter(|more| {
        let hundred = next(text, more.end).is_some_and(|(read, _)| read.word == Word::Hundred);
        let fits =
            more.value > 0.0 && more.value < 100.0 && !more.fraction && !more.version && more.value.fract() == 0.0;
        fits && !hundred && !names_parts(text, more.end) && (!more.arabic || number.arabic)
    });
    Some(match more {
        Some(more) => Cardinal { value: number.value + more.value, end: more.end, scale: 1.0, ..number },
        None => number,
    })
}

/// Whether “thirds” follows, so that the number before is of thirds.
fn names_parts(text: &str, end: usize) -> bool {
    let Some((read, _)) = next(text, end) else { return false };
    let part = matches!(read.word, Word::Ordinal(_) | Word::OrdinalTens(_) | Word::OrdinalScale(_) | Word::Quarter);
    (part && read.plural) || read.word == Word::Half
}

fn below_hundred(text: &str, at: usize, before: Option<char>) -> Option<Cardinal> {
    let word =
        |value, end| Cardinal { value, end, arabic: false, scale: 1.0, digits: 0, fraction: false, version: false };
    if text[at..].starts_with(arabic::begins) {
        return in_digits(text, at, before);
    }
    let read = words::read(&text[at..])?;
    let end = at + read.len;
    match read.word {
        Word::Small(value) => Some(word(value, end)),
        Word::Tens(tens) => Some(match next(text, end) {
            Some((words::Read { word: Word::Small(ones), .. }, end)) if ones > 0.0 && ones < 10.0 => {
                word(tens + ones, end)
            }
            _ => word(tens, end),
        }),
        _ => None,
    }
}

fn in_digits(text: &str, at: usize, before: Option<char>) -> Option<Cardinal> {
    let digits = arabic::read(&text[at..], before)?;
    let end = at + digits.len;
    let whole = if digits.plain { digits.whole } else { 0 };
    let (fraction, version) = (digits.shape == arabic::Shape::Fraction, digits.shape == arabic::Shape::Version);
    let found = Cardinal { value: digits.value, end, arabic: true, scale: 1.0, digits: whole, fraction, version };
    match arabic::magnitude(&text[end..], &digits, text[..at].trim_end().chars().next_back()) {
        Some((scale, used)) if !fraction && !version => {
            Some(Cardinal { value: digits.value * scale, end: end + used, scale, digits: 0, ..found })
        }
        _ => Some(found),
    }
}

/// Words after “point”: two hundred point zero three, nought point eleven.
fn point(text: &str, whole: Cardinal) -> Option<Cardinal> {
    let (_, mut end) = next(text, whole.end).filter(|(read, _)| read.word == Word::Point && !whole.arabic)?;
    let mut decimals = String::new();
    while let Some(part) = gap(text, end).and_then(|at| below_hundred(text, at, None)).filter(|part| !part.arabic) {
        decimals += &part.value.to_string();
        end = part.end;
    }
    let part: f64 = format!("0.{decimals}").parse().ok().filter(|_| !decimals.is_empty())?;
    let value = (whole.value + part).to_string().parse().unwrap_or(whole.value);
    Some(times_scale(text, Cardinal { value, end, ..whole }))
}
