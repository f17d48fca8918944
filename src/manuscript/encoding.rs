//! The encoding of a text file: UTF-8, or what it looks like instead.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text that is not UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// What the encoding is called; `None` if it looks like UTF-8 that is damaged, or like nothing that is known.
    pub(crate) encoding: Option<&'static str>,
    /// The text read in that encoding, or with signs in place of what is no text.
    pub(crate) text: String,
    /// Where the first character stands in it that could not be read as UTF-8.
    pub(crate) at: usize,
    /// How many characters are lost.
    pub(crate) lost: usize,
    /// Whether most of what is not ASCII is not lost.
    sound: bool,
}

impl Foreign {
    /// Whether its text can be read, apart from what is lost of it.
    pub(crate) fn is_legible(&self) -> bool {
        self.encoding.is_some() || self.sound
    }
}

/// The text of a file.
pub(crate) fn read(bytes: Vec<u8>) -> Result<String, Foreign> {
    if let Some((encoding, name)) = wide(&bytes) {
        let (text, _) = encoding.decode_with_bom_removal(&bytes);
        return Err(Foreign { encoding: Some(name), text: text.into_owned(), at: 0, lost: 0, sound: true });
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    if let Some((encoding, name)) = narrow(&bytes)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        // What comes first in the file is ASCII, and the same in both.
        let at = ascii(&bytes).min(at);
        return Err(Foreign { encoding: Some(name), text: text.into_owned(), at, lost: 0, sound: true });
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (sound, lost) = shares(&text);
    Err(Foreign { encoding: None, text, at, lost, sound: sound > 2 * lost })
}

/// How many characters outside of ASCII were read, and how many were lost.
fn shares(lossy: &str) -> (usize, usize) {
    let lost = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    (lossy.chars().filter(|c| !c.is_ascii()).count() - lost, lost)
}

/// How many bytes at the beginning are ASCII.
fn ascii(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii()).count()
}

/// An encoding in units of two bytes, known by its mark or because almost all units are what a manuscript is written with.
fn wide(bytes: &[u8]) -> Option<(&'static Encoding, &'static str)> {
    match bytes {
        [0xff, 0xfe, ..] => return Some((UTF_16LE, "UTF-16 LE")),
        [0xfe, 0xff, ..] => return Some((UTF_16BE, "UTF-16 BE")),
        _ => {}
    }
    let (units, odd) = bytes.as_chunks::<2>();
    if !odd.is_empty() || units.is_empty() || !bytes.contains(&0) {
        return None;
    }
    let usual = |unit: &u16| matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..0x7f | 0x2010..0x2040 | 0x3000..0x3020 | 0x4e00..0xa000 | 0xff00..0xff60);
    let share = |read: fn([u8; 2]) -> u16| units.iter().filter(|unit| usual(&read(**unit))).count();
    let most = units.len() - units.len() / 10;
    if share(u16::from_le_bytes) >= most {
        return Some((UTF_16LE, "UTF-16 LE"));
    }
    (share(u16::from_be_bytes) >= most).then_some((UTF_16BE, "UTF-16 BE"))
}

/// An encoding of one or two bytes for each character, known by what its commonest characters are.
fn narrow(bytes: &[u8]) -> Option<(&'static Encoding, &'static str)> {
    let lossy = String::from_utf8_lossy(bytes);
    // Damaged UTF-8 has few characters that are not sound.
    let (sound, lost) = shares(&lossy);
    if sound > 2 * lost {
        return None;
    }
    let gbk = common(bytes, |pair| matches!(pair, [0xb0..=0xd7, 0xa1..=0xfe] | [0xa1..=0xa3, 0xa1..=0xfe]));
    let big5 = common(
        bytes,
        |pair| matches!(pair, [0xa4..=0xc6, 0x40..=0x7e | 0xa1..=0xfe] | [0xa1..=0xa3, 0x40..=0x7e | 0xa1..=0xbf]),
    );
    match (gbk.max(big5) >= 60, gbk >= big5) {
        (true, true) => Some((GB18030, "GBK")),
        (true, false) => Some((BIG5, "Big5")),
        (false, _) => is_latin(bytes).then_some((WINDOWS_1252, "Windows-1252")),
    }
}

