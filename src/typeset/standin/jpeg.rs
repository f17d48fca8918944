//! Tokens of JPEG files.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, RgbImage};

use super::Mark;
use crate::manuscript::picture::jpeg::{Jpeg, Segment};

/// A comment (ITU-T T.81, B.2.4.5).
const COMMENT: u8 = 0xFE;

/// A JPEG of one pixel with the mark, and with what the true one says of its resolution, its turn and its profile; `None` for one that
/// is neither grey nor in three colours, or that breaks the standard.
pub(super) fn token(bytes: &[u8], mark: &Mark) -> Option<Vec<u8>> {
    let jpeg = Jpeg::read(bytes)?;
    let pixel = match jpeg.components() {
        1 => DynamicImage::ImageLuma8(GrayImage::new(1, 1)),
        3 => DynamicImage::ImageRgb8(RgbImage::new(1, 1)),
        _ => return None,
    };
    let mut plain = Vec::new();
    pixel.write_with_encoder(JpegEncoder::new(&mut plain)).ok()?;
    let plain = Jpeg::read(&plain)?;
    let mut token = vec![0xFF, 0xD8];
    jpeg.segments.iter().filter(|segment| is_kept(segment)).for_each(|segment| token.extend(segment.bytes));
    token.extend([0xFF, COMMENT, 0, 34]);
    token.extend(mark);
    let own = plain.segments.iter().filter(|segment| !matches!(segment.marker, 0xE0..=0xEF | COMMENT));
    own.for_each(|segment| token.extend(segment.bytes));
    token.extend(plain.scans);
    Some(token)
}

/// JFIF tells the resolution, and so does Exif, which tells the turn too.
fn is_kept(segment: &Segment<'_>) -> bool {
    match segment.marker {
        0xE0 => true,
        0xE1 => segment.bytes.get(4..).is_some_and(|content| content.starts_with(b"Exif\0")),
        _ => segment.is_profile(),
    }
}
