//! Numbers in Chinese text.

mod calendar;
mod change;
mod clock;
pub(in crate::lang) mod hints;
pub(in crate::lang) mod idioms;
mod numeral;
pub(in crate::lang) mod scale;
mod share;

use std::borrow::Cow;

use numeral::Numeral;

use crate::lang::number::{Form, Kind, Number, arabic, units};

/// The numbers and hints of a text in order of place.
pub(in crate::lang) fn numbers(text: &str) -> Vec<Number> {
    let text = &*in_simplified(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if hints::begins(c) {
            hints::of_word(text, at, text[..at].chars().next_back(), &mut found);
        }
        let used = if may_begin(c) { read(text, at, &mut found) } else { None };
        at += used.unwrap_or(c.len_utf8());
    }
    hints::shares(text, &mut found);
    found.sort_by_key(|number| number.range.start);
    found
}

/// A text with every Traditional character that has a Simplified one of as many bytes replaced by it: places are the same.
pub(in crate::lang) fn in_simplified(text: &str) -> Cow<'_, str> {
    let form = |c: char| Some(super::simplified(c)).filter(|form| form.len_utf8() == c.len_utf8()).unwrap_or(c);
    if text.chars().all(|c| form(c) == c) { Cow::Borrowed(text) } else { text.chars().map(form).collect() }
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
    let other = matches!(
        c,
        '第' | '上' | '本' | '翻' | '加' | '对' | '过' | '减' | '砍' | '折' | '负' | '-' | '－' | '−' | 'h'
    );
    other || arabic::begins(c) || numeral::begins(c)
}

/// Takes up what stands at a place of a text. Gives how much of it was read.
fn read(text: &str, at: usize, found: &mut Vec<Number>) -> Option<usize> {
    let (rest, before) = (&text[at..], text[..at].chars().next_back());
    if let Some(len) = arabic::address(rest).or_else(|| idioms::at(rest, before)) {
        return Some(len);
    }
    if let Some(len) = arabic::date(text, at, found) {
        return Some(len);
    }
    let number = calendar::decade(rest, before)
        .or_else(|| share::percent(rest))
        .or_else(|| share::half(rest, &text[..at]))
        .or_else(|| change::doubled(rest));
    if let Some(number) = number {
        let len = number.range.len();
        found.extend(share::above(rest, at, &number));
        found.push(Number { range: at..at + len, ..number });
        return Some(len);
    }
    let sign = share::sign(rest, &text[..at]).unwrap_or(0);
    if sign > 0
        && let Some(number) = share::percent(&rest[sign..])
    {
        let len = sign + number.range.len();
        found.push(Number { range: at..at + len, value: -number.value, ..number });
        return Some(len);
    }
    numeral_at(text, at, sign, found)
}

/// Takes up a numeral behind a sign of so many bytes, with what stands around it.
fn numeral_at(text: &str, at: usize, sign: usize, found: &mut Vec<Number>) -> Option<usize> {
    let (rest, before) = (&text[at..], text[..at].chars().next_back());
    let ordinal = if sign == 0 { rest.strip_prefix('第').map_or(0, |_| '第'.len_utf8()) } else { 0 };
    let start = sign + ordinal;
    let numeral = numeral::read(&rest[start..], if start > 0 { None } else { before })?;
    let len = start + numeral.len;
    // 十六进制 is the name of a notation.
    if rest[len..].starts_with("进制") {
        return Some(len);
    }
    if is_name(&numeral, &text[..at + start], &rest[len..]) && !arabic::is_product(text, at + start) {
        found.extend(arabic::in_name(numeral.value, at + start..at + len, &rest[len..]));
        return Some(len);
    }
    let number = suffixed(rest, start, &numeral, &text[..at]).or_else(|| {
        let number = Number::cardinal(numeral.value, 0..len, form(&numeral));
        (!numeral.vague).then_some(number)
    });
    let Some(mut number) = number else {
        hints::pair(&rest[start..], at + start, &numeral, &text[..at], found);
        return Some(len);
    };
    number.value *= if sign > 0 { -1.0 } else { 1.0 };
    number.kind = if ordinal > 0 { Kind::Ordinal } else { number.kind };
    let after = &rest[number.range.end..];
    if matches!(number.kind, Kind::Cardinal | Kind::Fraction) && number.unit.is_none() {
        number.unit = unit(&text[..at], after, &numeral);
    }
    number.range = at..at + number.range.end;
    let minutes = clock::hour(&mut number, &text[..at], after, found);
    calendar::short_year(&mut number, &numeral, after);
    number.range.end += minutes;
    let used = number.range.len();
    found.extend(share::above(rest, at, &number));
    found.push(number);
    Some(used)
}

