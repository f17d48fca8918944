//! Pictures: read, checked, brought to a size that shops and readers accept, and stored once each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::resource::{Again, Body, Resource};
use super::{Pages, cover_picture, gif, jpeg, png};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::picture;
use crate::message::{self, Argument, Message};
use crate::model::{Chapter, Crop, Image, InlineKind, walk};
use crate::printed::Printed;
use crate::source::{Files, Span};
use crate::typeset::{self, Job};

/// Most pixels of a picture in the package: the strictest of the shops' limits.
const MAX_PIXELS: u32 = 4_000_000;
/// Greatest width in pixels; no reading screen shows more of a column.
const MAX_WIDTH: u32 = 1600;
/// Greatest side of a picture that is read at all.
const MAX_SIDE: u32 = 20_000;
/// JPEG quality from 1 to 100.
const QUALITY: u8 = 85;
/// The same of a cover that was drawn, which is large and has few edges.
const COVER_QUALITY: u8 = 80;
/// A picture with no more colours than this is a drawing and stays lossless.
const FEW_COLOURS: usize = 4096;

/// A picture as it goes into the package.
#[derive(Clone)]
pub(super) struct Picture {
    bytes: Vec<u8>,
    media_type: &'static str,
    extension: &'static str,
    /// Whether it takes no more than reading its file to have it again.
    cheap: bool,
}

/// What is shown of a picture: its path in the project, and how it is cropped.
type Shown = (String, Option<Crop>);

/// What goes into the package as its file is, but for what was written beside it.
struct AsItIs {
    shown: Shown,
    digest: [u8; 32],
}

impl Again for AsItIs {
    fn path(&self) -> &str {
        &self.shown.0
    }

    fn bytes(&self, files: &dyn Files) -> Option<Vec<u8>> {
        let (path, crop) = &self.shown;
        let again = prepared(path, files.read(path).ok()?, *crop, true).ok()?;
        (Sha256::digest(&again.bytes)[..] == self.digest).then_some(again.bytes)
    }
}

/// Pictures by what is shown of them.
#[derive(Default)]
pub(super) struct Pictures {
    places: BTreeMap<Shown, String>,
    resources: BTreeMap<String, Resource>,
}

impl Pictures {
    /// Where a picture lies in the package.
    pub(super) fn href(&self, image: &Image) -> Option<&str> {
        self.places.get(&(image.path.clone(), image.crop)).map(String::as_str)
    }

    /// The pictures in the order of their names.
    pub(super) fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.resources.values()
    }

    fn add(&mut self, shown: Shown, resource: Resource) {
        self.places.insert(shown, resource.href.clone());
        self.resources.entry(resource.href.clone()).or_insert(resource);
    }
}

/// A picture as a file of the package, under its content's hash. What is cheap to have again is not kept.
fn resource(shown: &Shown, picture: Picture) -> Resource {
    let digest: [u8; 32] = Sha256::digest(&picture.bytes).into();
    let name: String = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    let href = format!("images/{name}.{}", picture.extension);
    if !picture.cheap {
        return Resource::new(&href, picture.media_type, picture.bytes);
    }
    let body = Body::Again(Arc::new(AsItIs { shown: shown.clone(), digest }));
    Resource { href, media_type: picture.media_type, properties: String::new(), body }
}

/// Reads and prepares every picture of the chapters; one that cannot be had is reported where it is used. Those that stand on
/// the printed pages have been decoded for them, and are known to be sound.
pub(super) fn pictures(
    chapters: &[Chapter],
    files: &dyn Files,
    printed: Option<&Printed>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Pictures {
    let mut places: BTreeMap<Shown, Span> = BTreeMap::new();
    each(chapters, &mut |image, span| {
        places.entry((image.path.clone(), image.crop)).or_insert(span);
    });
    let sound: BTreeSet<Span> = printed.iter().flat_map(|printed| &printed.pictures).map(|one| one.span).collect();
    let prepare = |(path, crop): &Shown, span: Span| {
        let bytes = files.read(path).map_err(Argument::into_message)?;
        prepared(path, bytes, *crop, sound.contains(&span))
    };
    let made = places.into_par_iter().map(|(shown, span)| {
        let picture = prepare(&shown, span).map(|picture| resource(&shown, picture));
        (picture, shown, span)
    });
    let made: Vec<_> = made.collect();
    let mut pictures = Pictures::default();
    for (picture, shown, span) in made {
        match picture {
            Ok(picture) => pictures.add(shown, picture),
            Err(reason) => {
                let path = &shown.0;
                let message = msg!("the picture {path} cannot be used: {reason}", path, reason);
                let hint = msg!("use PNG, JPEG, GIF, WebP or SVG");
                diagnostics.push(Diagnostic::error(codes::UNREADABLE_IMAGE, message).at(span).hint(hint));
            }
        }
    }
    pictures
}

/// Calls `visit` for every picture of the chapters with its place.
pub(super) fn each<'a>(chapters: &'a [Chapter], visit: &mut dyn FnMut(&'a Image, Span)) {
    for chapter in chapters {
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Image(image) = &inline.kind {
                visit(image, inline.span);
            }
        });
    }
}

