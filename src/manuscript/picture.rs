//! What a picture file is, by its header alone: nothing is decoded.

#[cfg(feature = "pages")]
pub(crate) mod foreign;
pub(crate) mod jpeg;
pub(crate) mod svg;

use std::io::Cursor;

use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
use image::{ImageDecoder, ImageFormat, ImageReader};

use crate::message::{Argument, Message};

/// Largest picture file accepted, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Largest SVG accepted, in bytes.
pub const MAX_SVG_BYTES: usize = 4 * 1024 * 1024;
/// Most pixels accepted.
pub const MAX_PIXELS: u64 = 100_000_000;

/// The formats of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// SVG.
    Svg,
}

impl PictureFormat {
    /// The media type, such as `image/png`.
    pub fn media_type(self) -> &'static str {
        match self {
            PictureFormat::Png => "image/png",
            PictureFormat::Jpeg => "image/jpeg",
            PictureFormat::Gif => "image/gif",
            PictureFormat::Webp => "image/webp",
            PictureFormat::Svg => "image/svg+xml",
        }
    }

    /// The usual ending of file names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            PictureFormat::Png => "png",
            PictureFormat::Jpeg => "jpg",
            PictureFormat::Gif => "gif",
            PictureFormat::Webp => "webp",
            PictureFormat::Svg => "svg",
        }
    }
}

/// A picture's format and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureInfo {
    /// Format, by content and not by name.
    pub format: PictureFormat,
    /// Width in pixels as it is shown, upright; of an SVG in user units, rounded up, 0 when it does not say.
    pub width: u32,
    /// Height likewise.
    pub height: u32,
}

/// Why a picture is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureError {
    /// Too many bytes.
    TooLarge {
        /// Its bytes.
        size: usize,
        /// The limit.
        limit: usize,
    },
    /// Too many pixels.
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Not a picture in a known format.
    UnknownFormat,
    /// The format is known, its header cannot be read.
    Damaged(Message),
    /// An SVG that runs a program or loads something.
    Unsafe(Message),
    /// An SVG that takes too much time or memory to draw.
    Costly(Message),
    /// An SVG with text that only browsers show, and no other form of it.
    ForeignText,
}

impl Argument for PictureError {
    fn into_message(self) -> Message {
        match self {
            PictureError::TooLarge { size, limit } => {
                msg!("the file has {size} bytes; at most {limit} are allowed", size, limit)
            }
            PictureError::TooManyPixels { width, height } => msg!(
                "the picture has {width} × {height} pixels; at most {limit} million are allowed",
                width,
                height,
                limit = MAX_PIXELS / 1_000_000
            ),
            PictureError::UnknownFormat => msg!("the file is not a PNG, JPEG, GIF, WebP or SVG picture"),
            PictureError::Damaged(reason) => msg!("the picture is damaged: {reason}", reason),
            PictureError::Unsafe(reason) | PictureError::Costly(reason) => reason,
            PictureError::ForeignText => {
                msg!("the SVG picture has text as HTML (`foreignObject`), and no other form of it")
            }
        }
    }
}

/// Learns what a picture is, and refuses what is unfit for a book.
///
/// # Errors
/// [`PictureError`] says why it is refused.
pub fn inspect(bytes: &[u8]) -> Result<PictureInfo, PictureError> {
    if bytes.len() > MAX_BYTES {
        return Err(PictureError::TooLarge { size: bytes.len(), limit: MAX_BYTES });
    }
    // Those who draw SVG unpack it whatever it is called, and however large it becomes.
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(PictureError::Unsafe(msg!("the picture is packed with gzip (SVGZ), which is not allowed")));
    }
    let Ok(guess) = image::guess_format(bytes) else { return svg::inspect(bytes) };
    let format = match guess {
        ImageFormat::Png => PictureFormat::Png,
        ImageFormat::Jpeg => PictureFormat::Jpeg,
        ImageFormat::Gif => PictureFormat::Gif,
        ImageFormat::WebP => PictureFormat::Webp,
        _ => return Err(PictureError::UnknownFormat),
    };
    let damaged = |error: image::ImageError| PictureError::Damaged(Message::data(error.to_string()));
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), guess).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged(msg!("it has no pixels")));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    let (width, height) = match decoder.orientation() {
        Ok(Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH) => (height, width),
        _ => (width, height),
    };
    Ok(PictureInfo { format, width, height })
}

/// Whether a JPEG is in CMYK, as presses want it, and if so whether the profile in it tells its colours.
pub(crate) fn cmyk(bytes: &[u8]) -> Option<bool> {
    let jpeg = jpeg::Jpeg::read(bytes).filter(|jpeg| jpeg.components() == 4)?;
    Some(jpeg.segments.iter().any(jpeg::Segment::is_profile))
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
