//! What goes out to translators and comes back: units of text with inline codes, in forms that their tools read.
//!
//! One core, many forms. [`Package`] is a book, or some chapters of it, as units; a form of `forms` writes it and reads what
//! comes back as [`Returned`]. An export keeps no skeleton of the files: what comes back is matched with the book as it then is.

mod begin;
mod bring;
mod entries;
mod finish;
pub mod forms;
mod gather;
mod lower;
mod marks;
mod returned;
mod settle;
mod skeleton;
mod slots;
#[cfg(test)]
mod tests;
mod unit;
mod verdict;

pub use begin::{Begin, Begun};
pub use bring::{Bringing, Brought, Terms};
pub use gather::Gathering;
pub(crate) use lower::{Care, block_start, escaped, fenced};
pub use returned::{Refusal, Remark, Returned, ReturnedUnit};
pub use skeleton::Fill;
pub use unit::{Code, CodeKind, Coded, File, NoteKind, Package, Piece, Sentence, Side, State, Tagged, Unit, UnitNote};

use crate::model::{Book, Chapter, Lang};

/// The path of the translation of a chapter that has none yet, from the book's folder.
pub fn translation_path(book: &Book, source: &Chapter, target: &Lang) -> String {
    let folder = book.folder(&source.lang);
    let rest = source.path.strip_prefix(&folder).map_or_else(|| format!("/{}.md", source.stem), str::to_owned);
    format!("{}{rest}", book.folder(target))
}
