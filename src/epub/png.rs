//! PNG files (W3C PNG) as they are, without what a program wrote beside the picture; and pictures of few colours with a
//! palette.

use image::DynamicImage;

use crate::message::Message;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What stays: the picture, and how its colours, its size and what shines through are to be shown.
const KEPT: [&[u8; 4]; 13] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs",
];

/// The file without texts, notes, times and further frames; `None` if it breaks the standard or is cut short.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut out = SIGNATURE.to_vec();
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?);
        let chunk = rest.get(..usize::try_from(length).ok()?.checked_add(12)?)?;
        let name = &chunk[4..8];
        let kept = KEPT.iter().any(|kept| kept.as_slice() == name);
        if kept {
            out.extend(chunk);
        } else if name[0].is_ascii_uppercase() {
            // Without such a chunk the picture cannot be read.
            return None;
        }
        if name == b"IEND" {
            return Some(out);
        }
        rest = &rest[chunk.len()..];
    }
}

/// Whether a PNG has a palette.
pub(super) fn is_indexed(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE) && bytes.get(25) == Some(&3)
}

/// Whether a PNG has more than eight bits for a colour, which not all reading systems show.
pub(super) fn is_deep(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE) && bytes.get(24) == Some(&16)
}

/// A picture with a palette of the 256 colours that are nearest to its own.
pub(super) fn indexed(image: &DynamicImage) -> Result<Vec<u8>, Message> {
    let pixels = image.to_rgba8();
    let colours = color_quant::NeuQuant::new(10, 256, &pixels);
    let palette = colours.color_map_rgba();
    let indices: Vec<u8> = pixels.pixels().map(|pixel| colours.index_of(&pixel.0) as u8).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width(), image.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.chunks(4).flat_map(|colour| &colour[..3]).copied().collect::<Vec<u8>>());
    encoder.set_trns(palette.chunks(4).map(|colour| colour[3]).collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::High);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices));
    written.map_err(|error| msg!("it is damaged: {reason}", reason = error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn drawing(format: image::ImageFormat) -> Vec<u8> {
        let image = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([x as u8 / 20 * 90, y as u8 / 20 * 90, 90]));
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A chunk put after the header of a file; nothing reads its checksum.
    fn with(name: &[u8; 4], content: &[u8], file: &[u8]) -> Vec<u8> {
        let length = (content.len() as u32).to_be_bytes();
        [&file[..33], &length, name, content, b"0000", &file[33..]].concat()
    }

    #[test]
    fn texts_and_notes_go_and_the_picture_stays() {
        let plain = drawing(image::ImageFormat::Png);
        assert_eq!(stripped(&plain).unwrap(), plain);
        let noted = with(b"tEXt", b"Author\0x", &with(b"eXIf", b"MM", &with(b"tIME", b"now", &plain)));
        assert_eq!(stripped(&noted).unwrap(), plain);
        let physical = with(b"pHYs", b"123456789", &plain);
        assert_eq!(stripped(&physical).unwrap(), physical);
        assert_eq!(stripped(&with(b"CgBI", b"", &plain)), None);
        for end in 0..plain.len() {
            assert_eq!(stripped(&plain[..end]), None, "cut after {end} bytes");
        }
    }

    #[test]
    fn a_palette_keeps_the_colours() {
        let image = image::load_from_memory(&drawing(image::ImageFormat::Png)).unwrap();
        let bytes = indexed(&image).unwrap();
        assert!(is_indexed(&bytes));
        let again = image::load_from_memory(&bytes).unwrap().to_rgb8();
        let far = |(a, b): (&u8, &u8)| a.abs_diff(*b) > 4;
        assert!(!image.to_rgb8().iter().zip(again.iter()).any(far));
    }
}
