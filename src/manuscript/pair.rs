//! Two Markdown files that translate each other, outside a book.

use std::collections::BTreeMap;

use super::yaml::Area;
use super::{glossary, parse_chapter};
use crate::diagnostic::Reported;
use crate::model::{Book, Glossary, Lang, Meta, Reviewed};
use crate::source::{SourceFile, Sources};

/// A file that was read: its name and its text.
pub type Named = (String, String);

/// A book of one chapter: a text, its translation and, if there is one, a termbase. The first file is in the language of
/// `langs[0]`, which is the source.
pub fn load_pair(sources: &mut Sources, files: [Named; 2], langs: [Lang; 2], terms: Option<Named>) -> Reported<Book> {
    let mut sink = Vec::new();
    let mut chapters = BTreeMap::new();
    for ((name, text), lang) in files.into_iter().zip(&langs) {
        let file = sources.add(SourceFile::new(name.as_str(), text));
        let mut chapter = parse_chapter(file, &name, lang, sources.get(file).text(), None).take(&mut sink);
        // Chapters pair by their stems, and these two belong together whatever their files are called.
        chapter.stem = String::new();
        chapters.entry(lang.clone()).or_insert_with(Vec::new).push(chapter);
    }
    let glossary = terms.map_or_else(Glossary::default, |(name, text)| {
        let file = sources.add(SourceFile::new(name.as_str(), text));
        glossary::read(Area { file, text: sources.get(file).text(), base: 0 }, &langs, &mut sink)
    });
    let book = Book {
        meta: Meta::default(),
        languages: langs.to_vec(),
        editions: Vec::new(),
        chapters,
        references: None,
        reference_keys: Vec::new(),
        glossary,
        check_levels: BTreeMap::new(),
        reviewed: Reviewed::default(),
    };
    Reported::new(book, sink)
}
