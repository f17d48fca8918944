//! The front of a book as a picture of the proportions that shops ask for: whole, never stretched, on the ground that it has at its edges.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, ImageReader, Limits, Rgb, RgbImage};

use super::Pages;
use super::jpeg::encoded;
use crate::layout::Layout;
use crate::source::{Files, ReadError};
use crate::typeset::{self, Job, Set};

/// Most memory that decoding one picture may take, in bytes.
pub(super) const MAX_MEMORY: u64 = 512 * 1024 * 1024;
/// Width of the picture that shops are given, in pixels; at a ratio of 1.6 it is 2560 high, which suits all of them.
pub const SHOP_WIDTH: u32 = 1600;
/// Most bytes that a shop takes.
const MOST_BYTES: usize = 5_000_000;
/// Qualities that are tried until the picture is small enough.
const QUALITIES: [u8; 4] = [90, 80, 65, 50];
/// How many grades of a colour are one where the ground is looked for: a photograph has no two pixels alike.
const GRADE: u8 = 16;

/// The cover of an edition for shops, as a JPEG in RGB: the project's own picture, else the front of the pages. `None` where neither can be
/// had.
pub fn cover_picture(job: Job<'_>, pages: &Set) -> Option<Vec<u8>> {
    let (width, height) = shop_size(job.layout);
    let shown = match own(job, width, height) {
        Some(own) => own,
        None => drawn(job, Pages::Set(pages), width, height)?,
    };
    QUALITIES.into_iter().filter_map(|quality| encoded(&shown, quality)).find(|bytes| bytes.len() < MOST_BYTES)
}