/// The cover picture of an edition, if the project has one: `cover-LANG` before `cover`, both under `manuscript/images`.
pub(super) fn cover(files: &dyn Files, edition: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Resource> {
    let path = cover_picture::cover_file(files, edition)?;
    let bytes = files.read(&path).map_err(Argument::into_message);
    diagnostics.extend(bytes.as_ref().ok().and_then(|bytes| odd_cover(&path, bytes)));
    match bytes.and_then(|bytes| prepared(&path, bytes, None, false)) {
        Ok(p) => Some(Resource::new(&format!("images/cover.{}", p.extension), p.media_type, p.bytes)),
        Err(reason) => {
            let message = msg!("the cover {path} cannot be used: {reason}", path, reason);
            diagnostics.push(Diagnostic::error(codes::UNREADABLE_IMAGE, message));
            None
        }
    }
}

/// The front of the printed edition as a cover picture; where its pages are not set it is set alone.
pub(super) fn front(job: Job<'_>, pages: Pages<'_>) -> Option<Resource> {
    let bytes = cover_picture::for_package(job, pages, MAX_PIXELS, COVER_QUALITY)?;
    Some(Resource::new("images/cover.jpg", "image/jpeg", bytes))
}

/// What shops object to in a cover: its shorter side is under 640 pixels (Google Play), or it is wider than high.
fn odd_cover(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    const LEAST: u32 = 640;
    let (width, height) = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?.into_dimensions().ok()?;
    let fault = if width.min(height) < LEAST {
        msg!("the cover {path} is small: {width} × {height} pixels", path, width, height)
    } else if width > height {
        msg!("the cover {path} is wider than high: {width} × {height} pixels", path, width, height)
    } else {
        return None;
    };
    let hint =
        msg!("shops ask for an upright cover of about 3:4 and at least 640 pixels; 1600 × 2400 suits all of them");
    Some(Diagnostic::warning(codes::COVER_SIZE, fault).hint(hint))
}

fn prepared(path: &str, bytes: Vec<u8>, crop: Option<Crop>, sound: bool) -> Result<Picture, Message> {
    if path.to_ascii_lowercase().ends_with(".svg") {
        let bytes = picture::foreign::left_out(&bytes).into_owned();
        let text = String::from_utf8(bytes).map_err(|_| msg!("the SVG is not UTF-8 text"))?;
        let cleaned = super::svg::clean(&text, crop)?;
        let bytes = cleaned.into_bytes();
        return Ok(Picture { bytes, media_type: "image/svg+xml", extension: "svg", cheap: true });
    }
    raster(&bytes, crop, sound)
}

/// A picture that readers can show goes in as it is, without notes beside it; one that is known to be sound is not decoded
/// for it. Else it is turned upright, made smaller, and encoded again.
fn raster(bytes: &[u8], crop: Option<Crop>, sound: bool) -> Result<Picture, Message> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| message::reason(&e))?;
    let format = reader.format().ok_or_else(|| msg!("its format is unknown"))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(cover_picture::MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(fault)?;
    let orientation = decoder.orientation().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    let is_as_shown = orientation == Orientation::NoTransforms && crop.is_none() && !png::is_deep(bytes);
    let own = if is_as_shown { stripped(bytes, format) } else { None };
    let fits = scale(width, height) >= 1.0;
    if let Some(own) = own.as_ref().filter(|_| fits && sound) {
        return Ok(own.clone());
    }
    let mut image = DynamicImage::from_decoder(decoder).map_err(fault)?;
    if let Some(own) = own.as_ref().filter(|_| fits) {
        return Ok(own.clone());
    }
    if let Some(rgb) = picture::cmyk(bytes).and_then(|_| typeset::cmyk::by_profile(bytes)) {
        image = DynamicImage::ImageRgb8(rgb);
    }
    image.apply_orientation(orientation);
    if let Some(crop) = crop {
        image = cropped(&image, crop);
    }
    let image = smaller(image);
    let made = if png::is_indexed(bytes) { indexed(&image) } else { encode(&image, format) }?;
    // A drawing may need more bytes when it is smaller, because its edges become soft.
    let allowed = f64::from(width) * f64::from(height) <= f64::from(MAX_PIXELS);
    let own = own.filter(|own| allowed && own.bytes.len() <= made.bytes.len());
    // That it is the smaller one takes both to know.
    Ok(own.map_or(made, |own| Picture { cheap: false, ..own }))
}

