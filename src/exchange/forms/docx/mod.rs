//! The review table: a Word document with a table for each chapter, of which a reviewer changes one column.
//!
//! A row has four cells: number, source, translation, remark. It is known again by a hidden text in its first cell
//! (`anchor`), where that is lost by the bookmark around its translation, and where that is lost too by its source. What Word can
//! show (bold, italics) is shown; other codes are marks, `⟦1⟧ … ⟦/1⟧` (`marks`). What came back is read with every
//! recorded change accepted; what cannot be taken is told with the row, and costs only that row.

mod anchor;
pub(crate) mod archive;
mod codes;
mod content;
mod document;
mod looks;
mod marks;
mod package;
mod parts;
mod row;
mod table;
mod token;
mod tree;
mod write;

use super::super::{Package, Refusal, Returned};
use crate::message::Locale;

/// How a table is written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The language of what is said to whoever reviews.
    pub locale: Locale,
    /// Whether the document records changes from the start.
    pub track: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { locale: Locale::English, track: true }
    }
}

/// Writes the chapters of a package, a table each. The same package gives the same bytes.
pub fn write(package: &Package, options: &Options) -> Vec<u8> {
    write::write(package, options)
}

/// Reads a table that came back.
///
/// Looks that the source does not have come back as codes whose id is `+` and the word of their kind, as `+bold`: they have no
/// counterpart.
///
/// # Errors
/// Says why nothing of the file can be read.
pub fn read(bytes: &[u8]) -> Result<Returned, Refusal> {
    let refused = |why: archive::Unreadable| Refusal { message: why.message, hint: Some(why.hint), at: None };
    table::returned(package::read(bytes).map_err(refused)?)
}

/// Reads the XML of a document without its package, as its main part holds it.
///
/// # Errors
/// As [`read`].
pub fn read_document(xml: &str) -> Result<Returned, Refusal> {
    let content = document::read(xml).map_err(|message| Refusal { message, hint: None, at: None })?;
    table::returned(package::Parts { content, ..package::Parts::default() })
}

#[cfg(test)]
mod tests;
