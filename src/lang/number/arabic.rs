//! Numbers in digits, as all languages write them.

use std::ops::Range;

use super::{Form, Kind, Number};
use crate::maths;

/// Digits at the start of a text.
pub(in crate::lang) struct Digits {
    pub(in crate::lang) value: f64,
    /// Bytes read.
    pub(in crate::lang) len: usize,
    /// Digits before the point.
    pub(in crate::lang) whole: usize,
    /// Whether there is nothing but those digits: no separator, no point, no power.
    pub(in crate::lang) plain: bool,
    pub(in crate::lang) shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::lang) enum Shape {
    Decimal,
    /// 3/4, ½
    Fraction,
    /// 3.4.1
    Version,
}

const FRACTIONS: [(char, f64, f64); 15] = [
    ('½', 1.0, 2.0),
    ('⅓', 1.0, 3.0),
    ('⅔', 2.0, 3.0),
    ('¼', 1.0, 4.0),
    ('¾', 3.0, 4.0),
    ('⅕', 1.0, 5.0),
    ('⅖', 2.0, 5.0),
    ('⅗', 3.0, 5.0),
    ('⅘', 4.0, 5.0),
    ('⅙', 1.0, 6.0),
    ('⅚', 5.0, 6.0),
    ('⅛', 1.0, 8.0),
    ('⅜', 3.0, 8.0),
    ('⅝', 5.0, 8.0),
    ('⅞', 7.0, 8.0),
];

/// A full-width digit, sign or letter as its ASCII one.
pub(in crate::lang) fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a number in digits may begin with this character.
pub(in crate::lang) fn begins(c: char) -> bool {
    matches!(c, '0'..='9' | '.' | '０'..='９' | '．' | '½' | '⅓' | '⅔' | '¼' | '¾') || ('⅕'..='⅞').contains(&c)
}

/// Digits with separators of groups, decimals, powers or a fraction. `before` is what stands before them.
pub(in crate::lang) fn read(text: &str, before: Option<char>) -> Option<Digits> {
    if let Some((value, len)) = vulgar(text) {
        return Some(Digits { value, len, whole: 1, plain: false, shape: Shape::Fraction });
    }
    let before = before.map(narrow);
    let groups = groups(text);
    let point = text[groups.len..].chars().next().map(narrow) == Some('.') && before != Some('.');
    let decimals = if point { run(&text[groups.len + point_len(text, groups.len)..]) } else { 0 };
    if groups.len == 0 && (decimals == 0 || before.is_some_and(|c| c.is_ascii_digit())) {
        return None;
    }
    let mut len = groups.len;
    if decimals > 0 {
        len += point_len(text, groups.len) + decimals;
        if let Some(version) = version(text, len) {
            return Some(version);
        }
    }
    let value = value(&text[..len])?;
    let digits =
        Digits { value, len, whole: groups.digits, plain: groups.plain && decimals == 0, shape: Shape::Decimal };
    Some(power(text, &digits).or_else(|| fraction(text, &digits)).unwrap_or(digits))
}

/// The length of an address of the web at the start of a text; its digits are no numbers.
pub(in crate::lang) fn address(text: &str) -> Option<usize> {
    let begins = text.starts_with("http://") || text.starts_with("https://");
    begins.then(|| text.find(|c: char| c.is_whitespace() || !c.is_ascii()).unwrap_or(text.len()))
}

