//! Pictures in CMYK for screens: the colours of the press have no meaning there without their profile, and PDF/A forbids them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, RgbImage};
use moxcms::{ColorProfile, Layout, TransformOptions};
use typst::foundations::{Bytes, Smart};
use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::visualize::{ExchangeFormat, Image, ImageKind, RasterFormat, RasterImage};
use typst_layout::{Page, PagedDocument};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::manuscript::picture;

/// JPEG quality from 1 to 100.
const QUALITY: u8 = 92;

/// The pages with every picture in RGB; `None` if there is none in CMYK.
pub(super) fn for_screens(document: &PagedDocument) -> Option<PagedDocument> {
    if !document.pages().iter().any(|page| shows_cmyk(&page.frame)) {
        return None;
    }
    let pages = document.pages().iter().map(|page| {
        let mut frame = page.frame.clone();
        convert(&mut frame);
        Page { frame, ..page.clone() }
    });
    Some(PagedDocument::new(pages.collect(), document.info().clone()))
}

fn shows_cmyk(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => shows_cmyk(&group.frame),
        FrameItem::Image(image, ..) => raster_in_cmyk(image).is_some(),
        _ => false,
    })
}

fn convert(frame: &mut Frame) {
    if !shows_cmyk(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => convert(&mut group.frame),
            FrameItem::Image(image, ..) => {
                if let Some(rgb) = raster_in_cmyk(image).and_then(in_rgb) {
                    *image = Image::new(rgb, image.alt().map(Into::into), image.scaling());
                }
            }
            _ => {}
        }
        true
    });
}

fn raster_in_cmyk(image: &Image) -> Option<&RasterImage> {
    match image.kind() {
        ImageKind::Raster(raster) if raster.format() == RasterFormat::Exchange(ExchangeFormat::Jpg) => {
            picture::cmyk(raster.data()).map(|_| raster)
        }
        _ => None,
    }
}

#[comemo::memoize]
fn in_rgb(raster: &RasterImage) -> Option<RasterImage> {
    // Typst has decoded it by the plain rule, and turned it upright.
    let plain = raster.dynamic();
    let rgb = match by_profile(raster.data()) {
        Some(rgb) => upright(DynamicImage::ImageRgb8(rgb), raster.exif_rotation()).into_rgb8(),
        None => plain.to_rgb8(),
    };
    let mut bytes = Cursor::new(Vec::new());
    rgb.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).ok()?;
    RasterImage::new(Bytes::new(bytes.into_inner()), ExchangeFormat::Jpg, Smart::Auto).ok()
}

fn upright(mut image: DynamicImage, rotation: Option<u32>) -> DynamicImage {
    let rotation = rotation.and_then(|value| u8::try_from(value).ok());
    if let Some(orientation) = rotation.and_then(image::metadata::Orientation::from_exif) {
        image.apply_orientation(orientation);
    }
    image
}

/// A JPEG in CMYK, its colours turned into sRGB by the profile in it; `None` if it has none that can be used.
pub(crate) fn by_profile(jpeg: &[u8]) -> Option<RgbImage> {
    let mut decoder = JpegDecoder::new(ZCursor::new(jpeg));
    decoder.decode_headers().ok()?;
    let profile = ColorProfile::new_from_slice(&decoder.icc_profile()?).ok()?;
    let space = decoder.input_colorspace()?;
    let (width, height) = decoder.dimensions()?;
    // What the file holds is asked for as it is: what ink there is is computed here.
    decoder.set_options(DecoderOptions::default().jpeg_set_out_colorspace(space));
    let mut inks = decoder.decode().ok()?;
    for pixel in inks.chunks_exact_mut(4) {
        ink(pixel, space);
    }
    let layouts = (Layout::Rgba, Layout::Rgb);
    let to = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layouts.0, &to, layouts.1, TransformOptions::default()).ok()?;
    let mut rgb = vec![0; inks.len() / 4 * 3];
    transform.transform(&inks, &mut rgb).ok()?;
    RgbImage::from_raw(u32::try_from(width).ok()?, u32::try_from(height).ok()?, rgb)
}

/// The inks of a pixel. JPEG files hold the paper that is left, as Photoshop began to write them, in CMYK or in YCCK.
fn ink(pixel: &mut [u8], space: ColorSpace) {
    if space == ColorSpace::YCCK {
        let [y, cb, cr] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
        let (cb, cr) = (cb - 128.0, cr - 128.0);
        let colours = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
        for (sample, colour) in pixel.iter_mut().zip(colours) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept between 0 and 255")]
            let colour = colour.round().clamp(0.0, 255.0) as u8;
            *sample = 255 - colour;
        }
    }
    for sample in pixel {
        *sample = 255 - *sample;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: &[u8] = include_bytes!("../../tests/books/cmyk/manuscript/images/tile.jpg");

    /// A profile to which all inks are one grey: a header, and a table of colours in CIELAB.
    fn profile() -> Vec<u8> {
        let ramp: Vec<u8> = (0..=255).collect();
        let identity = [[1_u32 << 16, 0, 0, 0], [1 << 16, 0, 0, 0]].concat().into_iter().chain([1 << 16]);
        let table = [
            b"mft1\0\0\0\0\x04\x03\x02\0".to_vec(),
            identity.flat_map(u32::to_be_bytes).collect(),
            ramp.repeat(4),
            [128, 128, 128].repeat(16),
            ramp.repeat(3),
        ]
        .concat();
        let mut profile = vec![0; 128];
        profile[8..24].copy_from_slice(b"\x02\x40\0\0prtrCMYKLab ");
        profile[36..40].copy_from_slice(b"acsp");
        profile[68..80].copy_from_slice(b"\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d");
        profile.extend(b"\0\0\0\x01A2B0\0\0\0\x90");
        profile.extend((table.len() as u32).to_be_bytes());
        profile.extend(table);
        let length = (profile.len() as u32).to_be_bytes();
        profile[..4].copy_from_slice(&length);
        profile
    }

    #[test]
    fn the_profile_says_what_the_colours_are() {
        assert!(picture::cmyk(TILE) == Some(false) && by_profile(TILE).is_none());
        let profile = profile();
        let content = [b"ICC_PROFILE\0\x01\x01", &profile[..]].concat();
        let length = u16::try_from(content.len() + 2).expect("a small profile").to_be_bytes();
        let tile = [&TILE[..2], &[0xFF, 0xE2], &length, &content, &TILE[2..]].concat();
        assert_eq!(picture::cmyk(&tile), Some(true));
        let pixel = by_profile(&tile).expect("a good profile").get_pixel(5, 5).0;
        assert!(pixel.iter().all(|sample| sample.abs_diff(119) < 4), "{pixel:?}");
    }

    #[test]
    fn inks_are_what_paper_does_not_show() {
        let mut cmyk = [55, 225, 255, 235];
        ink(&mut cmyk, ColorSpace::CMYK);
        assert_eq!(cmyk, [200, 30, 0, 20]);
        // Grey paper in YCCK.
        let mut ycck = [155, 128, 128, 235];
        ink(&mut ycck, ColorSpace::YCCK);
        assert_eq!(ycck, [155, 155, 155, 20]);
    }
}
