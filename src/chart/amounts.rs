//! How values are written.

use crate::lang::{self, Lang};
use crate::model::{Amount, Chart, ChartKind};

/// A number with commas between its thousands, as both languages write them, unless the author grouped its digits.
pub fn grouped(written: &str) -> String {
    let (sign, written) = match written.strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("", written),
    };
    let end = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let (digits, rest) = written.split_at(end);
    if digits.len() < 4 || rest.contains(|c: char| c.is_ascii_digit() && !rest.starts_with('.')) {
        return format!("{sign}{written}");
    }
    let first = (digits.len() - 1) % 3 + 1;
    let mut out = format!("{sign}{}", &digits[..first]);
    for group in digits.as_bytes()[first..].chunks(3) {
        out.push(',');
        out.extend(group.iter().map(|digit| char::from(*digit)));
    }
    out + rest
}

/// A number that was reckoned, with so many places that four figures count.
pub(super) fn plain(value: f64) -> String {
    let whole = libm::floor(libm::log10(value.abs().max(1e-9))) + 1.0;
    let places = (4.0 - whole).clamp(0.0, 9.0);
    let rounded = round(value, places);
    let text = rounded.to_string();
    grouped(if text == "-0" { "0" } else { &text })
}

/// The number with so many decimal places.
fn round(value: f64, places: f64) -> f64 {
    let power = libm::pow(10.0, places);
    let rounded = libm::round(value * power) / power;
    if rounded.is_finite() { rounded } else { value }
}

/// Says the values in the unit of the language that suits the largest: in 亿, in millions.
pub fn scaled(chart: &mut Chart, lang: &Lang) {
    if !chart.look.scaled || matches!(chart.kind, ChartKind::Timeline | ChartKind::Flow | ChartKind::Scatter) {
        return;
    }
    let scales = lang::of(lang).magnitudes(lang.tag());
    let unit = chart.unit.as_deref().unwrap_or_default().trim();
    let known = scales.iter().filter(|scale| unit.starts_with(scale.word)).max_by_key(|scale| scale.word.len());
    let (factor, rest) = known.map_or((1.0, unit), |scale| (scale.value, unit[scale.word.len()..].trim_start()));
    let values = || chart.data.iter().flat_map(|row| row.values.iter().flatten());
    let most = values().map(|amount| amount.value.abs() * factor).fold(0.0, f64::max);
    let suits = scales.iter().filter(|scale| scale.said && scale.value <= most);
    let Some(best) = suits.max_by(|a, b| a.value.total_cmp(&b.value)) else { return };
    let gap = if rest.is_empty() { "" } else { lang::of(lang).magnitude_gap() };
    let unit = format!("{}{gap}{rest}", best.word);
    let shift = factor / best.value;
    for amount in chart.data.iter_mut().flat_map(|row| row.values.iter_mut().flatten()) {
        let value = amount.value * shift;
        *amount = Amount { value, shown: plain(value) };
    }
    let marked = chart.look.lines.iter_mut().map(|line| &mut line.value);
    marked.chain(&mut chart.look.min).chain(&mut chart.look.max).for_each(|value| *value *= shift);
    chart.unit = Some(unit);
}

#[cfg(test)]
mod tests {
    use super::{grouped, plain, scaled};
    use crate::model::{Chart, ChartLook, Datum, Lang};

    #[test]
    fn thousands_are_grouped_once() {
        for (written, shown) in [
            ("999", "999"),
            ("1750", "1,750"),
            ("100000", "100,000"),
            ("1,750", "1,750"),
            ("12 500", "12 500"),
            ("23.6", "23.6"),
            ("1234.5", "1,234.5"),
            ("1e5", "1e5"),
            ("54%", "54%"),
            ("-3.2", "−3.2"),
            ("-12500", "−12,500"),
        ] {
            assert_eq!(grouped(written), shown);
        }
    }

    #[test]
    fn reckoned_numbers_have_four_figures() {
        for (value, shown) in
            [(0.1 + 0.2, "0.3"), (1234.56, "1,235"), (-0.0001, "−0.0001"), (0.0, "0"), (12.345, "12.35")]
        {
            assert_eq!(plain(value), shown);
        }
    }

    #[test]
    fn the_scale_that_suits_the_largest_value_is_that_of_the_language() {
        for (tag, unit, value, shown, says) in [
            ("zh", "元", 1.2e9, "12", "亿元"),
            ("en", "yuan", 1.2e9, "1.2", "billion yuan"),
            ("zh", "亿", 100_000.0, "10", "万亿"),
            ("en", "hundred million", 100_000.0, "10", "trillion"),
            ("en", "people", 900.0, "900", "people"),
            ("zh", "", 45_000.0, "4.5", "万"),
        ] {
            let look = ChartLook { scaled: true, ..ChartLook::default() };
            let data = vec![Datum::new("A", value, value.to_string())];
            let mut chart = Chart { unit: Some(unit.to_owned()), look, data, ..Chart::default() };
            scaled(&mut chart, &Lang::new(tag).unwrap());
            assert_eq!((chart.data[0].shown(), chart.unit.as_deref()), (shown, Some(says)), "{tag} {unit}");
        }
    }
}
