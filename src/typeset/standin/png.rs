//! PNG files (W3C PNG): what a PDF can take of them as it is, and their tokens.

use super::{Form, Mark, token};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Where the chunk ends that comes first, and tells the size and the kind of pixels.
const HEAD_END: usize = 33;

/// The rows of a PNG, as an image of a PDF describes them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    /// Samples to a pixel.
    pub(super) colours: u8,
    /// Bits of a sample.
    pub(super) bits: u8,
    /// The colours that the samples number, three bytes each.
    pub(super) palette: Option<Vec<u8>>,
}

/// A part of the file: its name, its content, and all of it.
struct Chunk<'a> {
    name: &'a [u8],
    content: &'a [u8],
    whole: &'a [u8],
}

/// The chunks of a file, up to where it breaks off.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes.strip_prefix(SIGNATURE).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?);
        let whole = rest.get(..usize::try_from(length).ok()?.checked_add(12)?)?;
        rest = &rest[whole.len()..];
        Some(Chunk { name: &whole[4..8], content: &whole[8..whole.len() - 4], whole })
    })
}

/// How a file goes into a PDF; `None` for one that Typst is to decode: with sixteen bits to a colour, moving, or turned by Exif.
pub(super) fn form(bytes: &[u8]) -> Option<Form> {
    let (mut palette, mut seen_through) = (None, false);
    for chunk in chunks(bytes) {
        match chunk.name {
            b"PLTE" => palette = Some(chunk.content.to_vec()),
            b"tRNS" => seen_through = true,
            b"eXIf" | b"acTL" => return None,
            _ => {}
        }
    }
    let &[bits, kind, _, _, interlaced] = bytes.strip_prefix(SIGNATURE)?.get(16..21)? else { return None };
    let (colours, coloured, alpha) = match kind {
        0 => (1, false, seen_through),
        2 => (3, true, seen_through),
        3 => (1, true, seen_through),
        4 => (1, false, true),
        6 => (3, true, true),
        _ => return None,
    };
    if bits > 8 {
        return None;
    }
    if alpha || interlaced != 0 {
        return Some(Form::Pixels { coloured, alpha });
    }
    let palette = if kind == 3 {
        Some(palette.filter(|palette| !palette.is_empty() && palette.len() % 3 == 0 && palette.len() <= 768)?)
    } else {
        None
    };
    Some(Form::Png(Rows { colours, bits, palette }))
}

/// The rows as they are packed.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    chunks(bytes).filter(|chunk| chunk.name == b"IDAT").flat_map(|chunk| chunk.content).copied().collect()
}

/// A PNG of a row of pixels that show the mark, with the resolution and the profile of the true one.
pub(super) fn token(bytes: &[u8], form: &Form, mark: &Mark) -> Option<Vec<u8>> {
    let (coloured, alpha) = match form {
        Form::Jpeg => return None,
        Form::Png(rows) => (rows.colours == 3 || rows.palette.is_some(), false),
        Form::Pixels { coloured, alpha } => (*coloured, *alpha),
    };
    let kind = match (coloured, alpha) {
        (false, false) => ::png::ColorType::Grayscale,
        (false, true) => ::png::ColorType::GrayscaleAlpha,
        (true, false) => ::png::ColorType::Rgb,
        (true, true) => ::png::ColorType::Rgba,
    };
    let mut plain = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut plain, token::WIDE, 1);
    encoder.set_color(kind);
    encoder.set_depth(::png::BitDepth::Eight);
    let pixels = token::pixels(mark, kind.samples());
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).ok()?;
    let kept = chunks(bytes).filter(|chunk| matches!(chunk.name, b"iCCP" | b"pHYs")).flat_map(|chunk| chunk.whole);
    Some(plain[..HEAD_END].iter().chain(kept).chain(&plain[HEAD_END..]).copied().collect())
}
