//! The facts of a PDF: boxes, fonts, images with their resolution, colours, lines, text, catalogue (ISO 32000-2).
//!
//! Any file may be given. Work and memory are bounded; what lies beyond the bounds or cannot be read is left out, and
//! [`Facts::partial`] says so.

mod catalogue;
mod facts;
mod fonts;
mod geometry;
mod images;
mod lexer;
mod objects;
#[cfg(feature = "pages")]
pub(crate) mod picture;
mod space;
mod state;
mod text;
mod walk;

pub use facts::{Catalogue, Facts, Font, Image, Mark, MarkKind, Page, Paint};
pub use geometry::{MM, Rect};
use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId, ParseError};
use objects::ObjectReader;
pub use space::Space;
use walk::Walker;

use crate::message::{Argument, Message};

/// Bytes that an object stream or a cross-reference stream may unpack to.
const UNPACKED: usize = 128 << 20;

/// Pages of a file that are looked at.
const PAGES: usize = 20_000;

/// The page tree is no deeper.
const DEPTH: usize = 32;

/// A4, for pages without a MediaBox.
const A4: Rect = Rect { left: 0.0, bottom: 0.0, right: 595.276, top: 841.89 };

/// Why a file cannot be read as a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not start as a PDF does.
    Header,
    /// Its trailer is damaged.
    Trailer,
    /// Its cross-reference table is damaged or leads nowhere.
    CrossReferences,
    /// It ends too early.
    CutShort,
    /// It has no pages.
    NoPages,
    /// Another reason, in the parser's words.
    Other(String),
}

impl Argument for Unreadable {
    fn into_message(self) -> Message {
        match self {
            Unreadable::NoPages => msg!("it has no pages"),
            Unreadable::Header => msg!("it does not start with a PDF header"),
            Unreadable::Trailer => msg!("its trailer is damaged"),
            Unreadable::CrossReferences => msg!("its cross-reference table is damaged"),
            Unreadable::CutShort => msg!("the file ends too early"),
            Unreadable::Other(words) => Message::data(words),
        }
    }
}

impl From<Error> for Unreadable {
    fn from(error: Error) -> Self {
        match error {
            Error::Parse(ParseError::InvalidFileHeader) => Unreadable::Header,
            Error::Parse(ParseError::InvalidTrailer) => Unreadable::Trailer,
            Error::Parse(ParseError::InvalidXref) | Error::Xref(_) | Error::MissingXrefEntry => {
                Unreadable::CrossReferences
            }
            Error::Parse(ParseError::EndOfInput) => Unreadable::CutShort,
            error => Unreadable::Other(error.to_string()),
        }
    }
}

/// Reads the facts of a PDF.
///
/// # Errors
/// [`Unreadable`] says why the bytes cannot be read as a PDF.
pub fn inspect(bytes: &[u8]) -> Result<Facts, Unreadable> {
    let document = load_with(bytes, LoadOptions { filter: Some(without_pixels), ..LoadOptions::default() })?;
    if document.page_iter().next().is_some() {
        return facts(&document);
    }
    // Of a damaged file the parser looks for the pages only where nothing is left out.
    facts(&load(bytes)?)
}

/// Leaves the data of images out: of a book of pictures they are nearly all, and nobody looks at them.
fn without_pixels(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Object::Stream(stream) = object else { return Some((id, object.clone())) };
    if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
        // A stream without any data would be read again.
        stream.content.truncate(1);
        stream.content.shrink_to_fit();
    }
    // Only of what lies in an object stream, where no stream can, what is given is taken.
    Some((id, Object::Null))
}

fn load(bytes: &[u8]) -> Result<Document, Unreadable> {
    load_with(bytes, LoadOptions::default())
}

fn load_with(bytes: &[u8], options: LoadOptions) -> Result<Document, Unreadable> {
    Ok(Document::load_mem_with_options(bytes, LoadOptions { max_decompressed_size: Some(UNPACKED), ..options })?)
}

fn facts(document: &Document) -> Result<Facts, Unreadable> {
    let reader = ObjectReader(document);
    let catalogue = catalogue::read(reader);
    let mut walker = Walker::new(reader);
    let mut pages: Vec<Page> =
        document.page_iter().take(PAGES + 1).map(|id| page(reader, &mut walker, id, document.is_encrypted())).collect();
    // An encrypted file may hide even its pages.
    if pages.is_empty() && !catalogue.encrypted {
        return Err(Unreadable::NoPages);
    }
    let partial = walker.partial || pages.len() > PAGES;
    pages.truncate(PAGES);
    let own = reader.0.catalog().ok().and_then(|catalogue| reader.name_at(catalogue, b"Version"));
    let version = own.filter(|own| *own > document.version).unwrap_or_else(|| document.version.clone());
    Ok(Facts { version, pages, fonts: walker.fonts, catalogue, partial })
}

fn page<'a>(reader: ObjectReader<'a>, walker: &mut Walker<'a>, id: ObjectId, sealed: bool) -> Page {
    let empty = Dictionary::new();
    let dict = reader.0.get_dictionary(id).unwrap_or(&empty);
    let inherited = |key: &[u8]| ancestry(reader, dict).find(|dict| reader.get(dict, key).is_some());
    let unit = reader.get(dict, b"UserUnit").and_then(|unit| reader.number(unit)).filter(|unit| *unit > 0.0);
    let unit = unit.unwrap_or(1.0);
    let scaled = |area: Rect| Rect {
        left: area.left * unit,
        bottom: area.bottom * unit,
        right: area.right * unit,
        top: area.top * unit,
    };
    let area = |key: &[u8]| inherited(key).and_then(|dict| reader.rect(dict, key)).map(scaled);
    let media = area(b"MediaBox").unwrap_or(A4);
    let rotate = inherited(b"Rotate").and_then(|dict| reader.integer(dict, b"Rotate")).unwrap_or(0);
    let resources = inherited(b"Resources").and_then(|dict| reader.dict(dict, b"Resources"));
    Page {
        media,
        crop: area(b"CropBox"),
        bleed: area(b"BleedBox"),
        trim: area(b"TrimBox"),
        rotate: rotate.rem_euclid(360),
        // Encrypted content cannot be interpreted.
        marks: if sealed { Vec::new() } else { walker.page(id, resources, media, unit) },
        external: external(reader, dict),
    }
}

/// A page and the nodes above it.
fn ancestry<'a>(reader: ObjectReader<'a>, page: &'a Dictionary) -> impl Iterator<Item = &'a Dictionary> {
    std::iter::successors(Some(page), move |dict| reader.dict(dict, b"Parent")).take(DEPTH)
}

/// Actions of a page's annotations that lead out of the file.
fn external(reader: ObjectReader<'_>, page: &Dictionary) -> Vec<String> {
    let annotations = reader.array(page, b"Annots").unwrap_or_default();
    let actions = annotations.iter().filter_map(|one| reader.dict(reader.as_dict(one)?, b"A"));
    actions
        .filter_map(|action| match reader.name_at(action, b"S")?.as_str() {
            "URI" => Some(reader.text(action, b"URI").unwrap_or_default()),
            kind @ ("Launch" | "GoToR" | "SubmitForm" | "ImportData") => Some(kind.to_owned()),
            _ => None,
        })
        .collect()
}
