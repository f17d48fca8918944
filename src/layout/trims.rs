//! Trim sizes: the size of a page after cutting.

use std::str::FromStr;

use crate::lang::width::half;
use crate::message::{List, Message};

/// A trim size in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trim {
    /// Its name in `PRESETS`, if it has one.
    pub name: Option<&'static str>,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The sizes that Chinese and international printers know by name. The Chinese ones are those of sheets of 787 × 1092 mm (开) and
/// 889 × 1194 mm (大 … 开) as printers cut them; GB/T 788-1999 allows a millimetre more or less. `letter` is 8½ × 11 inches, `half-letter` one
/// of its halves.
const PRESETS: [(&str, f64, f64); 12] = [
    ("16k", 185.0, 260.0),
    ("d16k", 210.0, 285.0),
    ("32k", 130.0, 184.0),
    ("d32k", 140.0, 203.0),
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("b5", 176.0, 250.0),
    ("royal", 156.0, 234.0),
    ("trade", 152.0, 229.0),
    ("digest", 140.0, 216.0),
    ("letter", 215.9, 279.4),
    ("half-letter", 139.7, 215.9),
];

/// Sides that a page may have, in millimetres.
const SIDES: std::ops::RangeInclusive<f64> = 90.0..=600.0;

impl Trim {
    /// Reads a name, as `16k` or as printers write it, 16开, 大32开; or a size such as `170x240` or `170 × 240 mm`. The width
    /// of letters and their case do not matter.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(half).flat_map(char::to_lowercase).collect();
        let format =
            text.replace("half letter", "half-letter").replace('大', "d").replace(['开', '開'], "k").replace(' ', "");
        let name = format.strip_prefix("正").unwrap_or(&format);
        if let Some((name, width, height)) = PRESETS.iter().find(|(known, ..)| *known == name) {
            return Some(Self { name: Some(name), width: *width, height: *height });
        }
        let (width, height) = text.trim_end_matches("mm").split_once(['x', '×', '*'])?;
        let side =
            |text: &str| f64::from_str(text.trim().trim_end_matches("mm").trim()).ok().filter(|s| SIDES.contains(s));
        Some(Self { name: None, width: side(width)?, height: side(height)? })
    }

    /// What may be written.
    pub(super) fn wanted() -> Message {
        let names = Message::list(List::Items, PRESETS.map(|(name, ..)| name));
        msg!("a size in millimetres such as 170x240, or one of {names}; 16开 and 大32开 are 16k and d32k", names)
    }
}

#[cfg(test)]
mod tests {
    use super::Trim;

    #[test]
    fn names_and_sizes_are_read() {
        let size = |text| Trim::read(text).map(|trim| (trim.width, trim.height));
        for text in ["16k", "16K", "16开", "１６开", "16 開", "正16开"] {
            assert_eq!(size(text), Some((185.0, 260.0)), "{text}");
        }
        for text in ["d32k", "大32开", "大３２開", "D32K"] {
            assert_eq!(size(text), Some((140.0, 203.0)), "{text}");
        }
        assert_eq!(size("A4"), Some((210.0, 297.0)));
        assert_eq!(size("Letter"), Some((215.9, 279.4)));
        assert_eq!((size("half-letter"), size("Half Letter")), (Some((139.7, 215.9)), Some((139.7, 215.9))));
        for text in ["170x240", "170 × 240 mm", "170mm x 240mm", "170*240", "１７０×２４０"] {
            assert_eq!(size(text), Some((170.0, 240.0)), "{text}");
        }
        for text in ["17k", "大开", "24开", "170", "10x240", "170x2400", "NaNx240", ""] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
