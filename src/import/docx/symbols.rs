//! Characters of symbol fonts, which are others than their codes say.

use crate::foreign::xml::Element;

/// Fonts whose codes show signs.
const FONTS: [&str; 8] =
    ["symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "zapfdingbats", "monotype sorts", "mt extra"];

/// The font of signs that a run stands in.
pub(super) fn font(properties: &Element) -> Option<String> {
    let fonts = properties.child("rFonts")?;
    let name = fonts.local("ascii").or_else(|| fonts.local("hAnsi"))?;
    FONTS.contains(&name.to_lowercase().as_str()).then(|| name.to_owned())
}

/// The character that a code of a font shows.
pub(super) fn of(font: &str, code: u32) -> Option<char> {
    let font = font.to_lowercase();
    let low = code & 0xff;
    if font.starts_with("wingdings 2") {
        return Some(match low {
            0x50 => '✓',
            0x4f => '✗',
            0x52 => '☑',
            0xa3 => '☐',
            _ => return None,
        });
    }
    if font.starts_with("wingdings 3") {
        return Some(match low {
            0x66 => '←',
            0x67 => '→',
            0x68 => '↑',
            0x69 => '↓',
            0x70 => '▲',
            0x71 => '▼',
            0x74 => '◀',
            0x75 => '▶',
            0x7d => '▶',
            0x84 => '◀',
            _ => return None,
        });
    }
    if FONTS[4..].contains(&font.as_str()) {
        return None;
    }
    if font.starts_with("wingdings") {
        return Some(match low {
            0x4a => '☺',
            0x4c => '☹',
            0x6c | 0x9f => '●',
            0x6e => '■',
            0x6f | 0xa8 => '☐',
            0x71 => '❑',
            0x74 | 0x75 => '◆',
            0x76 => '❖',
            0xa7 => '▪',
            0xd8 => '➢',
            0xdf => '←',
            0xe0 | 0xe8 => '→',
            0xe1 => '↑',
            0xe2 => '↓',
            0xfb => '✗',
            0xfc => '✓',
            0xfd => '☒',
            0xfe => '☑',
            _ => return None,
        });
    }
    if font == "symbol" {
        const GREEK: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
        const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
        let letter = |from: u32, letters: &str| letters.chars().nth((low - from) as usize);
        return match low {
            0x61..=0x7a => letter(0x61, GREEK),
            0x41..=0x5a => letter(0x41, CAPITALS),
            0x20..=0x3f => char::from_u32(low),
            0xa3 => Some('≤'),
            0xb3 => Some('≥'),
            0xb0 => Some('°'),
            0xb1 => Some('±'),
            0xb4 => Some('×'),
            0xb7 => Some('•'),
            0xb9 => Some('≠'),
            0xa5 => Some('∞'),
            0xae => Some('→'),
            0xde => Some('⇒'),
            0xe5 => Some('∑'),
            0xf2 => Some('∫'),
            0xd6 => Some('√'),
            0xb6 => Some('∂'),
            _ => None,
        };
    }
    // Another font: a code outside of the private ones is the character itself.
    char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c) && !c.is_control())
}
