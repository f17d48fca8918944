//! Lengths as layouts are given them.

use std::str::FromStr;

/// A length: a finite number of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    /// How many of the unit.
    pub number: f64,
    /// The unit.
    pub unit: Unit,
}

/// The units of lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Points of 1/72 inch.
    Pt,
    /// Millimetres.
    Mm,
    /// Centimetres.
    Cm,
    /// Inches.
    In,
    /// Sizes of the letters around.
    Em,
}

impl Length {
    /// Reads a length such as `12mm`, `10pt` or `1.5em`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number = f64::from_str(digits.trim()).ok().filter(|number| number.is_finite())?;
        let unit = match &text[digits.len()..] {
            "pt" => Unit::Pt,
            "mm" => Unit::Mm,
            "cm" => Unit::Cm,
            "in" => Unit::In,
            "em" => Unit::Em,
            _ => return None,
        };
        Some(Self { number, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::{Length, Unit};

    #[test]
    fn lengths_have_a_finite_number_and_a_unit() {
        assert_eq!(Length::read("12.5 mm"), Some(Length { number: 12.5, unit: Unit::Mm }));
        assert_eq!(Length::read("-1em"), Some(Length { number: -1.0, unit: Unit::Em }));
        for text in ["12", "mm", "12px", "NaNmm", "infcm", "1 2mm", ""] {
            assert_eq!(Length::read(text), None, "{text}");
        }
    }
}