/// What is left of an upright picture.
fn cropped(image: &DynamicImage, crop: Crop) -> DynamicImage {
    let (width, height) = (u64::from(image.width()), u64::from(image.height()));
    #[expect(clippy::cast_possible_truncation, reason = "a part of a side")]
    let part = |side: u64, thousandths: u32| (side * u64::from(thousandths) / 1000) as u32;
    let (left, top) = (part(width, crop.left), part(height, crop.top));
    let wide = image.width().saturating_sub(left + part(width, crop.right)).max(1);
    let high = image.height().saturating_sub(top + part(height, crop.bottom)).max(1);
    image.crop_imm(left, top, wide, high)
}

/// A picture as it is, without what programs and cameras wrote beside it; `None` in a format that readers cannot show.
fn stripped(bytes: &[u8], format: ImageFormat) -> Option<Picture> {
    let (stripped, media_type, extension) = match format {
        ImageFormat::Jpeg => (jpeg::stripped(bytes), "image/jpeg", "jpg"),
        ImageFormat::Png => (png::stripped(bytes), "image/png", "png"),
        ImageFormat::Gif => (gif::stripped(bytes), "image/gif", "gif"),
        _ => return None,
    };
    stripped.map(|bytes| Picture { bytes, media_type, extension, cheap: true })
}

fn indexed(image: &DynamicImage) -> Result<Picture, Message> {
    Ok(Picture { bytes: png::indexed(image)?, media_type: "image/png", extension: "png", cheap: false })
}

/// The factor by which a picture of this many pixels must shrink; 1 or more when it need not.
fn scale(width: u32, height: u32) -> f64 {
    let (width, height) = (f64::from(width), f64::from(height));
    let most = (f64::from(MAX_PIXELS) / (width * height)).sqrt();
    (f64::from(MAX_WIDTH) / width).min(most)
}

fn smaller(image: DynamicImage) -> DynamicImage {
    let scale = scale(image.width(), image.height());
    if scale >= 1.0 {
        return image;
    }
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a scale below one keeps it in range")]
    let side = |length: f64| ((length * scale).floor() as u32).max(1);
    image.resize_exact(side(width), side(height), FilterType::Lanczos3)
}

fn encode(image: &DynamicImage, format: ImageFormat) -> Result<Picture, Message> {
    let opaque = !image.color().has_alpha() || image.to_rgba8().pixels().all(|p| p.0[3] == u8::MAX);
    if opaque && (format == ImageFormat::Jpeg || many_colours(image)) {
        let bytes = jpeg::encoded(&image.to_rgb8(), QUALITY).ok_or_else(|| msg!("it is too large"))?;
        return Ok(Picture { bytes, media_type: "image/jpeg", extension: "jpg", cheap: false });
    }
    let eight =
        if opaque { DynamicImage::ImageRgb8(image.to_rgb8()) } else { DynamicImage::ImageRgba8(image.to_rgba8()) };
    let mut bytes = Cursor::new(Vec::new());
    eight.write_to(&mut bytes, ImageFormat::Png).map_err(fault)?;
    Ok(Picture { bytes: bytes.into_inner(), media_type: "image/png", extension: "png", cheap: false })
}

