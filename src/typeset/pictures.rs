//! Pictures decoded ahead of the editions that show them.

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage};

use crate::manuscript::picture;
use crate::model::{Book, EditionKind, InlineKind, walk};
use crate::source::Files;

/// See [`super::decode_pictures`].
pub(super) fn decode(book: &Book, editions: &[EditionKind], files: &dyn Files) {
    let pictures = editions.iter().map(|edition| of_edition(book, edition));
    shared(pictures).into_par_iter().for_each(|path| decode_one(files, path));
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

/// What is in more than one of these.
fn shared<'a>(editions: impl Iterator<Item = BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for pictures in editions {
        shared.extend(pictures.intersection(&seen).copied());
        seen.extend(pictures);
    }
    shared
}

/// Decodes a picture, which Typst remembers by its bytes. What is wrong with it is reported where it is set.
fn decode_one(files: &dyn Files, path: &str) {
    let Ok(bytes) = files.read(path) else { return };
    if picture::inspect(&bytes).is_ok()
        && let Some(format) = ExchangeFormat::detect(&bytes)
    {
        let _ = RasterImage::new(Bytes::new(bytes), format, Smart::Auto);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_several_editions_show_is_shared() {
        let editions = [["cover", "zh", "map"], ["cover", "en", "plan"], ["en", "zh", "both"]];
        let found = shared(editions.into_iter().map(BTreeSet::from));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["cover", "en", "zh"]);
    }
}
