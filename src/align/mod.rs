//! Which block of one language says what which block of the other says.

use crate::model::{Book, Lang};

/// Pairs of blocks of two languages.
#[derive(Debug, Clone)]
pub struct Alignment {}

/// Pairs the chapters and blocks of two languages of a book by file name, id and structure.
pub fn align(book: &Book, source: &Lang, target: &Lang) -> Alignment {
    let _ = (book, source, target);
    todo!()
}
