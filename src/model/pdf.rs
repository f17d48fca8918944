//! What `pdf:` in `book.yaml` asks of the PDFs.

use std::sync::Arc;

use super::Spanned;

/// A kind of PDF of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// For readers: RGB, links, the trimmed page, PDF/A and PDF/UA.
    Screen,
    /// For the press: black ink for what is black, bleed, marks, no links.
    Print,
}

impl Profile {
    /// Every kind.
    pub const ALL: [Profile; 2] = [Profile::Screen, Profile::Print];

    /// The word in `book.yaml` and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Screen => "screen",
            Profile::Print => "print",
        }
    }

    /// What the artifact's name has between its stem and `.pdf`.
    pub fn suffix(self) -> &'static str {
        match self {
            Profile::Screen => "",
            Profile::Print => "-print",
        }
    }
}

/// Names of the PDF standards that a screen PDF can keep: versions, PDF/A, PDF/UA.
pub const PDF_STANDARDS: [&str; 17] = [
    "1.4", "1.5", "1.6", "1.7", "2.0", "a-1a", "a-1b", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u", "a-4", "a-4e",
    "a-4f", "ua-1",
];

/// The standards of a screen PDF for which neither the book nor its layout says any.
pub const DEFAULT_PDF_STANDARDS: [&str; 2] = ["a-2a", "ua-1"];

/// `pdf:` of `book.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfWishes {
    /// The kinds that a plain build makes, in the order of [`Profile`], each once. Never empty.
    pub profiles: Vec<Profile>,
    /// Names from [`PDF_STANDARDS`] for the screen PDF; `None` leaves them to the layout.
    pub standards: Option<Vec<Spanned<String>>>,
    /// Whether the print PDF has crop marks, register marks, colour bar and slug.
    pub marks: bool,
    /// The printing condition that the print PDF is made for.
    pub output_intent: Option<OutputIntent>,
    /// How many pages make a signature of the printed book, if its number of pages is to be looked at. One of [`SIGNATURES`].
    pub signature: Option<usize>,
}

/// Numbers of pages that a sheet is folded to.
pub const SIGNATURES: [usize; 8] = [2, 4, 8, 12, 16, 24, 32, 64];

impl Default for PdfWishes {
    fn default() -> Self {
        Self { profiles: vec![Profile::Screen], standards: None, marks: true, output_intent: None, signature: None }
    }
}

/// A printing condition.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputIntent {
    /// Its name in the registry of the International Color Consortium, such as `FOGRA39`; printable ASCII.
    pub identifier: String,
    /// The ICC profile: an output profile (`prtr`) for CMYK.
    pub icc: Arc<[u8]>,
}
