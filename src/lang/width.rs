//! Characters and marks that exist in two widths.

use super::cjk::is_han;

/// Full-width letters, digits and signs as their half-width forms; other characters as they are.
pub fn half(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        '￡' => '£',
        other => other,
    }
}

/// Marks of half width, each with the mark that full-width typography has in its place.
const MARKS: [(char, char); 9] = [
    (',', '，'),
    ('.', '。'),
    (';', '；'),
    (':', '：'),
    ('?', '？'),
    ('!', '！'),
    ('(', '（'),
    (')', '）'),
    ('%', '％'),
];

/// The full-width mark in place of one of half width.
pub fn full_mark(c: char) -> Option<char> {
    MARKS.iter().find(|(half, _)| *half == c).map(|(_, full)| *full)
}

/// The half-width mark in place of one of full width; `、` reads as a comma.
pub fn half_mark(c: char) -> Option<char> {
    match c {
        '、' => Some(','),
        _ => MARKS.iter().find(|(_, full)| *full == c).map(|(half, _)| *half),
    }
}

/// Whether a character is Chinese or a mark that only full-width typography has.
pub fn is_full(c: char) -> bool {
    is_han(c) || ('\u{3001}'..='\u{303f}').contains(&c) || ('\u{ff01}'..='\u{ff5e}').contains(&c)
}
