//! From text to XML.
//!
//! Characters that XML cannot carry, such as U+0007, are not left out: in text that comes back they stand as inline codes
//! whose ids name them (`id` and `of_id`), elsewhere as signs that show them.

use std::fmt::Write;

/// Whether XML 1.0 can carry a character.
pub(crate) fn can_carry(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The id of the code that stands for a character: `u0007`, and `u0007.2` for the second of them.
pub(crate) fn id(c: char, nth: usize) -> String {
    let code = u32::from(c);
    if nth > 1 { format!("u{code:04x}.{nth}") } else { format!("u{code:04x}") }
}

/// The character for which a code with this id stands.
pub(crate) fn of_id(id: &str) -> Option<char> {
    let digits = id.strip_prefix('u')?;
    let (digits, nth) = digits.split_once('.').unwrap_or((digits, "2"));
    let is_id = digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_hexdigit())
        && nth.len() < 10
        && nth.bytes().all(|b| b.is_ascii_digit());
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| is_id)?)?;
    (!can_carry(c)).then_some(c)
}

/// A character that XML cannot carry, as a sign that shows it.
fn sign(c: char) -> char {
    let pictures = u32::from(c).checked_add(0x2400).filter(|_| c < ' ');
    pictures.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Adds text between tags.
pub(crate) fn text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A reader would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            c if can_carry(c) => out.push(c),
            c => out.push(sign(c)),
        }
    }
}

/// Adds an attribute with a space before it.
pub(crate) fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            // A reader would make a space of it.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c => text(out, c.encode_utf8(&mut [0; 4])),
        }
    }
    out.push('"');
}

/// A text without the characters that XML does not allow.
pub(crate) fn legal(text: &str) -> String {
    let one = |c: char| match c {
        '\n' | '\t' => c,
        _ if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
        _ => c,
    };
    text.chars().map(one).collect()
}
