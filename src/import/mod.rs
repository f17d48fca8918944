//! Manuscripts of others, made into books: what Word, mdBook and other programs wrote becomes chapters of Markdown.
//!
//! A reader of a form gives a [`Document`], or texts in Markdown of another dialect; one writer makes Markdown of it that, parsed, says the same. **Law:**
//! nothing is lost in silence. What has no place in a book, what was guessed and what bears another name is told in the [`Report`].

mod book;
pub mod docx;
mod document;
pub mod folder;
pub mod epub;
mod inlines;
mod levels;
pub mod pandoc;
mod report;
mod tally;
pub mod vectors;
mod write;

pub use book::{Text, book, join};
pub use document::{Block, BlockKind, Cell, Document, Inline, Note, Picture};
pub use report::{Entry, Kind, Report};

use std::collections::BTreeMap;

use crate::foreign::Fault;
use crate::message::Message;

/// Why a file cannot be read at all.
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// What is wrong.
    pub message: Message,
    /// What helps, where something is known to.
    pub hint: Option<Message>,
}

impl From<Fault> for Unreadable {
    fn from(fault: Fault) -> Self {
        Self { message: fault.message, hint: fault.hint }
    }
}

/// A book that was made of something else.
#[derive(Debug, Default)]
pub struct Imported {
    /// Its files, by their paths in the book's folder: `manuscript/zh/01-start.md`, `manuscript/images/a.png`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What became of what was there.
    pub report: Report,
}
