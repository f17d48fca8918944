//! Markdown files that translate each other, outside a book.

use std::collections::BTreeMap;

use super::yaml::Area;
use super::{Purpose, glossary, parse, unseen};
use crate::diagnostic::Reported;
use crate::model::{Book, Comments, Glossary, Lang, Meta, PdfWishes, Reviewed};
use crate::source::{SourceFile, Sources};

/// A file that was read: its name and its text.
pub type Named = (String, String);

/// A text of a pair: its file, and the name that it shares with its translation.
pub struct Text {
    /// The file.
    pub file: Named,
    /// The name that a text and its translation share.
    pub stem: String,
}

/// A book of one chapter: a text, its translation and, if there is one, a termbase. The first file is in the language of
/// `langs[0]`, which is the source.
pub fn load_pair(sources: &mut Sources, files: [Named; 2], langs: [Lang; 2], terms: Option<Named>) -> Reported<Book> {
    // Chapters pair by their stems, and these two belong together whatever their files are called.
    load_texts(sources, files.map(|file| vec![Text { file, stem: String::new() }]), langs, terms)
}

/// The same for several texts and their translations, each a chapter.
pub fn load_texts(
    sources: &mut Sources,
    texts: [Vec<Text>; 2],
    langs: [Lang; 2],
    terms: Option<Named>,
) -> Reported<Book> {
    let mut sink = Vec::new();
    let mut chapters = BTreeMap::new();
    for (texts, lang) in texts.into_iter().zip(&langs) {
        for Text { file: (name, text), stem } in texts {
            let cleaned = unseen::clean(&text);
            let file = sources.add(cleaned.file(&name, text));
            cleaned.report(file, true, &mut sink);
            let mut chapter = parse(file, &name, lang, sources.get(file).text(), Purpose::Comparison).take(&mut sink);
            chapter.stem = stem;
            chapters.entry(lang.clone()).or_insert_with(Vec::new).push(chapter);
        }
    }
    let glossary = terms.map_or_else(Glossary::default, |(name, text)| {
        let file = sources.add(SourceFile::new(name.as_str(), text));
        let area = Area { file, text: sources.get(file).text(), base: 0 };
        glossary::read(area, glossary::Languages::Shown(&langs), &mut sink)
    });
    let book = Book {
        meta: Meta::default(),
        languages: langs.to_vec(),
        folders: BTreeMap::new(),
        editions: Vec::new(),
        chapters,
        bibliography: crate::model::Bibliography::default(),
        glossary,
        pdf: PdfWishes::default(),
        check_levels: BTreeMap::new(),
        reviewed: Reviewed::default(),
        comments: Comments::default(),
    };
    Reported::new(book, sink)
}
