//! A World of one source and nothing else, for what the e-book takes from Typst's export to HTML.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::{fonts, world};

/// The World of one source.
pub(super) struct LoneWorld<'a> {
    library: &'a LazyHash<Library>,
    source: Source,
}

/// A library that exports HTML.
pub(super) fn library() -> LazyHash<Library> {
    LazyHash::new(Library::builder().with_features([Feature::Html].into_iter().collect()).build())
}

impl<'a> LoneWorld<'a> {
    pub(super) fn new(library: &'a LazyHash<Library>, markup: String) -> Self {
        let main = world::file_id("lone.typ").expect("a plain name lies in the project");
        Self { library, source: Source::new(main, markup) }
    }
}

impl World for LoneWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::built_in().book()
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(missing(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Err(missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::built_in().font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
