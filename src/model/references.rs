//! The bibliography: the works that can be cited, and how they are to be listed.

use std::collections::BTreeMap;

use super::Lang;
use crate::source::{FileId, Span};

/// What the book's file of references holds.
#[derive(Debug, Clone, Default, Hash)]
pub struct Bibliography {
    /// The file, if there is one.
    pub file: Option<FileId>,
    /// Its usable entries, in the order of the file.
    pub works: Vec<Work>,
    /// Where the first work of each key stands among them.
    pub(crate) places: BTreeMap<String, usize>,
    /// Keys of entries that cannot be used, which has been reported.
    pub refused: Vec<String>,
    /// Whether the file as a whole cannot be read, which has been reported.
    pub unread: bool,
    /// How `book.yaml` wants the works listed.
    pub wishes: ReferenceWishes,
}

impl Bibliography {
    /// One with these works.
    pub(crate) fn of(works: Vec<Work>) -> Self {
        let mut places = BTreeMap::new();
        for (at, work) in works.iter().enumerate() {
            places.entry(work.key().to_owned()).or_insert(at);
        }
        Self { works, places, ..Self::default() }
    }

    /// The work of a key.
    pub fn work(&self, key: &str) -> Option<&Work> {
        self.works.get(*self.places.get(key)?)
    }

    /// Whether every work is listed, cited or not.
    pub fn lists_all(&self) -> bool {
        self.wishes.listed == Some(Listed::All)
    }

    /// The name of the style in a language: the chosen one, else that of the language.
    pub fn style(&self, lang: &Lang) -> &str {
        self.wishes.styles.get(lang).map_or(lang.conventions().citation_style, String::as_str)
    }
}

/// One entry.
#[derive(Debug, Clone, Hash)]
pub struct Work {
    /// What is known of it.
    pub entry: hayagriva::Entry,
    /// The place of its key.
    pub span: Span,
    /// The ready-made text that is printed for it, if it was given as one.
    pub text: Option<String>,
}

impl Work {
    /// What citations call it by.
    pub fn key(&self) -> &str {
        self.entry.key()
    }
}

/// What `references` in `book.yaml` asks for.
#[derive(Debug, Clone, Default, Hash)]
pub struct ReferenceWishes {
    /// Which works are listed, if it says so.
    pub listed: Option<Listed>,
    /// The name of the style of a language, where it is not that language's own.
    pub styles: BTreeMap<Lang, String>,
}

/// Which works stand in the list of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Listed {
    /// Those that the text cites.
    Cited,
    /// Every one, in the order of the file unless the style sorts.
    All,
}