/// Width and height of the picture that shops are given, by the ratio of the layout.
pub fn shop_size(layout: &Layout) -> (u32, u32) {
    (SHOP_WIDTH, high(SHOP_WIDTH, layout))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a side of a few thousand pixels")]
fn high(width: u32, layout: &Layout) -> u32 {
    (f64::from(width) * layout.cover_ratio).round() as u32
}

/// The front for the e-book, with at most so many pixels; where pages are not set it is set alone.
pub(super) fn for_package(job: Job<'_>, pages: Pages<'_>, pixels: u32, quality: u8) -> Option<Vec<u8>> {
    let sides = |width: u32| (width, high(width, job.layout));
    let fits = |(width, height): &(u32, u32)| width * height <= pixels;
    let (width, height) = (1..=SHOP_WIDTH).rev().map(sides).find(fits)?;
    encoded(&drawn(job, pages, width, height)?, quality)
}

/// The path of the cover picture of the project: `cover-LANG` before `cover`, both under `manuscript/images`.
pub(super) fn cover_file(files: &dyn Files, edition: &str) -> Option<String> {
    const DIR: &str = "manuscript/images";
    let stems = [format!("cover-{edition}"), "cover".to_owned()];
    let mut wanted = stems.iter().flat_map(|s| ["jpg", "jpeg", "png"].map(|e| format!("{DIR}/{s}.{e}")));
    // To list the folder would make every picture in it an input of the e-book.
    wanted.find(|path| files.read(path) != Err(ReadError::NotFound))
}

fn drawn(job: Job<'_>, pages: Pages<'_>, width: u32, height: u32) -> Option<RgbImage> {
    let front = match pages {
        Pages::Set(pages) => typeset::front(job, pages, width, height),
        Pages::Listed(starts) => typeset::front_alone(job, starts.pages(), width, height),
        Pages::Unknown => typeset::front_alone(job, 0, width, height),
    };
    Some(padded(front?, width, height))
}

/// The picture of the project, as large as it can be in so many pixels.
fn own(job: Job<'_>, width: u32, height: u32) -> Option<RgbImage> {
    let lang = job.book.languages_of(job.edition).first().copied()?;
    let path = cover_file(job.files, lang.tag())?;
    let mut reader = ImageReader::new(Cursor::new(job.files.read(&path).ok()?)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let picture = on_white(&reader.decode().ok()?);
    let fitted = DynamicImage::ImageRgb8(picture).resize(width, height, FilterType::Lanczos3);
    Some(padded(fitted.into_rgb8(), width, height))
}

/// What shines through a picture is white, as paper is.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [r, g, b, alpha] = seen.get_pixel(x, y).0;
        let over = |part: u8| {
            let mixed = (u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb([r, g, b].map(over))
    })
}

/// A picture in the middle of so many pixels; what is left beside it has the colour that most of its nearest edge has.
fn padded(picture: RgbImage, width: u32, height: u32) -> RgbImage {
    let (wide, high) = (picture.width().min(width), picture.height().min(height));
    let (left, top) = ((width - wide) / 2, (height - high) / 2);
    if picture.dimensions() == (width, height) {
        return picture;
    }
    let row = |y: u32| ground((0..picture.width()).map(|x| *picture.get_pixel(x, y)));
    let column = |x: u32| ground((0..picture.height()).map(|y| *picture.get_pixel(x, y)));
    let [above, below] = [row(0), row(picture.height() - 1)];
    let [before, behind] = [column(0), column(picture.width() - 1)];
    let mut sheet = RgbImage::new(width, height);
    for (y, row) in (0..).zip(sheet.chunks_exact_mut(width as usize * 3)) {
        let (pixels, _) = row.as_chunks_mut();
        match (y < top, y < top + high) {
            (true, _) => pixels.fill(above.0),
            (_, false) => pixels.fill(below.0),
            _ => {
                let (own, _) = picture.as_raw()[(y - top) as usize * picture.width() as usize * 3..].as_chunks();
                let (left, wide) = (left as usize, wide as usize);
                pixels[..left].fill(before.0);
                pixels[left..left + wide].copy_from_slice(&own[..wide]);
                pixels[left + wide..].fill(behind.0);
            }
        }
    }
    sheet
}

/// The colour that most pixels of an edge have, more or less: the mean of those.
fn ground(edge: impl Iterator<Item = Rgb<u8>>) -> Rgb<u8> {
    let mut grades: BTreeMap<[u8; 3], ([u64; 3], u64)> = BTreeMap::new();
    for pixel in edge {
        let (sums, count) = grades.entry(pixel.0.map(|part| part / GRADE)).or_default();
        for (sum, part) in sums.iter_mut().zip(pixel.0) {
            *sum += u64::from(part);
        }
        *count += 1;
    }
    let most = grades.values().max_by_key(|(_, count)| *count);
    most.map_or(Rgb([u8::MAX; 3]), |(sums, count)| Rgb(sums.map(|sum| u8::try_from(sum / count).unwrap_or(u8::MAX))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_on_its_own_ground() {
        let picture = RgbImage::from_fn(100, 141, |x, y| match (x, y) {
            (40..60, 60..80) => Rgb([250, 0, 0]),
            // A few specks at the edges do not make the ground.
            (0..5, 0 | 140) => Rgb([0, 0, 0]),
            (_, 0..70) => Rgb([20, 40, 80]),
            _ => Rgb([240, 240, 230]),
        });
        let sheet = padded(picture, 100, 160);
        assert_eq!((sheet.width(), sheet.height()), (100, 160));
        assert_eq!(*sheet.get_pixel(3, 2), Rgb([20, 40, 80]));
        assert_eq!(*sheet.get_pixel(50, 158), Rgb([240, 240, 230]));
        let red = (0..160).filter(|y| *sheet.get_pixel(50, *y) == Rgb([250, 0, 0])).count();
        let wide = (0..100).filter(|x| *sheet.get_pixel(*x, 80) == Rgb([250, 0, 0])).count();
        assert_eq!((red, wide), (20, 20), "nothing is stretched");
    }

    #[test]
    fn a_picture_that_is_higher_has_its_ground_at_the_sides() {
        let picture = RgbImage::from_pixel(50, 160, Rgb([1, 2, 3]));
        let sheet = padded(picture, 100, 160);
        assert!(sheet.pixels().all(|pixel| *pixel == Rgb([1, 2, 3])));
    }
}
