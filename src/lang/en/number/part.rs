//! Halves, quarters and other parts: two thirds, one and a half, five and a half million, 1 in 20.

use super::cardinal::{self, Cardinal};
use super::words::{self, Word};

/// A part with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) value: f64,
    pub(super) end: usize,
    /// So exact that it can only be a number.
    pub(super) sure: bool,
}

/// What a whole is divided into: the divisor, where its words end, and whether they stand in the plural.
fn divisor(text: &str, at: usize) -> Option<(f64, usize, bool)> {
    let read = words::read(&text[at..])?;
    let end = at + read.len;
    match read.word {
        Word::Half => Some((2.0, end, read.plural)),
        Word::Quarter => Some((4.0, end, read.plural)),
        Word::Ordinal(value) if value > 2.0 => Some((value, end, read.plural)),
        Word::OrdinalTens(value) | Word::OrdinalScale(value) => Some((value, end, read.plural)),
        Word::Tens(tens) => match cardinal::next(text, end)? {
            (words::Read { word: Word::Ordinal(ones), plural, .. }, end) if ones < 10.0 => {
                Some((tens + ones, end, plural))
            }
            _ => None,
        },
        _ => None,
    }
}

/// half a million, a quarter million, a third: what begins with a part, or with an article before one.
pub(super) fn begin(text: &str, at: usize, article: bool) -> Option<Part> {
    let (below, end, plural) = divisor(text, at)?;
    let named = below == 2.0 || below == 4.0;
    let measured = below == 4.0 && (scale(text, end).is_some() || text[end..].starts_with("-hour"));
    if plural || !(article || below == 2.0 || measured) {
        return None;
    }
    let spoken = end_of_article(text, end);
    if let Some((scale, end)) = scale(text, spoken).filter(|_| named) {
        return Some(Part { value: scale / below, end, sure: false });
    }
    Some(Part { value: 1.0 / below, end, sure: false })
}

/// The place after “a” or “of a”, if it is there.
fn end_of_article(text: &str, at: usize) -> usize {
    let of = cardinal::gap(text, at).filter(|from| text[*from..].starts_with("of ")).map_or(at, |from| from + 2);
    match cardinal::next(text, of) {
        Some((words::Read { word: Word::Article, .. }, end)) => end,
        _ => at,
    }
}

fn scale(text: &str, at: usize) -> Option<(f64, usize)> {
    match cardinal::next(text, at)? {
        (words::Read { word: Word::Scale(scale), .. }, end) => Some((scale, end)),
        (words::Read { word: Word::Dozen, .. }, end) => Some((12.0, end)),
        (words::Read { word: Word::Hundred, .. }, end) => Some((100.0, end)),
        _ => None,
    }
}

/// What follows a number and makes it a fraction or adds one to it.
pub(super) fn follow(text: &str, number: Cardinal) -> Option<Part> {
    of_parts(text, number).or_else(|| and_part(text, number)).or_else(|| out_of(text, number))
}

/// two thirds, one twenty-fifth, three quarters million.
fn of_parts(text: &str, number: Cardinal) -> Option<Part> {
    let (below, end, plural) = divisor(text, cardinal::gap(text, number.end)?)?;
    let one = number.value == 1.0;
    // 100 millionths, 3 quarters of a year and seven halves are rather counted.
    if number.arabic || (!plural && !one) || (plural && below == 2.0) {
        return None;
    }
    let sure = below != 2.0 && below != 4.0 && (plural || one);
    let whole = Part { value: number.value / below, end, sure };
    let of = end_of_article(text, end);
    Some(match scale(text, of) {
        Some((scale, end)) => Part { value: whole.value * scale, end, sure: false },
        None => whole,
    })
}

/// one and a half, five and a half million, one million and a half, twenty and three fifths.
fn and_part(text: &str, number: Cardinal) -> Option<Part> {
    if number.fraction || number.version {
        return None;
    }
    let at = cardinal::and(text, number.end)?;
    let (part, end) = match words::read(&text[at..])? {
        words::Read { word: Word::Article, len, .. } => {
            let (below, end, plural) = divisor(text, cardinal::gap(text, at + len)?)?;
            (!plural).then_some((1.0 / below, end))?
        }
        words::Read { word: Word::Half, len, .. } => (0.5, at + len),
        _ => {
            let above = cardinal::read(text, at, None).filter(|above| !above.arabic)?;
            let (below, end, plural) = divisor(text, cardinal::gap(text, above.end)?)?;
            (plural || above.value == 1.0).then_some((above.value / below, end))?
        }
    };
    // A million and a half is 1.5 million, a hundred and a half 100.5.
    let thousands = if number.scale >= 1e3 { number.scale } else { 1.0 };
    Some(match scale(text, end) {
        Some((scale, end)) if number.scale > scale => Part { value: number.value + part * scale, end, sure: false },
        Some((scale, end)) => Part { value: (number.value + part) * scale, end, sure: false },
        None => Part { value: number.value + part * thousands, end, sure: false },
    })
}

/// one out of three, one over twenty. In digits they are rather two numbers: 3 in 2019.
fn out_of(text: &str, number: Cardinal) -> Option<Part> {
    let at = cardinal::gap(text, number.end)?;
    let words = ["out of ", "over ", "in "];
    let word = words.iter().find(|word| text[at..].starts_with(**word))?;
    let below = cardinal::read(text, at + word.len(), None).filter(|below| !below.fraction && !below.version)?;
    let one = number.value == 1.0 || (*word == "out of " && below.value >= 10.0);
    // 1 in 2019 and 1 out of 3 in digits are two numbers.
    let two = number.arabic && (below.digits == 4 || (*word == "out of " && below.arabic));
    (one && !two && below.value > number.value).then(|| Part {
        value: number.value / below.value,
        end: below.end,
        sure: false,
    })
}
