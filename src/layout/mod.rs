//! Layouts as plain data: the folders under `layouts/`, what their `layout.yaml` says, and the options that a book sets.
//! What becomes of them on pages is the business of `typeset`.

mod builtin;
mod faces;
mod length;
mod load;
mod manifest;
mod options;
mod read;
mod trims;
mod unused;

use std::collections::BTreeMap;

pub use builtin::{FONT_LIST, built_in_file, built_in_files};
pub use length::{Length, Unit};
pub(crate) use load::load_again;
pub use load::{Layouts, load};
pub use options::{OptionAbout, OptionValue};
pub use read::{LayoutAbout, built_in, read};
pub use trims::Trim;

use crate::model::EditionKind;

/// A layout folder, read and checked.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Folder name.
    pub name: String,
    /// Names of the only editions that it can set; empty for one that sets any single language.
    pub editions: Vec<String>,
    /// Building blocks that it styles beyond the general ones.
    pub blocks: Vec<String>,
    /// Attributes of building blocks that it uses beyond the general ones.
    pub attributes: Vec<String>,
    /// Keys of front matter that it uses.
    pub front_matter: Vec<String>,
    /// What of a chapter's head it takes from `dama.title` and the like alone, and is not given with the chapters: `title`, `subtitle`, `byline`.
    pub asks_for: Vec<String>,
    /// Its `epub.css`.
    pub css: String,
    /// The families that `epub.css` names, for books that carry their fonts.
    pub epub_fonts: EpubFonts,
    /// Its name for people.
    pub title: String,
    /// Tags of the languages that it was designed for; others work too.
    pub languages: Vec<String>,
    /// PDF standards that it keeps, such as `ua-1`; `None` if its `layout.yaml` is silent about them.
    pub standards: Option<Vec<String>>,
    /// How much higher than wide the cover is that shops are given.
    pub cover_ratio: f64,
    /// Every option with the value from `book.yaml` or its default.
    pub options: BTreeMap<String, OptionValue>,
    /// Project-relative path of its `cover.typ`, if it draws covers in one piece.
    pub cover: Option<String>,
    /// Project-relative path of its `layout.typ`.
    pub main: String,
    /// Whether nothing is wrong with it or with the options that are set: otherwise it serves drafts alone.
    pub sound: bool,
}

/// Families by what they set.
#[derive(Debug, Clone, Default)]
pub struct EpubFonts {
    /// Chinese.
    pub zh: Vec<String>,
    /// Every other language.
    pub latin: Vec<String>,
    /// Code.
    pub code: Vec<String>,
}

impl Layout {
    /// Whether it can set an edition.
    pub fn sets(&self, edition: &EditionKind) -> bool {
        match (self.editions.is_empty(), edition) {
            (true, EditionKind::Single(_)) => true,
            (true, EditionKind::Bilingual) => false,
            (false, _) => self.editions.iter().any(|name| name == edition.name()),
        }
    }
}
