//! Readers of other forms: a line for each.

use super::reader::{Read, Reader};

/// The first that takes a path reads it.
pub(super) const READERS: &[Reader] = &[
    Reader { name: "Word", takes: super::word::takes, read: Read::Texts(super::word::read) },
    Reader { name: "Quarto or bookdown", takes: super::project::takes, read: Read::Book(super::project::read_book) },
    Reader { name: "mdBook", takes: super::folder::takes, read: Read::Book(super::folder::read) },
    // EPUB, and what pandoc reads:
    Reader { name: "EPUB", takes: super::epub::takes, read: Read::Texts(super::epub::read) },
    Reader {
        name: "a form that pandoc reads",
        takes: super::pandoc::takes,
        read: Read::Book(super::pandoc::read_book),
    },
];
