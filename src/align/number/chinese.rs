//! Numbers in Chinese text.

use super::{Form, Number, digits};

/// Characters of a Chinese numeral.
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿";

pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let glued = text[..at].chars().next_back().is_some_and(|p| p.is_ascii_alphabetic() || p == '-');
        let read = decade(rest).or_else(|| percent(rest)).or_else(|| arabic(rest)).or_else(|| han(rest));
        match read {
            Some((value, length, form)) => {
                // A digit glued to Latin letters is part of a name, such as M6 or GPT-3.
                if !(glued && c.is_ascii_digit()) {
                    found.push(Number { value, range: at..at + length, form });
                }
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

type Read = (f64, usize, Form);

/// 20世纪50年代, 二十世纪五十年代, 上世纪50年代.
fn decade(text: &str) -> Option<Read> {
    let (century, used) = match text.strip_prefix("上世纪") {
        Some(_) => (20.0, "上世纪".len()),
        None => {
            let (century, used) = plain(text)?;
            text[used..].starts_with("世纪").then_some((century, used + "世纪".len()))?
        }
    };
    let (decade, more) = plain(&text[used..])?;
    let end = used + more;
    text[end..].starts_with("年代").then_some(((century - 1.0) * 100.0 + decade, end + "年代".len(), Form::Exact))
}

/// 百分之四十.
fn percent(text: &str) -> Option<Read> {
    let rest = text.strip_prefix("百分之")?;
    let (value, used) = plain(rest)?;
    Some((value, "百分之".len() + used, Form::Exact))
}

/// 770万, 1.2万亿, 98.5%.
fn arabic(text: &str) -> Option<Read> {
    let (mut value, mut used) = digits(text)?;
    while let Some((scale, length)) = scale(&text[used..]) {
        value *= scale;
        used += length;
    }
    Some((value, used, Form::Exact))
}

/// A scale character at the start, unless it begins a unit of measurement such as 千瓦 or 百分点.
fn scale(text: &str) -> Option<(f64, usize)> {
    let mut chars = text.chars();
    let c = chars.next()?;
    let next = chars.next().unwrap_or(' ');
    if (c == '千' && "瓦克米卡赫伏帕字焦".contains(next)) || (c == '百' && "分帕".contains(next)) {
        return None;
    }
    let value = match c {
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    };
    Some((value, c.len_utf8()))
}

fn plain(text: &str) -> Option<(f64, usize)> {
    digits(text).or_else(|| han(text).map(|(value, used, _)| (value, used)))
}

/// A numeral in characters. It never accuses: 十分, 万一 and 一些 look the same.
fn han(text: &str) -> Option<Read> {
    if text.starts_with("翻倍") || text.starts_with("翻一番") || text.starts_with("翻番") {
        return Some((2.0, "翻".len(), Form::Loose));
    }
    if text.starts_with(['千', '百']) && scale(text).is_none() {
        return None;
    }
    let numeral: String = text.chars().take_while(|c| NUMERALS.contains(*c)).collect();
    (!numeral.is_empty()).then(|| (value(&numeral), numeral.len(), Form::Loose))
}

/// The value of 二十四, 一百零五, 三千万, 二〇二二.
fn value(numeral: &str) -> f64 {
    let digit = |c| "零一二三四五六七八九".chars().position(|d| d == c).map(|d| d as f64);
    let digit = |c| match c {
        '〇' => Some(0.0),
        '两' => Some(2.0),
        _ => digit(c),
    };
    if numeral.chars().count() > 1 && numeral.chars().all(|c| digit(c).is_some()) {
        return numeral.chars().filter_map(digit).fold(0.0, |sum, d| sum * 10.0 + d);
    }
    // `section` is what stands before the next 万 or 亿, `last` the digit that the next 十, 百 or 千 multiplies.
    let (mut total, mut section, mut last) = (0.0, 0.0, None);
    for c in numeral.chars() {
        match c {
            '十' | '百' | '千' => {
                let unit = if c == '十' {
                    10.0
                } else if c == '百' {
                    100.0
                } else {
                    1000.0
                };
                section += last.take().unwrap_or(1.0) * unit;
            }
            '万' | '亿' => {
                let unit = if c == '万' { 1e4 } else { 1e8 };
                let before: f64 = section + last.take().unwrap_or(0.0);
                if before > 0.0 {
                    total += before * unit;
                } else if total > 0.0 {
                    total *= unit;
                } else {
                    total = unit;
                }
                section = 0.0;
            }
            _ => last = digit(c),
        }
    }
    total + section + last.unwrap_or(0.0)
}