/// Of the pairs of bytes that begin outside of ASCII, how many in a hundred are common characters.
fn common(bytes: &[u8], is_common: fn([u8; 2]) -> bool) -> usize {
    let (mut pairs, mut found, mut at) = (0, 0, 0);
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            at += 1;
            continue;
        }
        let pair = [bytes[at], bytes.get(at + 1).copied().unwrap_or_default()];
        pairs += 1;
        found += usize::from(is_common(pair));
        at += 2;
    }
    (100 * found).checked_div(pairs).unwrap_or_default()
}

/// Whether what is not ASCII stands alone beside Latin letters, as accents do in Western Europe.
fn is_latin(bytes: &[u8]) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let high = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| !byte.is_ascii());
    let foreign = (0..bytes.len()).filter(|at| !bytes[*at].is_ascii());
    let alone = |at: &usize| {
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        (letter(before) || letter(after)) && !high(before) && !high(after)
    };
    let (alone, others): (Vec<usize>, Vec<usize>) = foreign.partition(alone);
    alone.len() > others.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: &str = "---\ntitle: 桥\n---\n桥建于1920年，后来重修过两次。\n";
    const TRADITIONAL: &str = "---\ntitle: 橋\n---\n橋建於1920年，後來重修過兩次。\n";

    fn looks_like(bytes: &[u8]) -> Option<&'static str> {
        read(bytes.to_vec()).expect_err("it is not UTF-8").encoding
    }

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn in_units(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_is_read() {
        for text in ["", CHINESE, "caf\u{e9}", "\u{feff}文", "a\0b"] {
            assert_eq!(read(text.as_bytes().to_vec()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn an_encoding_is_told_by_its_commonest_characters() {
        assert_eq!(looks_like(&encoded(CHINESE, GB18030)), Some("GBK"));
        assert_eq!(looks_like(&encoded(TRADITIONAL, BIG5)), Some("Big5"));
        assert_eq!(
            looks_like(&encoded("The caf\u{e9} \u{201c}B\u{e9}zier\u{201d} is na\u{ef}ve.\n", WINDOWS_1252)),
            Some("Windows-1252")
        );
        for text in [CHINESE, TRADITIONAL, "# Bridge\n\nBuilt in 1920.\n"] {
            assert_eq!(looks_like(&in_units(text, u16::to_le_bytes)), Some("UTF-16 LE"), "{text}");
            assert_eq!(looks_like(&in_units(text, u16::to_be_bytes)), Some("UTF-16 BE"), "{text}");
            assert_eq!(
                looks_like(&in_units(&format!("\u{feff}{text}"), u16::to_le_bytes)),
                Some("UTF-16 LE"),
                "{text}"
            );
        }
    }

    #[test]
    fn the_text_is_shown_as_it_was_written() {
        let gbk = read(encoded(CHINESE, GB18030)).expect_err("it is not UTF-8");
        assert_eq!((gbk.text.as_str(), &gbk.text[gbk.at..gbk.at + 3]), (CHINESE, "桥"));
        let wide = read(in_units(&format!("\u{feff}{CHINESE}"), u16::to_be_bytes)).expect_err("it is not UTF-8");
        assert_eq!((wide.text.as_str(), wide.at), (CHINESE, 0));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = CHINESE.as_bytes().to_vec();
        let at = CHINESE.find('桥').expect("it is there");
        bytes.remove(at + 1);
        let found = read(bytes).expect_err("it is damaged");
        assert_eq!((found.encoding, found.at), (None, at));
        assert_eq!(looks_like(&[0xff, 0xff, b'a', 0xff]), None);
    }
}
