//! What Typst may see: the manuscript, the layouts, which blocks stand side by side, what cannot be set, the fonts and a
//! date, and nothing else.

use std::borrow::Cow;
use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_kit::files::{FileLoader, FileStore};

use super::fonts::Fonts;
use super::{builtin, references, relay, standin};
use crate::inspect::picture as pdf;
use crate::manuscript::picture::{self, PictureError};
use crate::manuscript::xml;
use crate::manuscript::yaml::unmarked;
use crate::message::{Argument, Message};
use crate::source::{Files, ReadError, Sources};

/// The folder of the files that say which blocks stand side by side.
pub(super) const ROWS: &str = "alignment/";

/// The folder of the files that say what of a chapter cannot be set.
pub(super) const BROKEN: &str = "broken/";

/// The folder of what stands for the pictures of chapters: the path of a picture below it is that of a file to be laid out.
const PICTURES: &str = "pictures/";

/// The compilation environment of one edition.
pub(super) struct BookWorld<'a> {
    /// The library with the module `dama` in it.
    pub(super) library: LazyHash<Library>,
    /// The fonts.
    pub(super) fonts: Fonts,
    /// The files read so far.
    pub(super) files: FileStore<BookFiles<'a>>,
    /// The layout's main file.
    pub(super) main: FileId,
    /// The day that `datetime.today()` gives.
    pub(super) today: Option<Datetime>,
}

impl World for BookWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

/// The id of a project-relative path; `None` when the path leads out of the project.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The id of what stands for the picture of a path, or of the picture itself where nothing does.
pub(super) fn picture_id(path: &str) -> Option<FileId> {
    // What leads out of the project must do so from its root.
    file_id(path).and_then(|_| file_id(&format!("{PICTURES}{path}")))
}

/// Where files come from: texts already read, then the project, then the binary.
pub(super) struct BookFiles<'a> {
    /// The project.
    pub(super) files: &'a dyn Files,
    /// Texts already read: the chapters and the layout's files.
    pub(super) sources: &'a Sources,
    /// Which blocks stand side by side, and what cannot be set, by path.
    pub(super) notes: BTreeMap<String, String>,
    /// What Typst reads as the bibliography.
    pub(super) references: String,
}

impl FileLoader for BookFiles<'_> {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let rooted = id.get();
        if matches!(rooted.root(), VirtualRoot::Package(_)) {
            let reason = msg!("a layout can use only the files of its own folder and of /layouts/kit");
            return Err(FileError::Package(PackageError::Other(Some(relay::send(reason)))));
        }
        let path = rooted.vpath().get_without_slash();
        if path == references::FILE {
            return Ok(Bytes::from_string(self.references.clone()));
        }
        if path.starts_with(ROWS) || path.starts_with(BROKEN) {
            let text = self.notes.get(path).ok_or_else(|| FileError::NotFound(path.into()))?;
            return Ok(Bytes::from_string(text.clone()));
        }
        let (path, is_laid_out) = match path.strip_prefix(PICTURES) {
            Some(picture) => (picture, true),
            None => (path, false),
        };
        if !(path.starts_with("manuscript/") || path.starts_with("layouts/")) {
            return refuse(msg!("only files under /manuscript and /layouts can be read"));
        }
        if rooted.vpath().extension().is_some_and(|e| e.eq_ignore_ascii_case("wasm")) {
            return refuse(msg!("plugins are not allowed"));
        }
        if let Some(known) = self.sources.find(path) {
            self.files.used(path);
            let text = self.sources.get(known).text();
            // Of a chapter each byte keeps its place; of YAML none has to, and Typst does not know the mark.
            let text = if path.ends_with(".yaml") { unmarked(text) } else { text };
            return Ok(Bytes::from_string(text.to_owned()));
        }
        let bytes = self.read(path)?;
        admit(path, &bytes)?;
        // What is given is kept as long as the edition is set: of a picture not its bytes.
        if is_laid_out && let Some(standin) = standin::of(&bytes) {
            return Ok(standin.file(path));
        }
        Ok(match picture::foreign::left_out(&bytes) {
            Cow::Borrowed(_) => bytes,
            Cow::Owned(shorter) => Bytes::new(shorter),
        })
    }
}

impl BookFiles<'_> {
    fn read(&self, path: &str) -> FileResult<Bytes> {
        match self.files.read(path) {
            Ok(bytes) => Ok(Bytes::new(bytes)),
            Err(ReadError::NotFound) => match builtin::file(path) {
                Some(bytes) => Ok(Bytes::new(bytes)),
                None => Err(FileError::NotFound(path.into())),
            },
            Err(error) => refuse(error.into_message()),
        }
    }
}

fn refuse<T>(reason: Message) -> FileResult<T> {
    Err(FileError::Other(Some(relay::send(reason))))
}

/// Looks at a file before Typst decodes it: its size, for a picture what its header promises, for a PDF what is in it, and the
/// bounds of XML.
fn admit(path: &str, bytes: &[u8]) -> FileResult<()> {
    if bytes.len() > picture::MAX_BYTES {
        let error = PictureError::TooLarge { size: bytes.len(), limit: picture::MAX_BYTES };
        return refuse(error.into_message());
    }
    if pdf::is_pdf(path, bytes) {
        return pdf::admit(bytes).or_else(refuse);
    }
    match picture::inspect(bytes) {
        Ok(_) => Ok(()),
        Err(PictureError::UnknownFormat) => xml::file::inspect(path, bytes).or_else(refuse),
        Err(error) => refuse(error.into_message()),
    }
}
