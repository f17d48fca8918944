//! What shops refuse or a screen reader cannot use in a valid EPUB. Files outside a book are not checked, since no e-book
//! is made of them.

pub(super) mod decorative_figure;
pub(super) mod isbn;
pub(super) mod long_note;
pub(super) mod table_caption;
pub(super) mod table_header;
pub(super) mod wide_table;

use super::Context;
use crate::model::{Block, Chapter, walk};

impl<'a> Context<'a> {
    /// The chapters of both languages of a book that e-books are made of.
    fn own_chapters(&self) -> Vec<&'a Chapter> {
        let langs = if self.book.editions.is_empty() { Vec::new() } else { self.langs() };
        langs.into_iter().flat_map(|lang| self.book.chapters(lang)).collect()
    }

    /// Every block of these chapters.
    fn own_blocks(&self) -> Vec<&'a Block> {
        let mut found = Vec::new();
        for chapter in self.own_chapters() {
            walk::chapter_blocks(chapter, &mut |block| found.push(block));
        }
        found
    }
}
