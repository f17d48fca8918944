//! What is listed for a book: its chapters in their order, and the program whose settings say so.

/// Which program a folder was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    MdBook,
    GitBook,
    MkDocs,
    Docusaurus,
    VitePress,
    Hugo,
    Plain,
}

/// A chapter to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    /// Its file.
    pub(super) path: String,
    /// What the list of contents calls it.
    pub(super) title: Option<String>,
    /// The part that it belongs to.
    pub(super) part: Option<String>,
    /// What it is, where it is no plain chapter.
    pub(super) role: Option<&'static str>,
}

/// A book to be, in one language.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) site: Site,
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) language: Option<String>,
    /// The folder that paths of pages begin at.
    pub(super) base: String,
    /// The chapters in order.
    pub(super) items: Vec<Item>,
}

impl Plan {
    /// A plan without chapters yet, whose pages lie below `base`.
    pub(super) fn new(site: Site, base: String) -> Self {
        let (title, language, description) = (None, None, None);
        Self { site, title, authors: Vec::new(), description, language, base, items: Vec::new() }
    }
}
