//! From the files of a manuscript to the [`Book`].

use crate::diagnostic::Reported;
use crate::model::{Book, Chapter, Lang};
use crate::source::{FileId, Files, Sources};

/// What `book.yaml` says, before any chapter is read.
#[derive(Debug, Clone)]
pub struct Config {}

impl Config {
    /// The layout that the book asks for.
    pub fn layout(&self) -> &crate::model::LayoutChoice {
        todo!()
    }
}

/// Reads `manuscript/book.yaml`. The value is absent when it is missing or too broken to go on.
pub fn load_config(files: &dyn Files, sources: &mut Sources) -> Reported<Option<Config>> {
    let _ = (files, sources);
    todo!()
}

/// Reads chapters and references and resolves citations, cross-references, notes and images.
/// `blocks` are the names of the building blocks that the layout adds to [`crate::model::BUILDING_BLOCKS`].
pub fn load_book(files: &dyn Files, sources: &mut Sources, config: Config, blocks: &[String]) -> Reported<Book> {
    let _ = (files, sources, config, blocks);
    todo!()
}

/// Parses one Markdown file. Pure. `blocks` as in [`load_book`]; `None` accepts every name.
pub fn parse_chapter(
    file: FileId,
    path: &str,
    lang: &Lang,
    text: &str,
    blocks: Option<&[String]>,
) -> Reported<Chapter> {
    let _ = (file, path, lang, text, blocks);
    todo!()
}

/// The citation style of a language, by its Typst/Hayagriva archive name: GB/T 7714-2015 numeric in Chinese, IEEE elsewhere.
pub fn citation_style(lang: &Lang) -> &'static str {
    if lang.is_chinese() { "gb-7714-2015-numeric" } else { "ieee" }
}
