//! Years, months, days, decades and centuries.

use super::numeral::{self, Numeral};
use crate::lang::number::{Form, Kind, Number};

const DECADE: &str = "年代";

/// Behind “世纪”; spaces around digits do not part them from it.
fn strip_century(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(' ');
    text.strip_prefix("世纪")
}

/// 20世纪50年代, 上世纪五十年代, 21世纪, 90年代.
pub(super) fn decade(text: &str, before: Option<char>) -> Option<Number> {
    let (century, rest, spoken) = century(text, before);
    let Some(century) = century else { return decade_alone(text, before) };
    let len = text.len() - rest.len();
    let kind = |kind, value, len, form| Some(Number { kind, ..Number::cardinal(value, 0..len, form) });
    let spaced = rest.trim_start_matches(' ');
    let years = numeral::read(spaced, None).filter(|years| years.value < 100.0 && !years.version);
    if let Some(years) = years
        && let Some(after) = spaced[years.len..].trim_start_matches(' ').strip_prefix(DECADE)
    {
        return kind(Kind::Decade, (century - 1.0) * 100.0 + years.value, text.len() - after.len(), Form::Exact);
    }
    kind(Kind::Century, century, len, if spoken { Form::Loose } else { Form::Exact })
}

/// The century that begins a text, what stands after it, and whether it is named from today.
fn century(text: &str, before: Option<char>) -> (Option<f64>, &str, bool) {
    const NAMED: [(&str, f64); 5] = [("上", 20.0), ("上个", 20.0), ("上一", 20.0), ("上一个", 20.0), ("本", 21.0)];
    for (name, value) in NAMED {
        if let Some(rest) = text.strip_prefix(name).and_then(|rest| strip_century(rest)) {
            return (Some(value), rest, true);
        }
    }
    let numeral = numeral::read(text, before).filter(|numeral| !numeral.vague && (1.0..30.0).contains(&numeral.value));
    let after = numeral.and_then(|numeral| Some((numeral.value, strip_century(&text[numeral.len..])?)));
    after.map_or((None, text, false), |(value, rest)| (Some(value), rest, false))
}

/// 90年代, 2010年代.
fn decade_alone(text: &str, before: Option<char>) -> Option<Number> {
    let numeral = numeral::read(text, before)?;
    let after = text[numeral.len..].trim_start_matches(' ').strip_prefix(DECADE)?;
    let len = text.len() - after.len();
    let (value, form) = match numeral.value {
        short if (30.0..100.0).contains(&short) => (1900.0 + short, Form::Loose),
        short if short < 30.0 => (2000.0 + short, Form::Loose),
        whole => (whole, Form::Exact),
    };
    (value % 10.0 == 0.0).then(|| Number { kind: Kind::Decade, ..Number::cardinal(value, 0..len, form) })
}

/// 2021年, 10月, 3日.
pub(super) fn dated(rest: &str, after: usize, numeral: &Numeral) -> Option<Number> {
    let next = rest[after..].trim_start_matches(' ').chars().next()?;
    let value = numeral.value;
    let kind = match next {
        '年' if numeral.digits == 4 && (1000.0..3000.0).contains(&value) => Kind::Year,
        '月' if (1.0..=12.0).contains(&value) && value.fract() == 0.0 => Kind::Month,
        '日' | '号' if (1.0..=31.0).contains(&value) && value.fract() == 0.0 => Kind::Day,
        _ => return None,
    };
    (!numeral.vague).then(|| Number { kind, ..Number::cardinal(value, 0..after, super::form(numeral)) })
}

/// 91年, 80后: the year in full, as the normal form. 91年 may also be as many years.
pub(super) fn short_year(number: &mut Number, numeral: &Numeral, after: &str) {
    const COUNTED: [&str; 12] = ["级", "前", "后", "间", "来", "内", "以", "之", "多", "左右", "期", "制"];
    if !numeral.arabic || numeral.digits != 2 || number.kind != Kind::Cardinal {
        return;
    }
    let tail = after.trim_start_matches(' ');
    let year = tail.strip_prefix('年').is_some_and(|rest| !COUNTED.iter().any(|word| rest.starts_with(word)));
    let born = numeral.value % 5.0 == 0.0 && tail.starts_with('后') && !tail.starts_with("后来");
    if year || born {
        number.normal = Some(if numeral.value < 30.0 { 2000.0 } else { 1900.0 } + numeral.value);
    }
}
