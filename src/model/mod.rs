//! The book as plain data. No Markdown, no Typst, no XHTML: those are made from this or into this.

mod address;
pub mod block;
pub mod book;
pub mod callout;
pub mod chart;
mod decimal;
pub mod ean;
pub mod ebook;
mod edition;
pub mod fence;
pub mod formula;
pub mod glossary;
pub mod inline;
pub mod isbn;
mod levels;
pub mod numbering;
pub mod pdf;
pub mod picture;
pub mod press;
pub mod references;
pub mod release;
pub mod comments;
pub mod reviewed;
mod rights;
pub mod row;
pub mod spanned;
mod statement;
pub mod table;
pub mod text;
pub mod waiver;
pub mod walk;

pub use crate::lang::Lang;
pub use address::{risky_scheme, runs};
pub use block::{Attr, Block, BlockKind, Callout, Definition, Figure, ListItem};
pub use book::{
    Book, Chapter, ChapterMeta, HeadLine, Lacking, LayoutChoice, Logo, Meta, Note, Person, Role, Series, Theme,
    WrittenOption,
};
pub use callout::{CALLOUT_KINDS, CALLOUT_WORDS, CalloutKind, callout_word};
pub use chart::{
    Amount, Annotation, CHART_KINDS, Chart, ChartFile, ChartKind, ChartLook, Datum, Link, Qr, Reference, Shown, Stack,
};
pub use comments::{Comment, Comments};
pub use ebook::{Claim, Ebook};
pub use edition::EditionKind;
pub use fence::{Fence, Marker};
pub use formula::{Macros, Math, Notation};
pub use glossary::{Glossary, Term};
pub use inline::{
    CiteItem, IndexEntry, Inline, InlineKind, LinkTarget, Shows, TextStyle, is_between_notes, notes_meet,
};
pub use isbn::{Isbn, Numbers, is_gap as is_isbn_gap};
pub use numbering::{Division, Numbering};
pub use pdf::{DEFAULT_PDF_STANDARDS, OutputIntent, PDF_STANDARDS, PdfWishes, Profile, SIGNATURES};
pub use picture::{Crop, Extent, Focus, Image, Place, Unit};
pub use press::{Cip, Cover};
pub use references::{Bibliography, Listed, ReferenceWishes, Work};
pub use release::{Gate, ProductForm, Release, Sample, Shop};
pub use reviewed::{Fingerprint, Record, Reviewed};
pub use row::Row;
pub use spanned::Spanned;
pub use table::{Cell, CellList, ColumnAlign, DataColumn, Table, TableData};
pub use waiver::{Draft, Waiver};

/// Building blocks that every layout and every exporter knows.
///
/// `opener` opens a chapter; `columns` sets its body in columns; `bignum` is a figure of note
/// (attributes `value` and `source`); `names` is a grid of names made from a list; `signature` closes a letter;
/// `pullquote` shows once more, large, what the text says; `figure` numbers whatever it holds, its last paragraph is the caption; the others are what
/// their names say.
pub const BUILDING_BLOCKS: &[&str] =
    &["aside", "bignum", "columns", "epigraph", "figure", "names", "opener", "poem", "pullquote", "signature"];

/// The attributes that every layout and every exporter knows of a building block; `None` for one that a layout adds.
pub fn block_attributes(block: &str) -> Option<&'static [&'static str]> {
    Some(match block {
        "aside" | "columns" | "opener" => &["title"],
        "bignum" => &["value", "source"],
        "epigraph" | "pullquote" => &["by", "source"],
        "names" => &["form"],
        "poem" => &["title", "by", "source"],
        "figure" | "signature" => &[],
        "details" => &["title", "open"],
        _ => return callout_word(block).map(|_| &["title"][..]),
    })
}
