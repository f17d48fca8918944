//! What a picture file is, by its header alone: nothing is decoded.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

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
    /// Width in pixels; of an SVG in user units, rounded up, 0 when it does not say.
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
            PictureError::Unsafe(reason) => reason,
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
    let Ok(guess) = image::guess_format(bytes) else { return inspect_svg(bytes) };
    let format = match guess {
        ImageFormat::Png => PictureFormat::Png,
        ImageFormat::Jpeg => PictureFormat::Jpeg,
        ImageFormat::Gif => PictureFormat::Gif,
        ImageFormat::WebP => PictureFormat::Webp,
        _ => return Err(PictureError::UnknownFormat),
    };
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), guess)
        .into_dimensions()
        .map_err(|error| PictureError::Damaged(Message::data(error.to_string())))?;
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged(msg!("it has no pixels")));
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    Ok(PictureInfo { format, width, height })
}

fn inspect_svg(bytes: &[u8]) -> Result<PictureInfo, PictureError> {
    let text = std::str::from_utf8(bytes).map_err(|_| PictureError::UnknownFormat)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') || !text.contains("<svg") {
        return Err(PictureError::UnknownFormat);
    }
    if bytes.len() > MAX_SVG_BYTES {
        return Err(PictureError::TooLarge { size: bytes.len(), limit: MAX_SVG_BYTES });
    }
    let mut reader = Reader::from_str(text);
    let mut size = None;
    let mut style = false;
    loop {
        match reader.read_event().map_err(|error| PictureError::Damaged(Message::data(error.to_string())))? {
            Event::Start(tag) => {
                style = tag.local_name().as_ref() == "style";
                element(&tag, &mut size)?;
            }
            Event::Empty(tag) => element(&tag, &mut size)?,
            Event::End(_) => style = false,
            Event::DocType(_) => {
                return Err(PictureError::Unsafe(msg!(
                    "the SVG picture has a document type declaration, which is not allowed"
                )));
            }
            Event::PI(_) => {
                return Err(PictureError::Unsafe(msg!(
                    "the SVG picture has a processing instruction, which is not allowed"
                )));
            }
            Event::Text(text) if style => css(&text)?,
            Event::CData(text) if style => css(&text)?,
            Event::Eof => break,
            _ => {}
        }
    }
    let (width, height) = size.ok_or(PictureError::UnknownFormat)?;
    Ok(PictureInfo { format: PictureFormat::Svg, width, height })
}

/// Looks at one element of an SVG; the first must be `svg` and gives the size.
fn element(tag: &BytesStart<'_>, size: &mut Option<(u32, u32)>) -> Result<(), PictureError> {
    let name = tag.local_name();
    match name.as_ref() {
        "script" => return Err(PictureError::Unsafe(msg!("the SVG picture contains a script, which is not allowed"))),
        "foreignObject" | "iframe" | "object" | "embed" => {
            return Err(PictureError::Unsafe(msg!("the SVG picture contains foreign content, which is not allowed")));
        }
        "svg" => {}
        _ if size.is_none() => return Err(PictureError::UnknownFormat),
        _ => {}
    }
    let (mut width, mut height, mut view) = (None, None, None);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| PictureError::Damaged(Message::data(error.to_string())))?;
        let key = attribute.key.local_name();
        let value = attribute.value;
        match key.as_ref() {
            "href" | "src" => reference(&value)?,
            "width" => width = length(&value),
            "height" => height = length(&value),
            "viewBox" => view = view_box(&value),
            key if key.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) => {
                return Err(PictureError::Unsafe(msg!(
                    "the SVG picture contains an event handler, which is not allowed"
                )));
            }
            _ => css(&value)?,
        }
    }
    if size.is_none() {
        let (w, h) = view.unwrap_or_default();
        *size = Some((width.unwrap_or(w), height.unwrap_or(h)));
    }
    Ok(())
}

fn reference(value: &str) -> Result<(), PictureError> {
    let value = value.trim_start();
    let picture = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"];
    if value.is_empty() || value.starts_with('#') || picture.iter().any(|p| value.starts_with(p)) {
        Ok(())
    } else {
        Err(PictureError::Unsafe(msg!("the SVG picture refers to another file, which is not allowed")))
    }
}

/// Refuses style that loads something: `@import` and `url(…)` to anything but a part of the same picture.
fn css(text: &str) -> Result<(), PictureError> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("@import") {
        return Err(PictureError::Unsafe(msg!("the SVG picture refers to another file, which is not allowed")));
    }
    for part in lower.split("url(").skip(1) {
        reference(part.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']).trim_start_matches("&quot;"))?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie between 0 and a million")]
fn whole(value: f64) -> Option<u32> {
    (value.is_finite() && (0.0..=1_000_000.0).contains(&value)).then(|| value.ceil() as u32)
}

fn length(value: &str) -> Option<u32> {
    let number = value.trim().trim_end_matches("px");
    whole(number.parse().ok()?)
}

fn view_box(value: &str) -> Option<(u32, u32)> {
    let mut numbers = value.split([' ', ',']).filter(|n| !n.is_empty()).skip(2);
    let width = whole(numbers.next()?.parse().ok()?)?;
    Some((width, whole(numbers.next()?.parse().ok()?)?))
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
