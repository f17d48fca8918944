//! Signs of the wrong width in words that a manuscript's files do not know.

use super::Area;
use super::slip::code_point;
use crate::diagnostic::Diagnostic;
use crate::message::Message;

/// The longest word that is looked at, in characters.
const LONGEST: usize = 40;

/// Adds to findings on single words of `area` what is wrong with the width of their signs. Findings on one sign are about
/// that sign already.
pub(crate) fn explain(area: Area<'_>, findings: &mut [Diagnostic]) {
    for finding in findings {
        let word = finding.primary.as_ref().map_or("", |label| area.written(label.span));
        let single = !word.contains([':', '\n', '\r']) && (2..=LONGEST).contains(&word.chars().count());
        if single && let Some(hint) = hint(word) {
            finding.hints.push(hint);
        }
    }
}

fn hint(word: &str) -> Option<Message> {
    if let Some(hidden) = word.chars().find(|c| is_hidden(*c)) {
        return Some(msg!(
            "it contains the invisible character {character}: delete it",
            character = code_point(hidden)
        ));
    }
    let sign = word.chars().find_map(|sign| half(sign).map(|half| (sign, half)));
    match sign? {
        (sign, '"') => Some(msg!("‘{sign}’ does not quote in YAML: use \" or no quotes", sign)),
        (sign, half) => Some(msg!("‘{sign}’ is full-width: use ‘{half}’", sign, half)),
    }
}

/// Whether a character is a blank other than a space, or nothing at all.
fn is_hidden(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\u{3000}') || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// The sign that YAML and the names in a manuscript's files are written with.
fn half(sign: char) -> Option<char> {
    match sign {
        '“' | '”' | '「' | '」' | '『' | '』' => Some('"'),
        '【' | '〔' => Some('['),
        '】' | '〕' => Some(']'),
        '、' => Some(','),
        '\u{3000}' => Some(' '),
        // The full-width forms of ASCII, in its order.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0),
        _ => None,
    }
}
