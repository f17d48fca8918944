//! The edition statement of a book.

use super::{Book, Lang, Role, text};

impl Book {
    /// The edition statement in a language, unless a colophon has the same words already.
    pub fn edition_statement(&self, lang: &Lang) -> Option<&str> {
        let statement = self.meta.edition.get(lang).map(|text| text.trim()).filter(|text| !text.is_empty())?;
        let letters = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
        let colophons = self.chapters.values().flatten().filter(|chapter| chapter.meta.role == Role::Colophon);
        let mut blocks = colophons.flat_map(|chapter| &chapter.blocks);
        let said = blocks.any(|block| letters(&text::plain_block(block)).contains(&letters(statement)));
        (!said).then_some(statement)
    }
}
