//! JPEG files: as they are, without what a camera wrote beside the picture, and made of pixels.

use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::manuscript::picture::jpeg::{Jpeg, Segment};

/// The file without comments, notes and whatever stands after its end; `None` when it is not a plain picture in grey or
/// colour, or breaks the standard. Colour profiles stay: without them colours would change.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let jpeg = Jpeg::read(bytes).filter(|jpeg| matches!(jpeg.components(), 1 | 3))?;
    let mut out = vec![0xFF, 0xD8];
    for segment in jpeg.segments.iter().filter(|segment| stays(segment)) {
        out.extend(segment.bytes);
    }
    out.extend(jpeg.scans);
    Some(out)
}

/// A picture as a JPEG of a quality from 1 to 100, its colours at full size, for covers hold letters; `None` for one that is empty or too
/// large for the format.
pub(super) fn encoded(picture: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(picture.width()).ok()?, u16::try_from(picture.height()).ok()?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality.max(1));
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

/// JFIF's and Adobe's segments say how to read the colours; profiles say what they mean.
fn stays(segment: &Segment<'_>) -> bool {
    match segment.marker {
        0xE0 | 0xEE => true,
        0xE2 => segment.is_profile(),
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
        assert_eq!(stripped(&plain).unwrap(), plain);
        let noted = with(0xFE, b"taken at home", &with(0xE1, b"Exif\0\0somewhere", &plain));
        assert_eq!(stripped(&noted).unwrap(), plain);
        let profile = with(0xE2, b"ICC_PROFILE\0\x01\x01x", &plain);
        assert_eq!(stripped(&profile).unwrap(), profile);
        let preview = [&plain[..], &noted].concat();
        assert_eq!(stripped(&preview).unwrap(), plain, "a second picture after the end goes");
    }

    #[test]
    fn what_is_cut_short_or_no_picture_is_left_to_the_encoder() {
        let plain = jpeg();
        for end in 0..plain.len() {
            assert_eq!(stripped(&plain[..end]), None, "cut after {end} bytes");
        }
        assert_eq!(stripped(b"\x89PNG\r\n\x1a\n"), None);
        let mut four = plain.clone();
        let frame = four.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        four[frame + 9] = 4;
        assert_eq!(stripped(&four), None);
    }

    /// The greatest difference of a part of a colour between a picture and what its JPEG shows.
    fn difference(picture: &RgbImage, quality: u8) -> u8 {
        let shown = image::load_from_memory(&encoded(picture, quality).unwrap()).unwrap().to_rgb8();
        assert_eq!(shown.dimensions(), picture.dimensions());
        shown.iter().zip(picture.iter()).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
    }

    #[test]
    fn a_colour_by_itself_stays_what_it_is() {
        for colour in [[0, 0, 0], [255, 255, 255], [20, 40, 80], [250, 10, 0], [1, 254, 128]] {
            let plain = RgbImage::from_pixel(31, 17, image::Rgb(colour));
            assert!(difference(&plain, 95) <= 3, "{colour:?}");
        }
    }

    #[test]
    fn coloured_letters_keep_their_edges() {
        let stripes = RgbImage::from_fn(40, 8, |x, _| image::Rgb(if x % 2 == 0 { [200, 0, 0] } else { [0, 0, 200] }));
        assert!(difference(&stripes, 100) <= 8);
    }

    #[test]
    fn no_picture_is_made_of_nothing_or_of_more_than_the_format_holds() {
        assert_eq!(encoded(&RgbImage::new(0, 5), 80), None);
        assert_eq!(encoded(&RgbImage::new(70_000, 1), 80), None);
        assert!(encoded(&RgbImage::new(1, 1), 0).is_some());
    }
}
