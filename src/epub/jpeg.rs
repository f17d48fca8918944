//! JPEG files (ITU-T T.81) as they are, without what a camera wrote beside the picture.

/// Most bytes per pixel of a picture that goes into a book unchanged: about what quality 92 takes.
const DENSE: f64 = 0.6;

/// What stands before the picture itself.
const START_OF_SCAN: u8 = 0xDA;

/// The file without comments and notes; `None` when it is not a plain picture in grey or colour, has more bytes than a
/// book should carry, has no end, or breaks the standard. Colour profiles stay: without them colours would change.
pub(super) fn stripped(bytes: &[u8], pixels: u64) -> Option<Vec<u8>> {
    if bytes.len() as f64 > pixels as f64 * DENSE || !bytes.ends_with(&[0xFF, 0xD9]) {
        return None;
    }
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(bytes.strip_prefix(&[0xFF, 0xD8]).map(|_| [0xFF, 0xD8])?);
    let mut at = 2;
    loop {
        let &[0xFF, marker] = bytes.get(at..at + 2)? else { return None };
        let length = usize::from(u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?));
        let segment = bytes.get(at..at + 2 + length)?;
        if is_frame(marker) && !matches!(segment.get(9)?, 1 | 3) {
            return None;
        }
        if stays(marker, segment) {
            out.extend(segment);
        }
        at += segment.len();
        if marker == START_OF_SCAN {
            out.extend(bytes.get(at..)?);
            return Some(out);
        }
    }
}

/// A frame header: it tells how many components a pixel has.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

/// JFIF's and Adobe's segments say how to read the colours; profiles say what they mean.
fn stays(marker: u8, segment: &[u8]) -> bool {
    match marker {
        0xE0 | 0xEE => true,
        0xE2 => segment.get(4..).is_some_and(|rest| rest.starts_with(b"ICC_PROFILE\0")),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn jpeg() -> Vec<u8> {
        let image = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 5, 90]));
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    /// A segment put after the start of a file.
    fn with(marker: u8, content: &[u8], file: &[u8]) -> Vec<u8> {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&file[..2], &[0xFF, marker], &length, content, &file[2..]].concat()
    }

    #[test]
    fn a_cameras_notes_go_and_the_picture_stays() {
        let plain = jpeg();
        let noted = with(0xFE, b"taken at home", &with(0xE1, b"Exif\0\0somewhere", &plain));
        let out = stripped(&noted, 64 * 48).unwrap();
        assert_eq!(out, plain);
        let profile = with(0xE2, b"ICC_PROFILE\0\x01\x01x", &plain);
        assert_eq!(stripped(&profile, 64 * 48).unwrap(), profile);
    }

    #[test]
    fn what_is_dense_cut_short_or_no_picture_is_left_to_the_encoder() {
        let plain = jpeg();
        assert_eq!(stripped(&plain, 100), None);
        for end in 0..plain.len() {
            assert_eq!(stripped(&plain[..end], 64 * 48), None, "cut after {end} bytes");
        }
        assert_eq!(stripped(b"\x89PNG\r\n\x1a\n", 1 << 20), None);
        let mut four = plain.clone();
        let frame = four.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        four[frame + 9] = 4;
        assert_eq!(stripped(&four, 64 * 48), None);
    }
}
