//! Amounts and units in words.

use crate::lang::number::{Kind, Number};
use crate::message::Message;

/// A value in digits with its unit, as a reader checks it.
pub(super) fn amount(number: &Number) -> Message {
    let digits = grouped(&number.value.to_string());
    match number.unit {
        _ if number.kind == Kind::Percent => Message::data(format!("{digits}%")),
        Some(unit) if number.value == 1.0 => one(digits, unit),
        Some(unit) => several(digits, unit),
        None => Message::data(digits),
    }
}

/// A number with commas between groups of three digits from 10,000 on; years have none.
fn grouped(number: &str) -> String {
    let digits = number.trim_start_matches('-');
    let whole = digits.split('.').next().unwrap_or(digits).len();
    let mut out = number[..number.len() - digits.len()].to_owned();
    for (at, c) in digits.char_indices() {
        if at > 0 && at < whole && whole > 4 && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn one(number: String, unit: &'static str) -> Message {
    match unit {
        "second" => msg!("{number} second", number),
        "minute" => msg!("{number} minute", number),
        "hour" => msg!("{number} hour", number),
        "day" => msg!("{number} day", number),
        "week" => msg!("{number} week", number),
        "month" => msg!("{number} month", number),
        "year" => msg!("{number} year", number),
        "bit" => msg!("{number} bit", number),
        "byte" => msg!("{number} byte", number),
        "qubit" => msg!("{number} qubit", number),
        "mile" => msg!("{number} mile", number),
        "pp" => msg!("{number} percentage point", number),
        _ => several(number, unit),
    }
}

fn several(number: String, unit: &'static str) -> Message {
    match unit {
        "second" => msg!("{number} seconds", number),
        "minute" => msg!("{number} minutes", number),
        "hour" => msg!("{number} hours", number),
        "day" => msg!("{number} days", number),
        "week" => msg!("{number} weeks", number),
        "month" => msg!("{number} months", number),
        "year" => msg!("{number} years", number),
        "bit" => msg!("{number} bits", number),
        "byte" => msg!("{number} bytes", number),
        "qubit" => msg!("{number} qubits", number),
        "mile" => msg!("{number} miles", number),
        "mu" => msg!("{number} mu", number),
        "pp" => msg!("{number} percentage points", number),
        symbol => Message::data(format!("{number} {symbol}")),
    }
}

/// The name of a unit in which something is measured.
pub(super) fn unit(name: &'static str) -> Message {
    match name {
        "second" => msg!("seconds"),
        "minute" => msg!("minutes"),
        "hour" => msg!("hours"),
        "day" => msg!("days"),
        "week" => msg!("weeks"),
        "month" => msg!("months"),
        "year" => msg!("years"),
        "bit" => msg!("bits"),
        "byte" => msg!("bytes"),
        "mile" => msg!("miles"),
        symbol => Message::data(symbol),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::number::Form;
    use crate::message::Locale;

    #[test]
    fn amounts_are_said_in_both_languages() {
        let cases = [
            (260_000_000.0, Kind::Cardinal, Some("CNY"), ["260,000,000 CNY", "260,000,000 CNY"]),
            (1.0, Kind::Cardinal, Some("month"), ["1 month", "1个月"]),
            (1500.0, Kind::Cardinal, Some("year"), ["1500 years", "1500年"]),
            (12345.5, Kind::Cardinal, Some("day"), ["12,345.5 days", "12,345.5天"]),
            (30.0, Kind::Percent, None, ["30%", "30%"]),
            (-123456.0, Kind::Cardinal, None, ["-123,456", "-123,456"]),
        ];
        for (value, kind, unit, expected) in cases {
            let number = Number { kind, unit, ..Number::cardinal(value, 0..0, Form::Exact) };
            let said = [Locale::English, Locale::Chinese].map(|locale| locale.say(&amount(&number)));
            assert_eq!(said, expected);
        }
    }
}
