//! What Chinese words imply: 双面, both ends of 三四岁, one fifth in 每五个里有一个.

use std::sync::LazyLock;

use super::numeral::{self, Numeral};
use crate::lang::Lists;
use crate::lang::number::{Form, Kind, Number};

/// Words that imply a number, by it.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("hints.txt")));

/// Whether a word that implies a number may begin with this character.
pub(super) fn begins(c: char) -> bool {
    matches!(c, '双' | '中' | '正' | '午' | '子' | '首' | '半')
}

/// Adds what a word at this place implies. It takes nothing away: the word is read on. `before` is the character before it.
pub(super) fn of_word(text: &str, at: usize, before: Option<char>, found: &mut Vec<Number>) {
    // 五双鞋 counts pairs.
    if before.is_some_and(|c| numeral::begins(c) || c.is_ascii_digit() || c == ' ') {
        return;
    }
    for name in LISTS.names() {
        let words = LISTS.words(name).iter();
        for word in words.filter(|word| text[at..].starts_with(**word)) {
            let value = name.parse().expect("invariant: the list is by numbers");
            found.push(Number::hint(value, at..at + word.len()));
        }
    }
}

/// Both ends of two digits in a row: 三四, 七八十, 十七八, 二三十万. The text begins at the numeral, which begins at `at`.
/// `before` is the text before it.
pub(super) fn pair(text: &str, at: usize, numeral: &Numeral, before: &str, found: &mut Vec<Number>) {
    let written = &text[..numeral.len];
    let digit = |c: char| "一二三四五六七八九两".contains(c);
    let chars: Vec<(usize, char)> = written.char_indices().collect();
    let Some(two) = chars.windows(2).find(|two| digit(two[0].1) && digit(two[1].1)) else { return };
    if let [(0, tens), (_, ones)] = chars[..]
        && text[numeral.len..].starts_with('年')
        && let Some(years) = row(tens, ones)
    {
        let year = if years < 30.0 { 2000.0 + years } else { 1900.0 + years };
        found.push(Number { kind: Kind::Year, ..Number::hint(year, at..at + numeral.len) });
    }
    let plan = is_plan(before, &text[numeral.len..]);
    for (without, only) in [(two[1], true), (two[0], false)] {
        let (from, c) = without;
        let one = format!("{}{}", &written[..from], &written[from + c.len_utf8()..]);
        let share = before.ends_with("百分之");
        let kind = if plan {
            Kind::Ordinal
        } else if share {
            Kind::Percent
        } else {
            Kind::Cardinal
        };
        if let Some(one) = numeral::read(&one, None).filter(|one| !one.vague && (only || !plan)) {
            let hint = Number { kind, in_range: !plan, ..Number::hint(one.value, at..at + numeral.len) };
            // 六七成 is 60 to 70 %.
            let tenths = text[numeral.len..].starts_with('成').then_some((one.value * 10.0, Kind::Percent));
            let (value, kind) = tenths.unwrap_or((hint.value, kind));
            found.push(Number { value, kind, ..hint });
        }
    }
}

/// 九一 of 九一年.
fn row(tens: char, ones: char) -> Option<f64> {
    let value = |c: char| "零一二三四五六七八九".chars().position(|digit| digit == c);
    Some((value(tens)? * 10 + value(ones)?) as f64)
}

/// Whether 十四五 is the 14th plan of five years: “十四五”, 十四五规划.
fn is_plan(before: &str, rest: &str) -> bool {
    let quotes = ['”', '"', '」', '’', '』'];
    let quoted = before.ends_with(['“', '"', '「', '‘', '『']) && rest.starts_with(quotes);
    let rest = rest.trim_start_matches(quotes);
    quoted || ["规划", "时期", "期间", "计划", "以来", "开局", "收官"].iter().any(|word| rest.starts_with(word))
}

/// Adds the shares that two numbers make: 每五个里有一个, 十人中有三人.
pub(super) fn shares(text: &str, found: &mut Vec<Number>) {
    let numbers: Vec<&Number> = found.iter().filter(|number| number.form != Form::Hint).collect();
    let share = |two: &[&Number]| {
        let [whole, part] = two else { return None };
        let between = &text[whole.range.end..part.range.start];
        let counted = [whole, part].iter().all(|number| number.kind == Kind::Cardinal);
        let near = between.chars().count() <= 12 && !between.contains(['。', '；', '！', '？']);
        let every = text[..whole.range.start].trim_end().ends_with('每') && between.contains(['有', '是', '占']);
        let among = ["中有", "里有", "中就有", "里就有", "人有", "个有"].iter().any(|word| between.contains(word));
        let less = part.value > 0.0 && part.value < whole.value;
        (counted && near && less && (every || among)).then(|| Number {
            kind: Kind::Fraction,
            ..Number::hint(part.value / whole.value, whole.range.start..part.range.end)
        })
    };
    let shares: Vec<Number> = numbers.windows(2).filter_map(share).collect();
    found.extend(shares);
}
