//! Blocks: paragraphs, lists, tables, figures, containers.

use super::{CalloutKind, Chart, Fence, Inline, InlineKind, Qr, Table};
use crate::source::Span;

/// One block with its place in the manuscript.
#[derive(Debug, Clone)]
pub struct Block {
    /// The id that the author gave with `{#id}`; the anchor of references and of the alignment.
    pub id: Option<String>,
    /// The whole block in the Markdown file.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A heading inside a chapter. The chapter's title is level 1, so a heading in its body is at least 2.
    Heading {
        /// 2 to 6; 1 in a text whose heading of that level was reported.
        level: u8,
        /// Its text.
        body: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A bullet list, or a numbered one when `start` is set.
    List {
        /// First number of a numbered list.
        start: Option<usize>,
        /// Whether the items are set without space between them.
        tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A block quotation.
    Quote(Vec<Block>),
    /// A code listing.
    Code {
        /// Language word after the fence.
        lang: Option<String>,
        /// The text, without the final line break.
        text: String,
        /// Whether it is code because its lines are indented, and not by a fence.
        indented: bool,
        /// What its fence says besides.
        fence: Box<Fence>,
    },
    /// A display formula, in Typst's math notation unless `set` is.
    Math {
        /// The formula as written.
        text: String,
        /// The formula's own place, inside the dollars.
        span: Span,
        /// The same in Typst's math notation, where it is written in another one.
        set: Option<String>,
        /// The number that the formula gives itself, as it is shown: `(3.1)`.
        tag: Option<String>,
    },
    /// A table without a number; inside a [`Figure`] it has number and caption.
    Table(Table),
    /// A figure: image, table, chart, listing or anything else, numbered if it has a caption.
    Figure(Figure),
    /// A chart drawn from data.
    Chart(Box<Chart>),
    /// A QR code.
    Qr(Qr),
    /// A building block `:::name {…}`.
    Container {
        /// One of [`BUILDING_BLOCKS`](super::BUILDING_BLOCKS) or a name that the layout declares. Never `figure`.
        name: String,
        /// Attributes in the order written, without the id.
        attrs: Vec<Attr>,
        /// What it holds.
        body: Vec<Block>,
    },
    /// A note, a tip, a warning and the like, `:::note`.
    Callout(Callout),
    /// Terms with their explanations.
    Definitions(Vec<Definition>),
    /// A break between sections of thought.
    Rule,
    /// Where a new page begins, in the edition of one language.
    PageBreak,
}

impl BlockKind {
    /// Its name for layouts and in what programs read; `align::UnitKind::word` has the words for people.
    pub fn name(&self) -> &'static str {
        match self {
            BlockKind::Heading { .. } => "heading",
            BlockKind::Paragraph(_) => "paragraph",
            BlockKind::List { .. } => "list",
            BlockKind::Quote(_) => "quotation",
            BlockKind::Code { .. } => "code",
            BlockKind::Math { .. } => "formula",
            BlockKind::Table(_) => "table",
            BlockKind::Figure(_) => "figure",
            BlockKind::Chart(_) => "chart",
            BlockKind::Qr(_) => "QR code",
            BlockKind::Container { .. } => "container",
            BlockKind::Callout(_) => "callout",
            BlockKind::Definitions(_) => "definitions",
            BlockKind::Rule => "rule",
            BlockKind::PageBreak => "page break",
        }
    }
}

/// A callout.
#[derive(Debug, Clone)]
pub struct Callout {
    /// Which of the kinds it is.
    pub kind: CalloutKind,
    /// The word that names it, one of [`CALLOUT_WORDS`](super::CALLOUT_WORDS): the title of a callout without one is this word's.
    pub word: &'static str,
    /// The title that the author gave; empty where there is none.
    pub title: Vec<Inline>,
    /// Attributes in the order written, without the id and the title.
    pub attrs: Vec<Attr>,
    /// What it holds.
    pub body: Vec<Block>,
}

/// An attribute of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attr {
    /// Key.
    pub key: String,
    /// Value with quotes removed.
    pub value: String,
    /// Where the value stands, or the key when it has none.
    pub span: Span,
    /// From the key to the end of the value.
    pub whole: Span,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// The item in the Markdown file.
    pub span: Span,
    /// Whether it is done, where a box to tick stands before it.
    pub done: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// Something that is shown, with a number and a caption, or with neither.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// What is shown. Never empty.
    pub body: Vec<Block>,
    /// Caption; empty when there is none. A figure without one bears no number.
    pub caption: Vec<Inline>,
    /// Whether it is held where it is written (`{.here}`), also by a layout that moves figures to the edge of a page.
    pub here: bool,
    /// How many stand side by side in it (`{columns=2}`).
    pub columns: Option<u8>,
    /// Who made what is shown and whose it is, in small letters below it (`{credit="…"}`); empty when nothing is said.
    pub credit: Vec<Inline>,
    /// Where it is from (`{source="…"}`), on the same line.
    pub source: Vec<Inline>,
    /// Under which licence it is shown (`{licence="…"}`), on the same line.
    pub licence: Vec<Inline>,
    /// The letter of one of several that stand in a figure with a caption. Such a part has no number of its own.
    pub part: Option<char>,
}

impl Figure {
    /// What is shown, and the notes below it: the paragraphs that follow a table.
    pub fn shown_and_notes(&self) -> (&[Block], &[Block]) {
        let is_note = |block: &Block| match &block.kind {
            BlockKind::Paragraph(run) => !run.iter().all(|inline| matches!(inline.kind, InlineKind::Image(_))),
            _ => false,
        };
        let end = self.body.iter().rposition(|block| !is_note(block)).map_or(0, |last| last + 1);
        match self.body[..end].last() {
            Some(Block { kind: BlockKind::Table(_), .. }) => self.body.split_at(end),
            _ => (&self.body, &[]),
        }
    }
}

/// Terms and what they mean.
#[derive(Debug, Clone)]
pub struct Definition {
    /// All of it in the Markdown file.
    pub span: Span,
    /// The terms, mostly one.
    pub terms: Vec<Vec<Inline>>,
    /// The explanations, each for all terms.
    pub details: Vec<Vec<Block>>,
}
