//! Pages in which other files take the place of those that layout saw.

use std::collections::BTreeMap;

use typst::foundations::{Bytes, Smart};
use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::visualize::{ExchangeFormat, Image, ImageKind, RasterImage};
use typst_layout::{Page, PagedDocument};

use super::{Mark, StandIn, mark, of, path_in};
use crate::source::Files;

/// A picture that is read when it is needed.
#[derive(Clone)]
pub(super) struct Picture {
    pub(super) standin: StandIn,
    pub(super) path: String,
}

impl Picture {
    /// The bytes of its file; `None` if they are not any more what they were.
    pub(super) fn read(&self, files: &dyn Files) -> Option<Vec<u8>> {
        files.read(&self.path).ok().filter(|bytes| mark(bytes) == self.standin.mark)
    }
}

/// The pictures whose tokens stand on some pages.
#[derive(Default)]
pub(in crate::typeset) struct Embedded {
    pub(super) pictures: BTreeMap<Mark, Picture>,
    /// Those that are not any more what they were when the pages were set.
    pub(in crate::typeset) changed: Vec<String>,
}

/// The pages with a token for every picture that something stands for.
pub(in crate::typeset) fn for_export(document: &PagedDocument, files: &dyn Files) -> (PagedDocument, Embedded) {
    let mut embedded = Embedded::default();
    let mut known = BTreeMap::new();
    let mut token = |file: &Bytes| {
        let seen = || picture(file.as_slice(), files).map(|(picture, _)| picture);
        match known.entry(file.to_vec()).or_insert_with(seen).clone() {
            Ok(picture) => {
                let raster = picture.standin.token.clone();
                embedded.pictures.entry(picture.standin.mark).or_insert(picture);
                Some(raster)
            }
            Err(path) => {
                embedded.changed.extend(path);
                None
            }
        }
    };
    let pages = replaced(document, &mut token);
    embedded.changed.dedup();
    (pages, embedded)
}

/// The pages with the pictures themselves.
pub(in crate::typeset) fn restored(document: &PagedDocument, files: &dyn Files) -> PagedDocument {
    replaced(document, &mut |file| decoded(file, files))
}

/// A page with the pictures themselves.
pub(in crate::typeset) fn page(page: &Page, files: &dyn Files) -> Page {
    let mut page = page.clone();
    replace(&mut page.frame, &mut |file| decoded(file, files));
    page
}

fn decoded(file: &Bytes, files: &dyn Files) -> Option<RasterImage> {
    let (_, bytes) = picture(file.as_slice(), files).ok()?;
    let format = ExchangeFormat::detect(&bytes)?;
    RasterImage::new(bytes, format, Smart::Auto).ok()
}

/// The picture that a file stands for, and its bytes; otherwise the path of what has changed, or nothing for a file that stands for none.
fn picture(file: &[u8], files: &dyn Files) -> Result<(Picture, Bytes), Option<String>> {
    let path = path_in(file).ok_or(None)?;
    let found = files.read(path).ok().map(Bytes::new).and_then(|bytes| Some((of(&bytes)?, bytes)));
    let same = found.filter(|(standin, _)| standin.file(path).as_slice() == file);
    same.map(|(standin, bytes)| (Picture { standin, path: path.to_owned() }, bytes))
        .ok_or_else(|| Some(path.to_owned()))
}

type Replace<'a> = dyn FnMut(&Bytes) -> Option<RasterImage> + 'a;

fn replaced(document: &PagedDocument, by: &mut Replace<'_>) -> PagedDocument {
    if !document.pages().iter().any(|page| has_any(&page.frame)) {
        return document.clone();
    }
    let pages = document.pages().iter().map(|page| {
        let mut frame = page.frame.clone();
        replace(&mut frame, by);
        Page { frame, ..page.clone() }
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

fn replace(frame: &mut Frame, by: &mut Replace<'_>) {
    if !has_any(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => replace(&mut group.frame, by),
            FrameItem::Image(image, ..) => {
                if let Some(raster) = file_of(image).and_then(|file| by(&file)) {
                    *image = Image::new(raster, image.alt().map(Into::into), image.scaling());
                }
            }
            _ => {}
        }
        true
    });
}

fn has_any(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_any(&group.frame),
        FrameItem::Image(image, ..) => file_of(image).is_some(),
        _ => false,
    })
}

/// The file of a picture that stands for another.
fn file_of(image: &Image) -> Option<Bytes> {
    let ImageKind::Pdf(pdf) = image.kind() else { return None };
    let file = pdf.document().pdf().data().as_ref();
    path_in(file).map(|_| Bytes::new(file.to_vec()))
}
