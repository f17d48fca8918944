//! Inline elements: runs of text and what is marked in them.

use super::Image;
use crate::source::Span;

/// One inline element with its place in the manuscript.
#[derive(Debug, Clone)]
pub struct Inline {
    /// The whole element in the Markdown file, markers included.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inline element.
#[derive(Debug, Clone)]
pub enum InlineKind {
    /// Text as it is read: entities and escapes resolved, soft line breaks already joined.
    Text(String),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Text struck out.
    Strike(Vec<Inline>),
    /// Text that is raised, underlined or the like.
    Styled {
        /// How it looks.
        style: TextStyle,
        /// The text. Never empty.
        body: Vec<Inline>,
    },
    /// Chinese characters with their reading above them.
    Ruby {
        /// Texts, each with a reading. Never empty.
        body: Vec<Inline>,
        /// The reading of each of them.
        readings: Vec<String>,
    },
    /// Code.
    Code(String),
    /// A formula, in Typst's math notation unless `set` is.
    Math {
        /// The formula as written.
        text: String,
        /// The formula's own place, inside the dollars.
        span: Span,
        /// The same in Typst's math notation, where it is written in another one.
        set: Option<String>,
    },
    /// A link.
    Link {
        /// Where it leads.
        target: LinkTarget,
        /// What is shown. Never empty.
        body: Vec<Inline>,
    },
    /// A picture in a line of text.
    Image(Image),
    /// One or more citations in one bracket.
    Cite(Vec<CiteItem>),
    /// A cross-reference: the layout writes “Figure 3” or “图 3”, or the page.
    Ref {
        /// Id of the block referred to; of another chapter as `chapter#id`.
        target: String,
        /// What stands in its place.
        shows: Shows,
    },
    /// A mark of the index, before the words that it is about. It shows nothing.
    Index(IndexEntry),
    /// A reference to a footnote of the same chapter.
    Note {
        /// Name of the note.
        name: String,
    },
    /// A forced line break.
    LineBreak,
}

/// What a reference shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The number of the thing, or the title of the place.
    Number,
    /// Its page; what has no pages shows the number.
    Page,
    /// Its page in brackets, behind something else that leads there; what has no pages shows nothing.
    PageInBrackets,
}

/// What the index has of a place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// Under which words.
    pub heading: String,
    /// Under which words below them.
    pub sub: Option<String>,
    /// As what it is sorted.
    pub sort: Option<String>,
    /// The headings that have the pages instead; none for an entry of its own.
    pub see: Vec<String>,
    /// Headings to be looked up besides.
    pub also: Vec<String>,
}

/// How text looks that is neither emphasised nor struck out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    /// Small and below the line.
    Subscript,
    /// Small and above the line.
    Superscript,
    /// Underlined.
    Underline,
    /// On a coloured ground, as with a marker pen.
    Highlight,
    /// Keys to be pressed.
    Keys,
    /// A proper name, of a person, a place or a time.
    Name,
    /// The title of a book or another work.
    Work,
}

impl Inline {
    /// The first or the last inline of what is marked, whatever it is marked with.
    fn outermost(&self, of: fn(&[Inline]) -> Option<&Inline>) -> &Inline {
        match &self.kind {
            InlineKind::Emph(body)
            | InlineKind::Strong(body)
            | InlineKind::Strike(body)
            | InlineKind::Styled { body, .. }
            | InlineKind::Link { body, .. } => of(body).map_or(self, |inner| inner.outermost(of)),
            _ => self,
        }
    }

    fn begins_with_note(&self) -> bool {
        matches!(self.outermost(<[Inline]>::first).kind, InlineKind::Note { .. })
    }

    fn ends_with_note(&self) -> bool {
        matches!(self.outermost(<[Inline]>::last).kind, InlineKind::Note { .. })
    }

    fn is_blank(&self) -> bool {
        matches!(&self.kind, InlineKind::Text(text) if text.trim().is_empty())
    }
}

/// Whether an inline of a run ends in the mark of a note and the next text begins with one: their numbers would read as
/// one number. Spaces between the two do not part them.
pub fn notes_meet(run: &[Inline], index: usize) -> bool {
    let next = || run[index + 1..].iter().find(|inline| !inline.is_blank());
    run[index].ends_with_note() && next().is_some_and(Inline::begins_with_note)
}

/// Whether an inline is but the space between the marks of two notes.
pub fn is_between_notes(run: &[Inline], index: usize) -> bool {
    let before = || run[..index].iter().rposition(|inline| !inline.is_blank());
    run[index].is_blank() && before().is_some_and(|before| notes_meet(run, before))
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An absolute address: `https:`, `http:` or `mailto:`.
    Url(String),
    /// An id in the same language's book, or the name of a chapter's file.
    Id(String),
    /// A chapter by its file, or a place in it: `other.md#id`, `../en/other.md`, `/part/other#id`.
    File {
        /// The address as written.
        written: String,
        /// The name of the file without what stands before and behind it, and the id after a `#`.
        target: String,
    },
    /// An address that a manuscript cannot lead to, as written; it was reported, and only the checks look at it.
    Refused(String),
}

impl LinkTarget {
    /// The place in the book that it leads to, if it does.
    pub fn place(&self) -> Option<&str> {
        match self {
            Self::Id(target) | Self::File { target, .. } => Some(target),
            Self::Url(_) | Self::Refused(_) => None,
        }
    }
}

/// One source in a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CiteItem {
    /// Its key in the bibliography.
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    /// Page or section, as written after the comma.
    pub locator: Option<String>,
}