/// Why a picture cannot be decoded, or encoded again.
fn fault(error: ImageError) -> Message {
    match error {
        ImageError::Limits(_) => msg!("it is too large"),
        ImageError::Unsupported(_) => msg!("this variant of its format is not supported"),
        ImageError::IoError(error) => message::reason(&error),
        error => msg!("it is damaged: {reason}", reason = error.to_string()),
    }
}

fn many_colours(image: &DynamicImage) -> bool {
    let mut seen = BTreeSet::new();
    image.to_rgb8().pixels().any(|p| seen.insert(p.0) && seen.len() > FEW_COLOURS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat};

    use super::{Body, Crop, odd_cover, raster, resource};

    /// A drawing with a palette.
    fn indexed(width: u32, height: u32) -> Vec<u8> {
        let image = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([((x * 3) ^ y) as u8 & 0xf0, 90, 90]));
        super::png::indexed(&image.into()).expect("encoding in memory")
    }

    #[test]
    fn what_readers_can_show_goes_in_as_it_is() {
        let drawing = indexed(1600, 900);
        let made = raster(&drawing, None, false).expect("a sound picture");
        assert!(made.bytes == drawing && made.media_type == "image/png");
        let mut photograph = Vec::new();
        let image = image::RgbImage::from_fn(600, 400, |x, y| image::Rgb([(x * y) as u8, x as u8, y as u8]));
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut photograph, 100);
        image.write_with_encoder(encoder).expect("encoding in memory");
        assert!(raster(&photograph, None, true).expect("a sound picture").bytes == photograph);
    }

    #[test]
    fn what_goes_in_as_it_is_is_read_again_when_it_is_packed() {
        let shown = ("a.png".to_owned(), None);
        let as_it_is = |bytes: &[u8]| resource(&shown, raster(bytes, None, true).expect("a sound picture")).body;
        let files = |bytes: Vec<u8>| BTreeMap::from([("a.png", bytes)]);
        let drawing = indexed(160, 90);
        let body = as_it_is(&drawing);
        assert!(matches!(body, Body::Again(_)));
        assert!(body.bytes(&files(drawing.clone())).is_ok_and(|bytes| *bytes == drawing[..]));
        assert_eq!(body.bytes(&files(indexed(161, 90))), Err("a.png"), "it has changed");
        assert!(matches!(as_it_is(&indexed(2500, 1700)), Body::Made(_)), "it would have to be made smaller again");
    }

    #[test]
    fn a_palette_stays_when_a_picture_must_shrink() {
        let drawing = indexed(2500, 1700);
        let made = raster(&drawing, None, false).expect("a sound picture");
        assert!(super::png::is_indexed(&made.bytes));
        let size = image::load_from_memory(&made.bytes).expect("a sound picture");
        assert_eq!((size.width(), size.height()), (1600, 1088));
        let wide = indexed(2000, 1000);
        let made = raster(&wide, None, false).expect("a sound picture");
        assert!(made.bytes.len() <= wide.len(), "no picture grows");
    }

    #[test]
    fn a_picture_is_shown_upright_cropped_and_in_eight_bits() {
        let deep = image::ImageBuffer::from_fn(40, 20, |x, _| image::Rgb([x as u16 * 1600, 9000, 9000]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb16(deep).write_to(&mut bytes, ImageFormat::Png).expect("encoding in memory");
        let deep = bytes.into_inner();
        let made = |crop: Option<Crop>| {
            let made = raster(&deep, crop, true).expect("a sound picture");
            image::load_from_memory(&made.bytes).expect("a sound picture")
        };
        assert_eq!(made(None).color(), image::ColorType::Rgb8);
        let cropped = made(Crop::read("10% 25% 40% 0"));
        assert_eq!((cropped.width(), cropped.height()), (30, 10));
    }

    fn said(width: u32, height: u32) -> Option<String> {
        let mut bytes = Vec::new();
        DynamicImage::new_luma8(width, height)
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .expect("encoding in memory");
        odd_cover("cover.png", &bytes).map(|found| found.message.to_string())
    }

    #[test]
    fn a_cover_that_shops_refuse_is_reported() {
        assert_eq!(said(750, 1000), None);
        assert_eq!(said(600, 800).as_deref(), Some("the cover cover.png is small: 600 × 800 pixels"));
        assert_eq!(said(1000, 750).as_deref(), Some("the cover cover.png is wider than high: 1000 × 750 pixels"));
    }
}
