//! Numbers in Chinese text.

mod calendar;
pub(in crate::lang) mod idioms;
mod numeral;
pub(in crate::lang) mod scale;
mod share;

use numeral::Numeral;

use crate::lang::number::{Form, Kind, Number, arabic, units};

pub(in crate::lang) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at += match if may_begin(c) { read(text, at) } else { None } {
            Some((number, used)) => {
                found.extend(number);
                used
            }
            None => c.len_utf8(),
        };
    }
    found
}

/// The numeral at the start of a text, as what is counted bears it: 十二 in 第十二章; with how many characters it has. The
/// value is a whole number.
pub(in crate::lang) fn ordinal(text: &str) -> Option<(u64, usize)> {
    let length = text.chars().take_while(|c| "〇零一二两三四五六七八九十百千".contains(*c)).count();
    let end = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
    let numeral = numeral::read(&text[..end], None).filter(|numeral| numeral.len == end)?;
    Some((numeral.value as u64, length))
}

fn may_begin(c: char) -> bool {
    let other = matches!(c, '第' | '上' | '本' | '翻' | '加' | '对' | '對' | '负' | '負' | '-' | '－' | '−' | 'h');
    other || arabic::begins(c) || numeral::begins(c)
}

/// A number, if it is one, and how much of the text was read for it.
type Found = (Option<Number>, usize);

/// What stands at a place of a text.
fn read(text: &str, at: usize) -> Option<Found> {
    let (rest, before) = (&text[at..], text[..at].chars().next_back());
    if let Some(len) = arabic::address(rest).or_else(|| idioms::at(rest, before)) {
        return Some((None, len));
    }
    let found = |number: Number| {
        let len = number.range.len();
        Some((Some(Number { range: at..at + len, ..number }), len))
    };
    let number = calendar::decade(rest, before).or_else(|| share::percent(rest)).or_else(|| doubled(rest));
    let number = number.or_else(|| share::half_price(rest).filter(|_| before == Some('打')));
    if let Some(number) = number {
        return found(number);
    }
    let sign = arabic::minus(rest, &text[..at]).or_else(|| share::negative(rest)).unwrap_or(0);
    let ordinal = if sign == 0 { rest.strip_prefix('第').map_or(0, |_| '第'.len_utf8()) } else { 0 };
    let start = sign + ordinal;
    let numeral = numeral::read(&rest[start..], if start > 0 { None } else { before })?;
    let len = start + numeral.len;
    // 十六进制 is the name of a notation.
    if rest[len..].starts_with("进制") || rest[len..].starts_with("進制") {
        return Some((None, len));
    }
    if is_name(&numeral, &text[..at + start], &rest[len..]) {
        return Some((None, len));
    }
    let mut number = suffixed(rest, start, &numeral, &text[..at]).or_else(|| {
        let number = Number::cardinal(numeral.value, 0..len, form(&numeral));
        (!numeral.vague).then_some(number)
    });
    if let Some(number) = &mut number {
        number.value *= if sign > 0 { -1.0 } else { 1.0 };
        number.kind = if ordinal > 0 { Kind::Ordinal } else { number.kind };
        if matches!(number.kind, Kind::Cardinal | Kind::Fraction) && number.unit.is_none() {
            number.unit = units::before(&text[..at]).or_else(|| units::after(&rest[number.range.end..]));
        }
    }
    match number {
        Some(number) => found(number),
        None => Some((None, len)),
    }
}

fn form(numeral: &Numeral) -> Form {
    if numeral.sure && !numeral.fraction { Form::Exact } else { Form::Loose }
}

/// Digits glued to Latin letters are part of a name: M6, GPT-3, 5G.
fn is_name(numeral: &Numeral, before: &str, after: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    let glued = before.strip_suffix('-').unwrap_or(before).ends_with(letter);
    numeral.arabic && (glued || (!after.starts_with(['x', 'X']) && !units::may_follow(after)))
}

/// What the characters after a numeral make of it.
fn suffixed(rest: &str, start: usize, numeral: &Numeral, before: &str) -> Option<Number> {
    let after = start + numeral.len;
    if numeral.version {
        return Some(Number { kind: Kind::Version, ..Number::cardinal(numeral.value, 0..after, Form::Exact) });
    }
    if numeral.fraction {
        return Some(Number { kind: Kind::Fraction, ..Number::cardinal(numeral.value, 0..after, Form::Loose) });
    }
    share::of(rest, start, numeral)
        .or_else(|| calendar::dated(rest, after, numeral))
        .or_else(|| multiple(rest, after, numeral, before))
        .or_else(|| and_a_half(rest, after, numeral))
        .or_else(|| dozens(rest, after, numeral))
}

/// 一打. 一打开 is “as soon as one opens”.
fn dozens(rest: &str, after: usize, numeral: &Numeral) -> Option<Number> {
    let tail = rest[after..].strip_prefix('打')?;
    let verb = tail
        .starts_with(['开', '開', '断', '斷', '击', '擊', '算', '架', '电', '電', '扰', '擾', '工', '造', '印', '听']);
    (!verb && !numeral.vague).then(|| Number::cardinal(numeral.value * 12.0, 0..after + '打'.len_utf8(), Form::Loose))
}

/// 翻倍, 翻一番.
fn doubled(rest: &str) -> Option<Number> {
    const WORDS: [(&str, f64); 7] = [
        ("翻倍", 2.0),
        ("翻一番", 2.0),
        ("翻番", 2.0),
        ("翻了一番", 2.0),
        ("翻两番", 4.0),
        ("翻了两番", 4.0),
        ("加倍", 2.0),
    ];
    let (word, value) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
    Some(Number { kind: Kind::Multiple, ..Number::cardinal(*value, 0..word.len(), Form::Loose) })
}

/// 23.6倍. What grows by 一倍 is doubled.
fn multiple(rest: &str, after: usize, numeral: &Numeral, before: &str) -> Option<Number> {
    let times = rest[after..].trim_start_matches(' ').starts_with('倍');
    if !times && !rest[after..].starts_with(['x', 'X']) {
        return None;
    }
    let mut number = Number { kind: Kind::Multiple, ..Number::cardinal(numeral.value, 0..after, form(numeral)) };
    if numeral.value == 1.0 {
        let grows = before.chars().rev().take(6).any(|c| "增增加长長高升多大快".contains(c));
        (number.value, number.form) = (if grows { 2.0 } else { 1.0 }, Form::Loose);
    }
    (!numeral.vague).then_some(number)
}

/// 三个半月, 两年半.
fn and_a_half(rest: &str, after: usize, numeral: &Numeral) -> Option<Number> {
    const MEASURES: [&str; 6] = ["个", "個", "年", "天", "倍", "小时"];
    let measure = MEASURES.iter().find(|measure| rest[after..].starts_with(**measure))?;
    let half = rest[after + measure.len()..].strip_prefix('半')?;
    if half.starts_with(['年', '个', '個', '天', '数', '載', '载', '夜', '路', '途']) || numeral.vague {
        return None;
    }
    let unit = match *measure {
        "个" | "個" => {
            half.starts_with(['月', '小', '星', '世']).then(|| units::after(&format!("个{half}"))).flatten()
        }
        measure => units::after(measure),
    };
    let end = after + measure.len() + '半'.len_utf8();
    Some(Number {
        unit,
        ..Number::cardinal(numeral.value + 0.5, 0..end, if numeral.arabic { Form::Exact } else { Form::Loose })
    })
}
