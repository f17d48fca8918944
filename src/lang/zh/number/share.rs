//! Percentages, fractions and discounts: 百分之四十, 三分之二, 七成六, 八五折, 98.5 %.

use super::numeral::{self, Numeral};
use crate::lang::number::{Form, Kind, Number, arabic};

/// The length of characters at the start of a text, with spaces between and before them.
fn eat(text: &str, word: &str) -> Option<usize> {
    let mut at = 0;
    for c in word.chars() {
        let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
        let next = text[at + spaces..].chars().next()?;
        let same = next == c || (c == '个' && next == '個') || (c == '点' && next == '點');
        at += spaces + same.then(|| next.len_utf8())?;
    }
    Some(at)
}

/// 打对折: half the price.
pub(super) fn half_price(text: &str) -> Option<Number> {
    let rest = text.strip_prefix(['对', '對'])?.strip_prefix('折')?;
    let len = text.len() - rest.len();
    Some(Number { kind: Kind::Percent, ..Number::cardinal(50.0, 0..len, Form::Loose) })
}

/// 负 before a number.
pub(super) fn negative(text: &str) -> Option<usize> {
    text.chars().next().filter(|c| matches!(c, '负' | '負')).map(char::len_utf8)
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
    if !text.starts_with(['百', '佰', '千', '仟', '万', '萬']) {
        return None;
    }
    let bare = numeral::read(text, None).filter(|numeral| numeral.bare).map(|numeral| (numeral.value, numeral.len));
    let (whole, below) = bare.or_else(|| Some((1e4, text.strip_prefix(['万', '萬']).map(|_| '万'.len_utf8())?)))?;
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
    if let Some(used) = eat(tail, "个百分点").or_else(|| eat(tail, "个百分點")) {
        let exact = if numeral.vague { return None } else { Form::Exact };
        return Some(Number { unit: Some("pp"), ..share(numeral.value, used, exact, Kind::Percent)? });
    }
    if let Some(part) = fraction(tail, numeral) {
        return share(part.0, part.1, part.2, Kind::Fraction);
    }
    tenths(tail, numeral).and_then(|(value, used)| share(value, used, Form::Loose, Kind::Percent))
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

/// 七成六, 三成半, 八五折: hundredths and length.
fn tenths(tail: &str, numeral: &Numeral) -> Option<(f64, usize)> {
    let decimal = numeral.value <= 10.0 && numeral.value > 0.0;
    if let Some(used) = eat(tail, "成").filter(|_| decimal && !numeral.vague) {
        let more = tail[used..].trim_start_matches(' ');
        if more.starts_with([
            '员', '員', '为', '為', '本', '果', '功', '长', '長', '立', '熟', '交', '分', '就', '绩', '品', '份', '不',
        ]) {
            return None;
        }
        let spaces = tail[used..].len() - more.len();
        let digit = numeral::read(more, None).filter(|next| next.value < 10.0 && next.value >= 0.5 && !next.vague);
        let half = more.starts_with('半').then_some((5.0, '半'.len_utf8()));
        let (ones, extra) = half.or_else(|| digit.map(|digit| (digit.value, digit.len))).unwrap_or((0.0, 0));
        let extra = if extra > 0 { extra + spaces } else { 0 };
        return Some((numeral.value * 10.0 + ones, used + extra));
    }
    let used = eat(tail, "折")?;
    if tail[used..].starts_with(['叠', '疊', '腾', '騰', '射', '断', '斷', '磨', '中', '合', '线', '線']) {
        return None;
    }
    let value = if decimal { numeral.value * 10.0 } else { numeral.value };
    (value < 100.0).then_some((value, used))
}
