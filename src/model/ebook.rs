//! What an author chooses for the e-books.

/// `epub:` of `book.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Ebook {
    /// Whether the layout's fonts go into the package.
    pub fonts: bool,
    /// Whether they list the pages of the printed edition, which must be set for that.
    pub page_list: bool,
    /// Whether each paragraph of the bilingual edition has a link to its counterpart.
    pub counterpart_links: bool,
    /// The claim of conformance, if somebody makes one.
    pub claim: Option<Claim>,
}

impl Default for Ebook {
    fn default() -> Self {
        Self { fonts: false, page_list: true, counterpart_links: true, claim: None }
    }
}

/// A claim that the e-books conform to EPUB Accessibility 1.1. A program cannot make it: much of WCAG is for people to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// One of [`Claim::LEVELS`].
    pub level: String,
    /// Who vouches for it.
    pub certified_by: String,
    /// Address of the report, if there is one.
    pub report: Option<String>,
}

impl Claim {
    /// The levels of WCAG that may be claimed.
    pub const LEVELS: [&'static str; 9] = [
        "wcag-2.0-a",
        "wcag-2.0-aa",
        "wcag-2.0-aaa",
        "wcag-2.1-a",
        "wcag-2.1-aa",
        "wcag-2.1-aaa",
        "wcag-2.2-a",
        "wcag-2.2-aa",
        "wcag-2.2-aaa",
    ];

    /// The claim as EPUB Accessibility 1.1, section 4.2, wants it written.
    pub fn statement(&self) -> String {
        let (version, level) = self.level.trim_start_matches("wcag-").split_once('-').unwrap_or_default();
        format!("EPUB Accessibility 1.1 - WCAG {version} Level {}", level.to_ascii_uppercase())
    }
}
