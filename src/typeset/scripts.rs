//! Which font holds the characters that the built-in ones lack.

use std::ops::RangeInclusive;

/// Ranges of Unicode with the free face that is easiest to get for them. Sorted.
const FACES: &[(RangeInclusive<u32>, &str)] = &[
    (0x0530..=0x058F, "Noto Serif Armenian"),
    (0x0590..=0x05FF, "Noto Serif Hebrew"),
    (0x0600..=0x06FF, "Noto Naskh Arabic"),
    (0x0900..=0x097F, "Noto Serif Devanagari"),
    (0x0980..=0x09FF, "Noto Serif Bengali"),
    (0x0B80..=0x0BFF, "Noto Serif Tamil"),
    (0x0E00..=0x0E7F, "Noto Serif Thai"),
    (0x0F00..=0x0FFF, "Noto Serif Tibetan"),
    (0x10A0..=0x10FF, "Noto Serif Georgian"),
    (0x1100..=0x11FF, "Noto Serif CJK KR"),
    (0x1200..=0x137F, "Noto Serif Ethiopic"),
    (0x1800..=0x18AF, "Noto Sans Mongolian"),
    (0x2E80..=0x2FDF, "Noto Serif CJK SC"),
    (0x3040..=0x30FF, "Noto Serif CJK JP"),
    (0x3100..=0x312F, "Noto Serif CJK TC"),
    (0x3130..=0x318F, "Noto Serif CJK KR"),
    (0x31A0..=0x31BF, "Noto Serif CJK TC"),
    (0x3400..=0x9FFF, "Noto Serif CJK SC"),
    (0xA000..=0xA4CF, "Noto Sans Yi"),
    (0xAC00..=0xD7FF, "Noto Serif CJK KR"),
    (0xF900..=0xFAFF, "Noto Serif CJK SC"),
    (0x12000..=0x1254F, "Noto Sans Cuneiform"),
    (0x13000..=0x1345F, "Noto Sans Egyptian Hieroglyphs"),
    (0x1D100..=0x1D1FF, "Noto Music"),
    (0x1F000..=0x1FAFF, "Noto Emoji"),
    (0x20000..=0x323AF, "Jigmo"),
];

/// A face that has a character; `None` when it is of no script that is listed.
pub(super) fn face(character: char) -> Option<&'static str> {
    let number = u32::from(character);
    FACES.iter().find(|(range, _)| range.contains(&number)).map(|(_, face)| *face)
}

#[cfg(test)]
mod tests {
    use super::{FACES, face};

    #[test]
    fn a_rare_hanzi_has_its_face() {
        let found = ['𠮷', '㐀', '한', '𓀀', '\u{E000}'].map(face);
        let faces = [
            Some("Jigmo"),
            Some("Noto Serif CJK SC"),
            Some("Noto Serif CJK KR"),
            Some("Noto Sans Egyptian Hieroglyphs"),
        ];
        assert_eq!(found[..4], faces);
        assert_eq!(found[4], None);
        assert!(FACES.windows(2).all(|two| two[0].0.end() < two[1].0.start()), "sorted, without overlap");
    }
}
