//! Percentages, fractions and discounts: 百分之四十, 三分之二, 一半, 七成六, 八五折, 98.5 %.

use super::numeral::{self, Numeral};
use crate::lang::number::{Form, Kind, Number, arabic, units};

/// The length of characters at the start of a text, with spaces between and before them.
fn eat(text: &str, word: &str) -> Option<usize> {
    let mut at = 0;
    for c in word.chars() {
        let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
        let next = text[at + spaces..].chars().next()?;
        at += spaces + (next == c).then(|| next.len_utf8())?;
    }
    Some(at)
}

/// 一半, 半数, 半小时, 对折, 减半. `before` is the text before it.
pub(super) fn half(text: &str, before: &str) -> Option<Number> {
    const PARTS: [&str; 9] = ["一半", "半数", "过半", "对半", "减半", "砍半", "折半", "减了一半", "各半"];
    if let Some(word) = PARTS.iter().find(|word| text.starts_with(**word)) {
        return Some(Number { kind: Kind::Fraction, ..Number::cardinal(0.5, 0..word.len(), Form::Loose) });
    }
    if text.starts_with("对折") || text.starts_with("半价") {
        let sold = text.starts_with('半') || before.ends_with('打');
        let number = Number::cardinal(50.0, 0..2 * '半'.len_utf8(), Form::Loose);
        return sold.then_some(Number { kind: Kind::Percent, normal: Some(0.5), ..number });
    }
    let measured =
        text.strip_prefix('半').filter(|_| !before.ends_with(['上', '下', '前', '后', '大', '多', '小', '泰']))?;
    let unit = units::after(measured)?;
    Some(Number { unit: Some(unit), ..Number::cardinal(0.5, 0..'半'.len_utf8(), Form::Loose) })
}

/// 负, 零下 or a minus before a number: its length.
pub(super) fn sign(text: &str, before: &str) -> Option<usize> {
    // 20胜7负3平 is the result of games.
    let games = before.ends_with(|c: char| c.is_ascii_digit());
    let negative = || negative(text).filter(|_| !games);
    arabic::minus(text, before).or_else(negative).or_else(|| measured_minus(text, before)).or_else(|| {
        let rest = text.strip_prefix("零下")?;
        Some(text.len() - rest.trim_start_matches(' ').len())
    })
}

/// A hyphen behind a Chinese character is a minus where a percentage or a temperature follows: 降到-12℃.
fn measured_minus(text: &str, before: &str) -> Option<usize> {
    let rest = text.strip_prefix('-').filter(|_| before.ends_with(|c: char| !c.is_ascii()))?;
    let tail = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let measured = tail.trim_start_matches(' ').starts_with(['%', '％', '℃', '°', '℉', '度']);
    (tail.len() < rest.len() && measured).then_some(1)
}

/// 负 before a number.
fn negative(text: &str) -> Option<usize> {
    text.chars().next().filter(|c| *c == '负').map(char::len_utf8)
}

/// What stands above the line of 千分之五, which may be said as five per thousand.
pub(super) fn above(rest: &str, at: usize, number: &Number) -> Option<Number> {
    let written = &rest[..number.range.len()];
    let thousandth = written.contains("千分之") || written.contains("万分之") || written.ends_with('‰');
    let value = match rest {
        _ if !thousandth => return None,
        _ if written.contains("百万分之") => number.value * 1e4,
        _ if written.contains("万分之") => number.value * 100.0,
        _ => number.value * 10.0,
    };
    // The arithmetic of the share is undone but for its rounding.
    Some(Number::hint((value * 1e6).round() / 1e6, at..at + written.len()))
}

/// A number after 分之, perhaps negative. Value, length, whether it can only be a number, whether it is none.
fn upper(text: &str) -> Option<(f64, usize, bool, bool)> {
    let spaces = text.len() - text.trim_start_matches(' ').len();
    let sign = negative(&text[spaces..]).or_else(|| arabic::minus(&text[spaces..], "")).unwrap_or(0);
    let numeral = numeral::read(&text[spaces + sign..], None)?;
    let value = if sign > 0 { -numeral.value } else { numeral.value };
    Some((value, spaces + sign + numeral.len, numeral.arabic, numeral.vague))
}

