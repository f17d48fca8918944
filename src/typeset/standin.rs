//! What stands for a picture while pages are set and written, so that no decoded picture is kept: Typst keeps what it decodes for as
//! long as there are pages, and a book of some hundred pictures would take gigabytes.
//!
//! A JPEG or PNG is decoded once, to know that it is sound, and let go. Layout sees a PDF of the picture's size without anything
//! on it, which costs Typst nothing. For the export ([`frames`]) it becomes a token: a picture of a few pixels of the same format, with
//! the profile and the turn of the true one. In the finished file the true one takes the token's place ([`embed()`]): the data of a JPEG,
//! and of a PNG with nothing to see through, as they are. Other pictures, such as those in CMYK, go the way that Typst has for them.

mod embed;
mod frames;
mod jpeg;
mod png;
mod token;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::{Mutex, MutexGuard, PoisonError};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder, Limits};
use sha2::{Digest, Sha256};
use typst::foundations::{Bytes, Smart};
use typst::layout::{Abs, Size};
use typst::visualize::{ExchangeFormat, RasterImage};

use crate::manuscript::picture::{self, PictureInfo};

pub(super) use embed::embed;
pub(super) use frames::{for_export, page, restored};

/// The resolution that Typst takes where a file says none, and that of pictures in PDF.
const DPI: f64 = 72.0;

/// How the data of a picture becomes that of an image in a PDF.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// The file as it is.
    Jpeg,
    /// The rows of a PNG as they are packed.
    Png(png::Rows),
    /// Decoded and packed again, with what is seen through apart.
    Pixels { coloured: bool, alpha: bool },
}

/// What is known of a picture that something else stands for.
#[derive(Clone)]
pub(super) struct StandIn {
    /// Its size as its file says, upright.
    pub(super) natural: Size,
    /// What its file is.
    pub(super) info: PictureInfo,
    /// Width and height in pixels, as they are stored.
    pixels: (u32, u32),
    form: Form,
    mark: Mark,
    token: RasterImage,
}

/// What tells pictures apart: the digest of the file.
type Mark = [u8; 32];

/// What is known of pictures. It is little, and outlives what is remembered of pages: to know it anew a picture would have to be decoded again.
static KNOWN: Mutex<BTreeMap<Mark, Option<StandIn>>> = Mutex::new(BTreeMap::new());

/// What stands for a picture; `None` for one that Typst is to decode, be it only to say what is wrong with it.
pub(super) fn of(bytes: &[u8]) -> Option<StandIn> {
    let format = ExchangeFormat::detect(bytes)?;
    let mark = mark(bytes);
    if let Some(found) = known().get(&mark).cloned() {
        return found;
    }
    let found = looked_at(bytes, format, mark);
    known().insert(mark, found.clone());
    found
}

/// The picture that a file stands for, if it is such a file.
pub(super) fn stood_for(file: &[u8]) -> Option<StandIn> {
    let mark = mark_in(file)?;
    let standin = known().get(&mark).cloned().flatten()?;
    (standin.file(path_in(file)?).as_slice() == file).then_some(standin)
}

/// The digest that such a file shows.
fn mark_in(file: &[u8]) -> Option<Mark> {
    let digits = file.strip_prefix(HEAD.as_bytes())?.get(..2 * size_of::<Mark>())?;
    let mut mark = Mark::default();
    for (byte, digits) in mark.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(mark)
}

fn known() -> MutexGuard<'static, BTreeMap<Mark, Option<StandIn>>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn mark(bytes: &[u8]) -> Mark {
    Sha256::digest(bytes).into()
}

fn looked_at(bytes: &[u8], format: ExchangeFormat, mark: Mark) -> Option<StandIn> {
    let (form, token) = match format {
        ExchangeFormat::Jpg => (Form::Jpeg, jpeg::token(bytes, &mark)?),
        ExchangeFormat::Png => {
            let form = png::form(bytes)?;
            let token = png::token(bytes, &form, &mark)?;
            (form, token)
        }
        ExchangeFormat::Gif | ExchangeFormat::Webp => return None,
    };
    let info = picture::inspect(bytes).ok()?;
    let decoded = decode(bytes, format)?;
    let pixels = (decoded.width(), decoded.height());
    drop(decoded);
    let token = RasterImage::new(Bytes::new(token), format, Smart::Auto).ok()?;
    let lies = matches!(token.exif_rotation(), Some(5..=8));
    let (width, height) = if lies { (pixels.1, pixels.0) } else { pixels };
    let dpi = token.dpi().unwrap_or(DPI);
    let natural = Size::new(Abs::inches(f64::from(width) / dpi), Abs::inches(f64::from(height) / dpi));
    // A page of a PDF is no smaller than a point.
    (natural.x.to_pt() >= 1.0 && natural.y.to_pt() >= 1.0).then_some(StandIn {
        natural,
        info,
        pixels,
        form,
        mark,
        token,
    })
}

/// A picture as Typst decodes it, but not turned.
fn decode(bytes: &[u8], format: ExchangeFormat) -> Option<DynamicImage> {
    fn with<T: ImageDecoder>(decoder: image::ImageResult<T>) -> Option<DynamicImage> {
        let mut decoder = decoder.ok()?;
        decoder.set_limits(Limits::default()).ok()?;
        DynamicImage::from_decoder(decoder).ok()
    }
    match format {
        ExchangeFormat::Jpg => with(JpegDecoder::new(Cursor::new(bytes))),
        ExchangeFormat::Png => with(PngDecoder::new(Cursor::new(bytes))),
        ExchangeFormat::Gif | ExchangeFormat::Webp => None,
    }
}

/// What a file that stands for a picture begins with, before its digest.
const HEAD: &str = "%PDF-1.4\n%";

/// What stands before the path of the picture in the file that stands for it.
const PATH: &[u8] = b"%%EOF\n%picture ";

impl StandIn {
    /// The file that stands for the picture of a path in layout: a PDF of one empty page of its size.
    pub(super) fn file(&self, path: &str) -> Bytes {
        let [width, height] = [self.natural.x, self.natural.y].map(Abs::to_pt);
        let mark: String = self.mark.iter().map(|byte| format!("{byte:02x}")).collect();
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Resources<<>>>>"),
        ];
        let mut file = format!("{HEAD}{mark}\n");
        let mut table = "xref\n0 4\n0000000000 65535 f\r\n".to_owned();
        for (number, object) in (1..).zip(objects) {
            table += &format!("{:010} 00000 n\r\n", file.len());
            file += &format!("{number} 0 obj\n{object}\nendobj\n");
        }
        let start = file.len();
        file += &format!("{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n");
        Bytes::new([file.as_bytes(), PATH, path.as_bytes()].concat())
    }
}

/// The path of the picture that a file stands for; that it does is to be proved by making it again.
fn path_in(file: &[u8]) -> Option<&str> {
    let at = memchr::memmem::find(file, PATH)?;
    std::str::from_utf8(&file[at + PATH.len()..]).ok()
}

#[cfg(test)]
mod tests;
