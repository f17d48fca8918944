//! Chapters as they were read before, for whoever reads a book again and again: most of it has not changed.

use std::collections::BTreeMap;

use crate::diagnostic::Reported;
use crate::model::{Chapter, Lang, Math};
use crate::source::FileId;

/// What was read of a book the last time.
#[derive(Default)]
pub(crate) struct Remembered {
    chapters: BTreeMap<FileId, Read>,
    /// What chapters are read with besides their text: building blocks beyond the general ones, and what formulas are written in.
    with: Option<(Option<Vec<String>>, Math)>,
}

/// A chapter and the text that it was read from.
pub(super) struct Read {
    path: String,
    lang: Lang,
    text: String,
    chapter: Reported<Chapter>,
}

impl Read {
    pub(super) fn new(path: &str, lang: &Lang, text: &str, chapter: &Reported<Chapter>) -> Self {
        Self { path: path.to_owned(), lang: lang.clone(), text: text.to_owned(), chapter: chapter.clone() }
    }
}

impl Remembered {
    /// Forgets what was read with anything else than this.
    pub(super) fn read_with(&mut self, blocks: Option<&[String]>, math: &Math) {
        let with = (blocks.map(<[String]>::to_vec), math.clone());
        if self.with.as_ref() != Some(&with) {
            self.chapters.clear();
            self.with = Some(with);
        }
    }

    /// A chapter that would be read as it was. Its places name its file by number, so that must be the same one too.
    pub(super) fn find(&self, file: FileId, path: &str, lang: &Lang, text: &str) -> Option<Reported<Chapter>> {
        let read = self.chapters.get(&file)?;
        (read.path == path && read.lang == *lang && read.text == text).then(|| read.chapter.clone())
    }

    /// Keeps a chapter in the place of what was known of its file.
    pub(super) fn keep(&mut self, file: FileId, read: Read) {
        self.chapters.insert(file, read);
    }
}