/// 百分之四十, 万分之三.
pub(super) fn percent(text: &str) -> Option<Number> {
    if !text.starts_with(['百', '佰', '千', '仟', '万']) {
        return None;
    }
    if text.starts_with("百分百") {
        return Some(Number { kind: Kind::Percent, ..Number::cardinal(100.0, 0.."百分百".len(), Form::Loose) });
    }
    let bare = numeral::read(text, None).filter(|numeral| numeral.bare).map(|numeral| (numeral.value, numeral.len));
    let (whole, below) = bare.or_else(|| Some((1e4, text.strip_prefix('万').map(|_| '万'.len_utf8())?)))?;
    let between = below + eat(&text[below..], "分之")?;
    let (value, used, _, vague) = upper(&text[between..])?;
    (!vague).then(|| Number {
        kind: Kind::Percent,
        ..Number::cardinal(value * 100.0 / whole, 0..between + used, Form::Exact)
    })
}

/// What stands after a numeral and makes a share of it. `start` is where the numeral begins.
pub(super) fn of(rest: &str, start: usize, numeral: &Numeral) -> Option<Number> {
    let after = start + numeral.len;
    let tail = &rest[after..];
    let share = |value: f64, used: usize, form: Form, kind: Kind| {
        Some(Number { kind, ..Number::cardinal(value, 0..after + used, form) })
    };
    if let Some(used) = eat(tail, "%").or_else(|| eat(tail, "％")) {
        return share(numeral.value, used, Form::Exact, Kind::Percent);
    }
    if let Some(used) = eat(tail, "‰") {
        return share(numeral.value / 10.0, used, Form::Exact, Kind::Percent);
    }
    if let Some(used) = eat(tail, "ppm") {
        return share(numeral.value / 1e4, used, Form::Exact, Kind::Percent);
    }
    if let Some(used) = eat(tail, "个基点") {
        return Some(Number { unit: Some("pp"), ..share(numeral.value / 100.0, used, Form::Exact, Kind::Percent)? });
    }
    if let Some(used) = eat(tail, "个百分点").or_else(|| eat(tail, "百分点")) {
        let exact = if numeral.vague { return None } else { Form::Exact };
        return Some(Number { unit: Some("pp"), ..share(numeral.value, used, exact, Kind::Percent)? });
    }
    if let Some(part) = fraction(tail, numeral) {
        return share(part.0, part.1, part.2, Kind::Fraction);
    }
    let (value, used, price) = tenths(tail, numeral)?;
    Some(Number { normal: price.then_some(value / 100.0), ..share(value, used, Form::Loose, Kind::Percent)? })
}

/// 分之二 after the lower number, 又三分之一 after a whole one: value, length, form.
fn fraction(tail: &str, numeral: &Numeral) -> Option<(f64, usize, Form)> {
    if let Some(used) = eat(tail, "分之") {
        let (value, more, _, vague) = upper(&tail[used..])?;
        let loose = vague || numeral.vague || numeral.value == 2.0 || numeral.value == 4.0 || numeral.value == 0.0;
        return Some((value / numeral.value, used + more, if loose { Form::Loose } else { Form::Exact }));
    }
    let and = eat(tail, "又")?;
    let (below, used, _, _) = upper(&tail[and..])?;
    let between = and + used + eat(&tail[and + used..], "分之")?;
    let (above, more, _, _) = upper(&tail[between..])?;
    Some((numeral.value + above / below, between + more, Form::Exact))
}

/// 七成六, 三成半, 八五折: hundredths, length, and whether they are the price that is left.
fn tenths(tail: &str, numeral: &Numeral) -> Option<(f64, usize, bool)> {
    let decimal = numeral.value <= 10.0 && numeral.value > 0.0;
    if let Some(used) = eat(tail, "成").filter(|_| decimal && !numeral.vague) {
        let more = tail[used..].trim_start_matches(' ');
        if more.starts_with([
            '员', '为', '本', '果', '功', '长', '立', '熟', '交', '分', '就', '绩', '品', '份', '不', '型',
        ]) {
            return None;
        }
        let spaces = tail[used..].len() - more.len();
        let digit = numeral::read(more, None).filter(|next| next.value < 10.0 && next.value >= 0.5 && !next.vague);
        let half = more.starts_with('半').then_some((5.0, '半'.len_utf8()));
        let (ones, extra) = half.or_else(|| digit.map(|digit| (digit.value, digit.len))).unwrap_or((0.0, 0));
        let extra = if extra > 0 { extra + spaces } else { 0 };
        return Some((numeral.value * 10.0 + ones, used + extra, false));
    }
    let used = eat(tail, "折")?;
    if tail[used..].starts_with(['叠', '腾', '射', '断', '磨', '中', '合', '线']) {
        return None;
    }
    let value = if decimal { numeral.value * 10.0 } else { numeral.value };
    (value < 100.0).then_some((value, used, true))
}
