//! How many times as much: 23.6倍, 翻两番, 减半; and whether it grows by or to it.

use super::numeral::{self, Numeral};
use crate::lang::number::{Form, Kind, Number};
use crate::maths;

/// Words that say a value is approximate; they stand between a verb and the number.
const ABOUT: [&str; 14] =
    ["大约", "将近", "整整", "足足", "超过", "接近", "几乎", "至少", "最多", "差不多", "约", "近", "逾", "了"];

/// What a multiple is counted from.
enum Change {
    /// 增长了两倍: twice the old amount is added.
    By,
    /// 增长到两倍, 是…的两倍: it is twice the old amount.
    To,
    Open,
}

/// 23.6倍. `before` is the text before the number.
pub(super) fn multiple(rest: &str, after: usize, numeral: &Numeral, before: &str) -> Option<Number> {
    let tail = &rest[after..];
    // 3x6 are two sides of something.
    let sign = tail.strip_prefix(['x', 'X']).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if numeral.vague || !(sign || tail.trim_start_matches(' ').starts_with('倍')) {
        return None;
    }
    let mut number = Number { kind: Kind::Multiple, ..Number::cardinal(numeral.value, 0..after, super::form(numeral)) };
    let change = change(before);
    number.normal = match change {
        Change::By => Some(numeral.value + 1.0),
        Change::To => Some(numeral.value),
        Change::Open => None,
    };
    if numeral.value == 1.0 {
        let grows = before.chars().rev().take(6).any(|c| "增加长高升多大快".contains(c));
        number.value = if grows && !matches!(change, Change::To) { 2.0 } else { 1.0 };
        (number.normal, number.form) = (Some(number.value), Form::Loose);
    }
    Some(number)
}

/// How far before a multiple the words are sought that say what it means, in bytes.
const CLAUSE: usize = 400;

/// Whether something grows by a multiple or to it, as the words before it say.
fn change(before: &str) -> Change {
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(CLAUSE))..];
    let clause = before.rfind(['，', '。', '；', '、', '：', ',', ';']).map_or(before, |at| &before[at..]);
    let mut clause = clause.trim_end();
    let said = clause;
    while let Some(shorter) = ABOUT.iter().find_map(|word| clause.strip_suffix(word)) {
        clause = shorter.trim_end();
    }
    let near: String = clause.chars().rev().take(6).collect();
    if clause.ends_with(['的', '到', '至', '为', '是', '达', '成']) || clause.ends_with("相当于") {
        Change::To
    } else if (said.len() > clause.len() && said[clause.len()..].contains('了') || clause.ends_with('出'))
        && near.contains(['增', '加', '长', '高', '升', '涨', '多', '大', '快', '提', '扩', '强', '贵'])
    {
        Change::By
    } else {
        Change::Open
    }
}

/// 翻倍, 翻一番, 翻两番, 加倍.
pub(super) fn doubled(rest: &str) -> Option<Number> {
    let found = |value: f64, normal: Option<f64>, len: usize, form: Form| {
        Some(Number { kind: Kind::Multiple, normal, ..Number::cardinal(value, 0..len, form) })
    };
    if rest.starts_with("加倍") {
        return found(2.0, Some(2.0), "加倍".len(), Form::Loose);
    }
    let mut tail = rest.strip_prefix('翻')?;
    while let Some(shorter) = ABOUT.iter().find_map(|word| tail.strip_prefix(word)) {
        tail = shorter;
    }
    let len = rest.len() - tail.trim_start_matches(' ').len();
    let tail = tail.trim_start_matches(' ');
    if tail.starts_with(['倍', '番']) {
        return found(2.0, Some(2.0), len + '番'.len_utf8(), Form::Loose);
    }
    let numeral = numeral::read(tail, None).filter(|numeral| !numeral.vague && numeral.value < 64.0)?;
    let counted = tail[numeral.len..].trim_start_matches(' ');
    let end = rest.len() - counted.len() + '番'.len_utf8();
    if counted.starts_with('番') {
        let value = maths::powi_f64(2.0, numeral.value as i32);
        return found(value, Some(value), end, super::form(&numeral));
    }
    // 翻一倍 is to double; 翻三倍 is said of three and of four times as much.
    let one = numeral.value == 1.0;
    let value = if one { 2.0 } else { numeral.value };
    counted.starts_with('倍').then(|| found(value, one.then_some(2.0), end, super::form(&numeral)))?
}
