//! GIF files (GIF89a) as they are, without what a program wrote beside the picture.

/// The file without comments and applications' notes; `None` if it moves, breaks the standard or is cut short.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    let mut pictures = 0;
    loop {
        let start = at;
        let kept = match *bytes.get(at)? {
            0x2C => {
                pictures += 1;
                at = blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
                true
            }
            0x21 => {
                at = blocks(bytes, at + 2)?;
                // What shines through.
                bytes[start + 1] == 0xF9
            }
            0x3B => {
                out.push(0x3B);
                return (pictures == 1).then_some(out);
            }
            _ => return None,
        };
        if kept {
            out.extend(&bytes[start..at]);
        }
    }
}

/// The length of a table of colours, by its flags.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// One past the blocks of data that begin at byte `at`.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one pixel, from its parts.
    fn file(parts: &[&[u8]]) -> Vec<u8> {
        let head: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
        [head, &parts.concat(), b"\x3b"].concat()
    }

    const PICTURE: &[u8] = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    const CLEAR: &[u8] = b"\x21\xf9\x04\x01\0\0\0\0";
    const COMMENT: &[u8] = b"\x21\xfe\x04home\0";

    #[test]
    fn comments_go_and_the_picture_stays() {
        let plain = file(&[CLEAR, PICTURE]);
        assert!(image::load_from_memory(&plain).is_ok());
        assert_eq!(stripped(&plain), Some(plain.clone()));
        assert_eq!(stripped(&file(&[COMMENT, CLEAR, PICTURE, COMMENT])), Some(plain.clone()));
        assert_eq!(stripped(&file(&[PICTURE, PICTURE])), None, "it moves");
        assert_eq!(stripped(&file(&[])), None);
        for end in 0..plain.len() {
            assert_eq!(stripped(&plain[..end]), None, "cut after {end} bytes");
        }
    }
}
