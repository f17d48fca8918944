//! Pictures decoded ahead of the editions that show them.

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage};

use super::standin;
use crate::manuscript::picture;
use crate::model::{Book, EditionKind, InlineKind, walk};
use crate::source::Files;

/// See [`super::prepare`].
pub(super) fn decode(book: &Book, editions: &[EditionKind], files: &dyn Files) {
    let pictures: BTreeSet<&str> = editions.iter().flat_map(|edition| of_edition(book, edition)).collect();
    pictures.into_par_iter().for_each(|path| decode_one(files, path));
}

/// The pictures of an edition, by their paths.
fn of_edition<'a>(book: &'a Book, edition: &'a EditionKind) -> BTreeSet<&'a str> {
    let mut paths = BTreeSet::new();
    for chapter in book.languages_of(edition).into_iter().flat_map(|lang| book.chapters(lang)) {
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Image(image) = &inline.kind {
                paths.insert(image.path.as_str());
            }
        });
    }
    paths
}

/// Decodes a picture, which Typst remembers by its bytes. What is wrong with it is reported where it is set.
fn decode_one(files: &dyn Files, path: &str) {
    let Ok(bytes) = files.read(path) else { return };
    if picture::inspect(&bytes).is_ok()
        && let Some(format) = ExchangeFormat::detect(&bytes)
    {
        let bytes = Bytes::new(bytes);
        if standin::of(&bytes).is_none() {
            let _ = RasterImage::new(bytes, format, Smart::Auto);
        }
    }
}