/// The unit of a number between two texts.
fn unit(before: &str, after: &str, numeral: &Numeral) -> Option<&'static str> {
    // 20 多年.
    let counted = after.trim_start_matches(' ').trim_start_matches(['多', '余', '来', '几']);
    let unit = units::before(before).or_else(|| units::after(after)).or_else(|| units::after(counted));
    let tail = after.trim_start_matches(' ');
    if unit.is_none() && tail.starts_with('度') {
        return degrees(before);
    }
    if unit.is_none() && tail.strip_prefix('位').is_some_and(|rest| counts_bits(numeral, before, rest)) {
        return Some("bit");
    }
    unit
}

/// Whether 位 behind a number are bits: 8 位, 64 位整数. 三位老师 are people, 小数点后 4 位 are digits.
fn counts_bits(numeral: &Numeral, before: &str, after: &str) -> bool {
    const OF_BITS: [&str; 10] =
        ["整数", "无符号", "有符号", "系统", "浮点", "处理器", "二进制", "寄存器", "操作系统", "架构"];
    let power = numeral.arabic && (numeral.value == 4.0 || numeral.value % 8.0 == 0.0 && numeral.value <= 4096.0);
    let measured =
        after.chars().next().is_none_or(|c| !super::is_han(c)) || OF_BITS.iter().any(|w| after.starts_with(w));
    power && measured && !before.trim_end().ends_with(['前', '后', '低', '高'])
}

/// How far before a number the word is sought that says which degrees it counts, in characters.
const CLAUSE: usize = 200;

/// Which degrees stand behind a number: 摄氏 20 度, 气温 20 度.
fn degrees(before: &str) -> Option<&'static str> {
    let clause = before.chars().rev().take_while(|c| !"。；！？".contains(*c));
    let near: String = clause.take(CLAUSE).collect();
    let said = |word: &str| near.contains(&word.chars().rev().collect::<String>());
    if said("华氏") {
        Some("°F")
    } else {
        ["摄氏", "气温", "温度", "体温", "水温", "室温", "零下", "高温", "低温"]
            .iter()
            .any(|word| said(word))
            .then_some("°C")
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
        .or_else(|| change::multiple(rest, after, numeral, before))
        .or_else(|| and_a_half(rest, after, numeral))
        .or_else(|| dozens(rest, after, numeral))
}

/// 一打. 一打开 is “as soon as one opens”.
fn dozens(rest: &str, after: usize, numeral: &Numeral) -> Option<Number> {
    let tail = rest[after..].strip_prefix('打')?;
    let verb = tail.starts_with(['开', '断', '击', '算', '架', '电', '扰', '工', '造', '印', '听']);
    (!verb && !numeral.vague).then(|| Number::cardinal(numeral.value * 12.0, 0..after + '打'.len_utf8(), Form::Loose))
}

/// 三个半月, 两年半.
fn and_a_half(rest: &str, after: usize, numeral: &Numeral) -> Option<Number> {
    const MEASURES: [&str; 5] = ["个", "年", "天", "倍", "小时"];
    let measure = MEASURES.iter().find(|measure| rest[after..].starts_with(**measure))?;
    let half = rest[after + measure.len()..].strip_prefix('半')?;
    if half.starts_with(['年', '个', '天', '数', '载', '夜', '路', '途']) || numeral.vague {
        return None;
    }
    let unit = match *measure {
        "个" => half.starts_with(['月', '小', '星', '世']).then(|| units::after(&format!("个{half}"))).flatten(),
        measure => units::after(measure),
    };
    let end = after + measure.len() + '半'.len_utf8();
    Some(Number {
        unit,
        ..Number::cardinal(numeral.value + 0.5, 0..end, if numeral.arabic { Form::Exact } else { Form::Loose })
    })
}