/// Takes up a date in digits that begins with its year: 2024-03-15, 2024/3/15. Its length.
pub(in crate::lang) fn date(text: &str, at: usize, found: &mut Vec<Number>) -> Option<usize> {
    let rest = &text[at..];
    let glued = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'));
    if glued || run(rest) != 4 || !rest.is_char_boundary(4) {
        return None;
    }
    let mark = rest[4..].chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let month = 5..5 + run(&rest[5..]);
    let day = rest[month.end..].strip_prefix(mark).map(|rest| month.end + 1..month.end + 1 + run(rest))?;
    let ends = !rest[day.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == mark);
    let number = |range: &Range<usize>| value(&rest[range.clone()]).filter(|_| range.len() <= 2);
    let of_year = number(&month).is_some_and(|month| (1.0..=12.0).contains(&month));
    let of_month = number(&day).is_some_and(|day| (1.0..=31.0).contains(&day));
    if !ends || !of_year || !of_month {
        return None;
    }
    for (range, kind) in [(0..4, Kind::Year), (month, Kind::Month), (day.clone(), Kind::Day)] {
        let value = value(&rest[range.clone()])?;
        let range = at + range.start..at + range.end;
        found.push(Number { kind, ..Number::cardinal(value, range, Form::Exact) });
    }
    Some(day.end)
}

/// The length of the `:00` that makes an hour a full one.
pub(in crate::lang) fn full_hour(after: &str) -> usize {
    let colon = after.chars().next().filter(|c| matches!(c, ':' | '：')).map_or(0, char::len_utf8);
    let zeros = colon > 0 && after[colon..].starts_with("00");
    let ends = zeros && !after[colon + 2..].starts_with(|c: char| c.is_ascii_digit() || c == ':');
    if ends { colon + 2 } else { 0 }
}

/// A sign before digits: its length. A hyphen after a digit, a letter or another hyphen is none. `before` is the text
/// up to there.
pub(in crate::lang) fn minus(text: &str, before: &str) -> Option<usize> {
    let sign = text.chars().next().filter(|c| matches!(c, '-' | '－' | '−'))?;
    let number = text[sign.len_utf8()..].chars().next().is_some_and(begins);
    let last = before.chars().next_back();
    let apart = last.is_none_or(|c| match c {
        // 6 -7 is a range.
        ' ' => !before.trim_end().ends_with(|c: char| c.is_ascii_digit()),
        c if c.is_whitespace() => true,
        c => "(（[【:：,，、“‘\"'=≤≥<>为达至约是".contains(c) || (sign == '−' && !c.is_ascii_alphanumeric()),
    });
    (number && apart).then(|| sign.len_utf8())
}

/// Letters for thousands and millions right after the digits: 40k, 2.5M, 1.2bn; of money also £15m. Value and length.
/// `before` is the character before the digits.
pub(in crate::lang) fn magnitude(text: &str, digits: &Digits, before: Option<char>) -> Option<(f64, usize)> {
    let money = before.is_some_and(|c| "$¥￥€£₹₽₩".contains(c));
    let spaces = text.len() - text.trim_start_matches(' ').len();
    let letters = &text[spaces..];
    let len = letters.find(|c: char| !narrow(c).is_ascii_alphanumeric()).unwrap_or(letters.len());
    let name: String = letters[..len].chars().map(narrow).collect();
    let scale = match name.as_str() {
        "k" | "K" | "thousand" => 1e3,
        "m" if money => 1e6,
        "M" | "MM" | "mil" | "mn" | "mln" | "million" => 1e6,
        "b" | "B" | "bn" | "bln" | "billion" => 1e9,
        "G" if spaces == 0 => 1e9,
        "tn" | "tln" | "trillion" => 1e12,
        _ => return None,
    };
    // 5G, 3D and 4K are names.
    let capital = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
    let is_name = digits.plain && digits.whole == 1 && capital && !money;
    (!is_name && spaces < 3).then_some((scale, spaces + len))
}

/// What a single digit with a capital may stand for beside the name that it is: 7 and 7,000,000,000 of 7B, 3 of 3D.
pub(in crate::lang) fn in_name(value: f64, range: Range<usize>, after: &str) -> Vec<Number> {
    let scale = match after.chars().next() {
        Some('B') => Some(1e9),
        Some('M') => Some(1e6),
        Some('K') => Some(1e3),
        _ => None,
    };
    let ends = !after.chars().nth(1).is_some_and(|c| c.is_ascii_alphanumeric());
    let scaled = scale.filter(|_| ends).map(|scale| Number::hint(value * scale, range.clone()));
    std::iter::once(Number::hint(value, range)).chain(scaled).collect()
}

