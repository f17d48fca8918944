//! Pictures inside an SVG, as `data:` addresses.

use super::foreign;
use crate::manuscript::picture::{self, PictureError, PictureFormat};

/// Whether an address is that of a picture inside.
pub(super) fn is_picture(address: &str) -> bool {
    ["png", "jpeg", "gif", "webp"].iter().any(|format| {
        let rest = address.strip_prefix("data:image/").and_then(|rest| rest.strip_prefix(format));
        rest.is_some_and(|rest| rest.starts_with([';', ',']))
    })
}

/// Looks at the picture as at one in a file of its own; gives its pixels.
pub(super) fn inspect(address: &str) -> Result<u64, PictureError> {
    let (kind, data) = address.split_once(',').ok_or_else(foreign)?;
    let bytes = unquoted(data);
    let bytes = if kind.trim_end().to_ascii_lowercase().ends_with(";base64") { base64(&bytes) } else { bytes };
    match picture::inspect(&bytes) {
        Ok(info) if info.format == PictureFormat::Svg => Err(foreign()),
        Ok(info) => Ok(u64::from(info.width) * u64::from(info.height)),
        Err(error) => {
            Err(PictureError::Unsafe(msg!("a picture inside the SVG picture cannot be used: {reason}", reason = error)))
        }
    }
}

/// The bytes of an address, in which `%41` stands for `A`.
fn unquoted(data: &str) -> Vec<u8> {
    let mut rest = data.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    while let [first, tail @ ..] = rest {
        let quoted = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)),
            _ => None,
        };
        bytes.push(quoted.map_or(*first, |(high, low)| high << 4 | low));
        rest = if quoted.is_some() { &rest[3..] } else { tail };
    }
    bytes
}

/// What is written in base64; other characters are passed over, as those who show it do with blanks.
fn base64(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in data {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count).to_be_bytes()[3]);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decoded() {
        for (written, bytes) in [("", ""), ("TWFu", "Man"), ("TW E=\n", "Ma"), ("TQ==", "M")] {
            assert_eq!(base64(written.as_bytes()), bytes.as_bytes(), "{written:?}");
        }
        assert_eq!(unquoted("a%4142%zz%"), b"aA42%zz%");
    }

    #[test]
    fn only_pictures_of_dots_stand_inside() {
        for (address, is) in [
            ("data:image/png;base64,x", true),
            ("data:image/pngx,", false),
            ("data:image/svg+xml,x", false),
            ("a", false),
        ] {
            assert_eq!(is_picture(address), is, "{address}");
        }
        for bad in ["data:image/png;base64,H4sIAAAA", "data:image/png,<svg width='1'/>", "data:image/png;base64"] {
            assert!(inspect(bad).is_err(), "{bad}");
        }
    }
}
