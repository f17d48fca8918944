//! What is listed for a book: its chapters in their order, and the program whose settings say so.

use super::script::Value;

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
    /// The folder that the pages of all languages of the site lie below.
    pub(super) pages: String,
    /// The folder in which the settings of the site stand.
    pub(super) home: String,
    /// What these settings are, where they are a script.
    pub(super) settings: Value,
    /// The address of the site, or the path that its pages have there.
    pub(super) address: Option<String>,
    /// Whether the site shows formulas between dollar signs.
    pub(super) math: bool,
    /// The chapters in order.
    pub(super) items: Vec<Item>,
}

impl Plan {
    /// A plan without chapters yet, whose pages lie below `base`.
    pub(super) fn new(site: Site, base: String) -> Self {
        let (title, language, description, address) = (None, None, None, None);
        let (authors, items, home, settings) = (Vec::new(), Vec::new(), String::new(), Value::Unknown);
        let pages = base.clone();
        Self { site, title, authors, description, language, base, pages, home, settings, address, math: false, items }
    }

    /// The path that the addresses of pages begin with on the site: empty, or `/book`.
    pub(super) fn path(&self) -> &str {
        let address = self.address.as_deref().unwrap_or_default();
        let path = match address.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
            None => address,
        };
        path.trim_end_matches('/')
    }
}
