//! Marks that exist in two widths.

use crate::lang::zh::is_han;

/// Marks in half width, each with the full-width form that Chinese uses.
const FORMS: [(char, char); 9] = [
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

/// The full-width form of a mark.
pub(super) fn full(c: char) -> Option<char> {
    FORMS.iter().find(|(half, _)| *half == c).map(|(_, full)| *full)
}

/// The half-width form of a mark; `、` reads as a comma.
pub(super) fn half(c: char) -> Option<char> {
    match c {
        '、' => Some(','),
        _ => FORMS.iter().find(|(_, full)| *full == c).map(|(half, _)| *half),
    }
}

/// Whether a character is Chinese or a mark that only Chinese text has.
pub(super) fn is_chinese(c: char) -> bool {
    is_han(c) || ('\u{3001}'..='\u{303f}').contains(&c) || ('\u{ff01}'..='\u{ff5e}').contains(&c)
}