/// Whether the letter before this place is the sign between the sides of something: 3x6, 1920x1080.
pub(in crate::lang) fn is_product(text: &str, at: usize) -> bool {
    let Some(before) = text.get(..at) else { return false };
    let sides = before.strip_suffix(['x', 'X']).filter(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    // 0x40 is a number in another notation.
    let hex = sides.is_some_and(|before| before.rsplit(|c: char| !c.is_ascii_digit()).next() == Some("0"));
    sides.is_some() && !hex && text[at..].starts_with(|c: char| c.is_ascii_digit())
}

struct Groups {
    len: usize,
    digits: usize,
    plain: bool,
}

/// Bytes of the digits at the start.
fn run(text: &str) -> usize {
    text.find(|c: char| !narrow(c).is_ascii_digit()).unwrap_or(text.len())
}

fn point_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Whole digits with groups of three apart: by commas, by narrow spaces, or, if there are two groups at least, by spaces.
fn groups(text: &str) -> Groups {
    let mut len = run(text);
    let first = text[..len].chars().count();
    let mut groups = Groups { len, digits: first, plain: true };
    if first == 0 || first > 3 {
        return groups;
    }
    let wide = !text.starts_with(|c: char| c.is_ascii());
    let separator = |c: char| match c {
        ',' | '\u{a0}' | '\u{202f}' | '\u{2009}' | ' ' => true,
        // A full-width comma is a pause, unless the digits are full-width too.
        '，' => wide,
        _ => false,
    };
    let mark = text[len..].chars().next().filter(|c| separator(*c));
    let mut count = 0;
    while let Some(mark) = mark
        && text[len..].starts_with(mark)
    {
        let group = run(&text[len + mark.len_utf8()..]);
        if text[len + mark.len_utf8()..][..group].chars().count() != 3 {
            break;
        }
        len += mark.len_utf8() + group;
        count += 1;
    }
    if count > usize::from(mark == Some(' ')) {
        groups = Groups { len, digits: first + 3 * count, plain: false };
    }
    groups
}

fn value(digits: &str) -> Option<f64> {
    let plain: String = digits.chars().map(narrow).filter(|c| c.is_ascii_digit() || *c == '.').collect();
    plain.parse().ok()
}

/// Three or more numbers with points between. A year in front makes it a date.
fn version(text: &str, two: usize) -> Option<Digits> {
    let mut len = two;
    while text[len..].starts_with('.') && run(&text[len + 1..]) > 0 {
        len += 1 + run(&text[len + 1..]);
    }
    if len == two {
        return None;
    }
    let first = run(text);
    let value = text[..len].split('.').filter_map(value).rev().fold(0.0, |sum, part| sum / 1000.0 + part);
    let (shape, plain) = (Shape::Version, false);
    if first == 4 {
        return Some(Digits { value: self::value(&text[..4])?, len: 4, whole: 4, plain: true, shape: Shape::Decimal });
    }
    Some(Digits { value, len, whole: first, plain, shape })
}

/// 2e5, 1.3×10^6, 10⁶, 2^5.
fn power(text: &str, digits: &Digits) -> Option<Digits> {
    let rest = &text[digits.len..];
    let scientific = ["×10^", "x10^", "×10", "x10"].iter().find_map(|mark| rest.strip_prefix(mark));
    let (value, end) = if let Some(after) = scientific {
        // The sides of 1920x1080 are no power; without a mark of it the exponent stands behind a decimal.
        let mark = &rest[..rest.len() - after.len()];
        let marked = mark.ends_with('^') || after.starts_with(['-', '+']) || !digits.plain;
        let (exponent, used) = exponent(after).filter(|_| marked).or_else(|| raised(after))?;
        (digits.value * maths::powi_f64(10.0, exponent), text.len() - after.len() + used)
    } else if let Some(after) = rest.strip_prefix('^') {
        let (exponent, used) = exponent(after)?;
        (maths::powi_f64(digits.value, exponent), text.len() - after.len() + used)
    } else if digits.plain && digits.value == 10.0 && raised(rest).is_some() {
        let (exponent, used) = raised(rest)?;
        (maths::powi_f64(10.0, exponent), digits.len + used)
    } else {
        let letter = rest.chars().next().filter(|c| matches!(narrow(*c), 'e' | 'E'))?;
        let after = &rest[letter.len_utf8()..];
        let (exponent, used) = exponent(after)?;
        // 3e8f9a is no number.
        if after[used..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        (digits.value * maths::powi_f64(10.0, exponent), digits.len + letter.len_utf8() + used)
    };
    Some(Digits { value, len: end, plain: false, ..*digits })
}

fn exponent(text: &str) -> Option<(i32, usize)> {
    let unsigned = text.trim_start_matches(|c| matches!(narrow(c), '+' | '-'));
    let signs = &text[..text.len() - unsigned.len()];
    let len = run(unsigned);
    let value: String = unsigned[..len].chars().map(narrow).collect();
    let value: i32 = value.parse().ok().filter(|value| *value < 300)?;
    let minus = signs.chars().filter(|c| narrow(*c) == '-').count() % 2 == 1;
    Some((if minus { -value } else { value }, signs.len() + len))
}

/// Raised digits.
fn raised(text: &str) -> Option<(i32, usize)> {
    let (mut value, mut len, mut sign) = (None, 0, 1);
    for c in text.chars() {
        match "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip(0..).find(|(digit, _)| *digit == c) {
            Some((_, digit)) => value = Some(value.unwrap_or(0_i32).saturating_mul(10).saturating_add(digit)),
            None if c == '⁻' && len == 0 => sign = -1,
            None => break,
        }
        len += c.len_utf8();
    }
    value.filter(|value| *value < 300).map(|value| (sign * value, len))
}

fn vulgar(text: &str) -> Option<(f64, usize)> {
    let c = text.chars().next()?;
    FRACTIONS.iter().find(|fraction| fraction.0 == c).map(|(_, a, b)| (a / b, c.len_utf8()))
}

/// 3/4, 1 3/4, 2½. More than one stroke is a date.
fn fraction(text: &str, whole: &Digits) -> Option<Digits> {
    if !whole.plain || whole.whole > 4 {
        return None;
    }
    let rest = &text[whole.len..];
    let done = |value, len| Some(Digits { value, len, whole: whole.whole, plain: false, shape: Shape::Fraction });
    if let Some((part, len)) = vulgar(rest) {
        return done(whole.value + part, whole.len + len);
    }
    if let Some((below, len)) = over(rest) {
        // 2024/25 are two years.
        if whole.whole == 4 && (whole.value + 1.0) % 100.0 == below {
            return None;
        }
        return done(whole.value / below, whole.len + len);
    }
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let top = run(&rest[spaces..]);
    if spaces == 0 || spaces > 2 || top == 0 {
        return None;
    }
    let (below, len) = over(&rest[spaces + top..])?;
    done(whole.value + value(&rest[spaces..spaces + top])? / below, whole.len + spaces + top + len)
}

/// A stroke and what stands below it.
fn over(text: &str) -> Option<(f64, usize)> {
    let stroke = text.chars().next().filter(|c| matches!(c, '/' | '／' | '⁄'))?.len_utf8();
    let len = run(&text[stroke..]);
    let below = value(&text[stroke..stroke + len]).filter(|below| *below >= 2.0)?;
    let after = text[stroke + len..].chars().next();
    let ends = after.is_none_or(|c| !matches!(narrow(c), '/' | '.' | '-') && !c.is_ascii_alphanumeric());
    (ends && (1..=3).contains(&text[stroke..stroke + len].chars().count())).then_some((below, stroke + len))
}
